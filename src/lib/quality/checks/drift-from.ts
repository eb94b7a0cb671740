// drift_from: how far a table moved from a stored profile; must not know where that profile was taken.
import { quoteIdentifier, quoteLiteral } from '../../base/sql-text.ts';
import type { CheckValue } from '../../notebook/notebook-types.ts';
import type { CheckTarget, CompileCheck, MeasuredCheck } from '../compiled-check.ts';
import { requireNumeric } from '../typed-literal.ts';

/** Above 0.2 a population has shifted (Siddiqi, Credit Risk Scorecards, 2006). */
const MAX_PSI = 0.2;
/** Stands in for a share of nothing, whose logarithm does not exist. */
const LEAST_SHARE = 0.0001;

type Members = Readonly<Record<string, CheckValue>>;

function membersOf(value: CheckValue | undefined): Members {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Members) : {};
}

function numbersOf(value: CheckValue | undefined): readonly number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}

/** Population stability index: the sum of (a - e) ln(a / e) over the classes. */
function stabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  return expected.reduce((sum, share, index) => {
    const [e, a] = [Math.max(share, LEAST_SHARE), Math.max(actual[index] ?? 0, LEAST_SHARE)];
    return sum + (a - e) * Math.log(a / e);
  }, 0);
}

interface Distribution {
  readonly column: string;
  readonly expected: readonly number[];
  readonly query: (rows: string) => string;
}

/** Counts of the classes, one column each; values that are in no class have one of their own. */
function readDistribution(target: CheckTarget, name: string, value: CheckValue): Distribution {
  const members = membersOf(value);
  const found = target.find(name);
  const column = quoteIdentifier(found.name);
  const listed = membersOf(members['values']);
  if (Object.keys(listed).length > 0) {
    const texts = Object.keys(listed).map(quoteLiteral);
    const shares = Object.values(listed).map(Number);
    const other = `${column} IS NOT NULL AND CAST(${column} AS VARCHAR) NOT IN (${texts.join(', ')})`;
    const classes = [...texts.map((text) => `CAST(${column} AS VARCHAR) = ${text}`), other];
    const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
    return { column: found.name, expected: [...shares, rest], query: countClasses(classes) };
  }
  requireNumeric(found);
  const edges = numbersOf(members['edges']);
  const classes = [...edges, null].map((edge, index) => {
    const low = edges[index - 1];
    const parts = [
      `${column} IS NOT NULL`,
      ...(low === undefined ? [] : [`${column} >= ${low}`]),
      ...(edge === null ? [] : [`${column} < ${edge}`]),
    ];
    return parts.join(' AND ');
  });
  return { column: found.name, expected: numbersOf(members['shares']), query: countClasses(classes) };
}

function countClasses(classes: readonly string[]): (rows: string) => string {
  return (rows) =>
    `SELECT ${classes.map((each) => `count(*) FILTER (WHERE ${each})`).join(', ')} FROM ${rows}`;
}

function schemaDifferences(target: CheckTarget, columns: Members): readonly string[] {
  const mode = target.has('schema') ? target.text('schema') : 'same';
  if (mode === 'any' || Object.keys(columns).length === 0) return [];
  const found = new Map(target.columns.map((column) => [column.name, column.type]));
  const changed = Object.entries(columns).flatMap(([name, type]) => {
    const now = found.get(name);
    if (now === undefined) return [`${name} is gone`];
    return now === String(type) ? [] : [`${name} is ${now}, it was ${String(type)}`];
  });
  const added = mode === 'same' ? [...found.keys()].filter((name) => !Object.hasOwn(columns, name)) : [];
  return [...changed, ...added.map((name) => `${name} is new`)];
}

function rowChange(before: number | null, now: number): number | null {
  if (before === null) return null;
  return before === 0 ? (now === 0 ? 0 : Number.POSITIVE_INFINITY) : (now - before) / before;
}

const percent = (share: number): string => `${share > 0 ? '+' : ''}${Number((share * 100).toFixed(2))}%`;

/**
 * Against the `baseline` in the notebook: rows (change of at most `max_row_change`, 10%), names and types of columns
 * (`schema`: same, superset, any), and the population stability index of each distribution (at most `max_psi`, 0.2) over
 * the non-NULL values. What the baseline does not hold is not compared.
 */
export const driftFrom: CompileCheck = (target): MeasuredCheck => {
  const baseline = membersOf(target.value('baseline'));
  const before = typeof baseline['rows'] === 'number' ? baseline['rows'] : null;
  const maxChange = target.has('max_row_change') ? target.number('max_row_change') : 0.1;
  const maxPsi = target.has('max_psi') ? target.number('max_psi') : MAX_PSI;
  const schema = schemaDifferences(target, membersOf(baseline['columns']));
  const distributions = Object.entries(membersOf(baseline['distributions'])).map(([name, value]) =>
    readDistribution(target, name, value),
  );
  return {
    form: 'measured',
    queries: [(rows) => `SELECT count(*) FROM ${rows}`, ...distributions.map(({ query }) => query)],
    threshold: `rows within ${maxChange * 100}%, stability index at most ${maxPsi}`,
    judge([[rows = 0] = [], ...counts]) {
      const change = rowChange(before, rows);
      const indices = distributions.map(({ column, expected }, index) => {
        const found = counts[index] ?? [];
        const total = found.reduce((sum, count) => sum + count, 0);
        const shares = found.map((count) => (total === 0 ? 0 : count / total));
        return { column, psi: stabilityIndex(expected, shares) };
      });
      const drifted = [
        ...(change !== null && Math.abs(change) > maxChange ? [`rows changed by ${percent(change)}`] : []),
        ...schema,
        ...indices
          .filter(({ psi }) => psi > maxPsi)
          .map(({ column, psi }) => `${column} shifted, stability index ${psi.toFixed(3)}`),
      ];
      const figures = [
        ...(change === null ? [] : [`rows ${percent(change)}`]),
        ...indices.map(({ column, psi }) => `${column} ${psi.toFixed(3)}`),
      ];
      const observed = [...figures, ...schema].join('; ');
      const message = drifted.length === 0 ? 'Nothing drifted.' : `Drifted: ${drifted.join('; ')}.`;
      return { isPassed: drifted.length === 0, observed, message };
    },
  };
};
