// Which declared quasi-identifier to make coarser first, tried out on the data; must not judge.
import { quoteIdentifier } from '../../base/sql-text.ts';
import type { Engine } from '../../engine/contract.ts';
import type { MacroRegistry } from '../../macros/macro-types.ts';
import { measureRisk } from '../../risk/risk.ts';
import type { RiskReport } from '../../risk/risk-types.ts';
import { typeFamily } from '../../sensitivity/type-family.ts';
import type { Mend } from '../gate-types.ts';
import { writeIdentifier } from '../identifier.ts';
import type { JudgedColumn } from '../judged-columns.ts';
import { countOf } from '../outcome.ts';

/** Columns tried; each costs one grouping of the whole table. */
const MOST_TRIED = 12;

export interface HintRequest {
  readonly engine: Engine;
  readonly relation: string;
  /** With the types of the published relation; a text format reads back as text. */
  readonly quasi: readonly JudgedColumn[];
  readonly registry: MacroRegistry;
  readonly k: number;
  readonly report: RiskReport;
}

const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.01 ? 2 : 1)} %`;

/** 1, 2 or 5 times a power of ten, so that about ten ranges cover the spread. */
function niceWidth(spread: number): number {
  const raw = spread / 10;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10;
  return step * power;
}

/** What a column could be replaced by, and how many values would be left in terms of the engine. */
interface Form {
  readonly macro: string;
  readonly expression: string;
  /** Over `x`, the column as the type says. */
  readonly groups: string;
}

/** The library macro among `names` that the column went through already. */
function macroOnPath(column: JudgedColumn, names: readonly string[]): string | null {
  const steps = column.origins.flatMap(({ edge }) => edge.via);
  return steps.find((step) => step.isLibraryMacro && names.includes(step.name))?.name ?? null;
}

function dateForms(name: string): readonly Form[] {
  return ['year', 'decade'].map((part) => ({
    macro: 'truncate_date',
    expression: `truncate_date(${writeIdentifier(name)}, '${part}')`,
    groups: `date_trunc('${part}', TRY_CAST(x AS DATE))`,
  }));
}

async function numberForms(request: HintRequest, name: string): Promise<readonly Form[]> {
  const value = `TRY_CAST(${quoteIdentifier(name)} AS DOUBLE)`;
  const answer = await request.engine.query({
    sql: `SELECT max(${value}) - min(${value}) FROM ${quoteIdentifier(request.relation)} WHERE isfinite(${value})`,
  });
  const spread = answer.ok ? Number(answer.value.rows[0]?.[0] ?? 0) : 0;
  if (!Number.isFinite(spread) || spread <= 0) return [];
  const width = niceWidth(spread);
  if (width < 0.000001 || width > 1e15) return [];
  const expression = `bucket_number(${writeIdentifier(name)}, ${width})`;
  return [{ macro: 'bucket_number', expression, groups: `floor(TRY_CAST(x AS DOUBLE) / ${width})` }];
}

async function formsFor(request: HintRequest, column: JudgedColumn): Promise<readonly Form[]> {
  const family = typeFamily(column.type);
  if (family === 'date' || family === 'timestamp') return dateForms(column.name);
  const isNumber = family === 'integer' || family === 'decimal' || family === 'float';
  return isNumber ? numberForms(request, column.name) : [];
}

/** The first form that puts at least two values of the column together; any other would change nothing. */
async function coarserForm(request: HintRequest, column: JudgedColumn): Promise<string | null> {
  for (const form of await formsFor(request, column)) {
    if (!request.registry.find(form.macro)) continue;
    const answer = await request.engine.query({
      sql:
        `SELECT count(DISTINCT ${form.groups}) < count(DISTINCT x) ` +
        `FROM (SELECT ${quoteIdentifier(column.name)} AS x FROM ${quoteIdentifier(request.relation)})`,
    });
    if (answer.ok && String(answer.value.rows[0]?.[0]) === 'true') return form.expression;
  }
  return null;
}

interface Trial {
  readonly column: JudgedColumn;
  readonly without: RiskReport;
}

async function tryEach(request: HintRequest): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const column of request.quasi.slice(0, MOST_TRIED)) {
    const quasi = request.quasi.filter((other) => other !== column).map((other) => other.name);
    const measured = await measureRisk({
      engine: request.engine,
      relation: request.relation,
      quasi,
      k: request.k,
    });
    if (measured.ok) trials.push({ column, without: measured.value });
  }
  return trials.sort(
    (a, b) => a.without.recordsAtRisk - b.without.recordsAtRisk || a.without.classes - b.without.classes,
  );
}

const GENERALIZERS = ['truncate_date', 'bucket_number'];

/** What to do with the column, in words; an expression only where it would change something. */
async function coarsen(
  request: HintRequest,
  column: JudgedColumn,
): Promise<{ readonly how: string; readonly expression: string | null }> {
  const done = macroOnPath(column, GENERALIZERS);
  if (done !== null)
    return {
      how: `with ${done === 'truncate_date' ? 'a longer part' : 'wider ranges'} in the ${done} it went through, or leave it out`,
      expression: null,
    };
  const expression = await coarserForm(request, column);
  return { how: expression ? `with ${expression}` : '', expression };
}

export interface GeneralizationHint {
  readonly mend: Mend;
  /** Output column the mend's expression is for; null where there is none. */
  readonly column: string | null;
}

/** One greedy step with real figures: the column whose absence would leave the fewest rows at risk. */
export async function suggestGeneralization(request: HintRequest): Promise<GeneralizationHint> {
  const [best] = await tryEach(request);
  const small = countOf(Math.round(request.report.recordsAtRisk * request.report.rows), 'row');
  if (!best) return { mend: { text: `Leave out the ${small} in small classes.` }, column: null };
  const { how, expression } = await coarsen(request, best.column);
  const text =
    `Make ${writeIdentifier(best.column.name)} coarser${how ? ` ${how}` : ', or leave it out'}: ` +
    `without it ${percent(best.without.recordsAtRisk)} of the rows would be at risk instead of ` +
    `${percent(request.report.recordsAtRisk)} (k ${best.without.k}). Or leave out the ${small} in small classes.`;
  return expression
    ? { mend: { text, expression }, column: best.column.name }
    : { mend: { text }, column: null };
}
