// The rule `risk`: every class of equal quasi-identifiers must be large enough, and every quasi-identifier accounted for.
import { succeed, type Result } from '../../base/result.ts';
import type { RiskReport } from '../../risk/risk-types.ts';
import { measureRisk } from '../../risk/risk.ts';
import { detectText } from '../../sensitivity/detect-text.ts';
import type { GateInput, RuleVerdict } from '../gate-input.ts';
import type { Finding } from '../gate-types.ts';
import { isSameName, judgeColumns, writePath, type JudgedColumn } from '../judged-columns.ts';
import { countOf, summarizeRule } from '../outcome.ts';
import type { ReadTable } from '../read-back.ts';
import { fewRowsFinding, fewRowsMend } from './few-rows.ts';
import { suggestGeneralization } from './risk-hint.ts';

export type RiskInput = Pick<
  GateInput,
  'columns' | 'lineage' | 'sources' | 'registry' | 'policy' | 'engine'
> & {
  /** The published rows as read back; null where they could not be. */
  readonly table: ReadTable | null;
};

export interface RiskVerdict extends RuleVerdict {
  readonly risk: RiskReport | null;
}

interface QuasiColumns {
  readonly declared: readonly JudgedColumn[];
  /** Declared names that are no output column. */
  readonly missing: readonly string[];
  readonly dismissed: readonly { readonly column: JudgedColumn; readonly reason: string }[];
  readonly open: readonly JudgedColumn[];
}

function reasonFor(column: JudgedColumn, policy: GateInput['policy']): string | null {
  const entry = Object.entries(policy.dismissed ?? {}).find(([name]) => isSameName(name, column.name));
  const reason = entry?.[1].trim() ?? '';
  return reason === '' ? null : reason;
}

function sortQuasi(input: RiskInput): QuasiColumns {
  const columns = judgeColumns(input);
  const isDeclared = (column: JudgedColumn) =>
    input.policy.quasi.some((name) => isSameName(name, column.name));
  const missing = input.policy.quasi.filter(
    (name) => !columns.some((column) => isSameName(name, column.name)),
  );
  const found = columns.filter((column) => column.sensitivity === 'quasi' && !isDeclared(column));
  const dismissed = found.flatMap((column) => {
    const reason = reasonFor(column, input.policy);
    return reason === null ? [] : [{ column, reason }];
  });
  const open = found.filter((column) => !dismissed.some((other) => other.column === column));
  return { declared: columns.filter(isDeclared), missing, dismissed, open };
}

function finding(
  severity: Finding['severity'],
  column: JudgedColumn | null,
  message: string,
  mend: Finding['mend'],
): Finding {
  const origin = column?.origins.find(({ left }) => left === 'quasi');
  const path = origin && column ? writePath(origin.edge.path, column.name) : null;
  return { rule: 'risk', severity, column: column?.name ?? null, path, message, mend };
}

function openFinding(column: JudgedColumn): Finding {
  const message = `${column.name} identifies in combination with others and is neither declared as a quasi-identifier nor dismissed.`;
  const text = `Declare ${column.name} as a quasi-identifier, so that it counts in the classes, or dismiss it with a reason.`;
  return finding('block', column, message, { text, declareQuasi: column.name });
}

/** What a person typed goes into the module: anything sensitive in it is replaced by its kind. */
function withoutSensitive(reason: string): string {
  let text = '';
  let end = 0;
  for (const span of detectText(reason)) {
    text += `${reason.slice(end, span.start)}[${span.entity}]`;
    end = span.end;
  }
  return text + reason.slice(end);
}

function noteFindings(quasi: QuasiColumns): readonly Finding[] {
  return [
    ...quasi.open.map(openFinding),
    ...quasi.missing.map((name) => {
      const message = `${name} is declared as a quasi-identifier and is no column of this data set.`;
      return finding('warn', null, message, {
        text: `Take ${name} out of the declaration, or correct its name.`,
      });
    }),
    ...quasi.dismissed.map(({ column, reason }) => {
      const message = `${column.name} was dismissed as a quasi-identifier: ${withoutSensitive(reason)}`;
      return finding('warn', column, message, {
        text: 'Look at the reason before you publish.',
        declareQuasi: column.name,
      });
    }),
  ];
}

async function classFinding(
  input: RiskInput,
  table: ReadTable,
  quasi: QuasiColumns,
  risk: RiskReport,
): Promise<Finding> {
  const { k } = input.policy;
  const names = quasi.declared.map((column) => column.name).join(', ');
  const atRisk = countOf(Math.round(risk.recordsAtRisk * risk.rows), 'row');
  const message =
    `The smallest class of rows that are equal in ${names} has ${countOf(risk.k, 'row')}; the policy asks for at least ${k}. ` +
    `${atRisk} of ${risk.rows.toLocaleString('en-US')} stand in classes smaller than that.`;
  if (risk.rows < k) return finding('block', null, message, fewRowsMend(k));
  const { mend, column } = await suggestGeneralization({
    engine: input.engine,
    relation: table.relation,
    quasi: quasi.declared,
    registry: input.registry,
    k,
    report: risk,
  });
  return { ...finding('block', null, message, mend), column };
}

function summarize(quasi: QuasiColumns, risk: RiskReport | null, limit: number): string {
  const open = quasi.open.length > 0 ? `, ${quasi.open.length} found and not declared` : '';
  const declared = countOf(quasi.declared.length, 'quasi-identifier');
  if (risk === null) return `${declared} declared${open}`;
  if (risk.rows === 0) return `${declared} declared${open}, no rows`;
  return `k ${risk.k} of at least ${limit}, ${countOf(risk.classes, 'class', 'classes')} in ${countOf(risk.rows, 'row')}, ${declared} declared${open}`;
}

/** What keeps the risk from being measured at all. */
function obstacles(input: RiskInput): readonly Finding[] {
  const { k } = input.policy;
  const findings: Finding[] = [];
  if (!(Number.isFinite(k) && k >= 1))
    findings.push(
      finding('block', null, 'The policy states no usable k.', {
        text: 'Set k to a whole number, 2 or more.',
      }),
    );
  if (input.table === null)
    findings.push(
      finding('block', null, 'The risk cannot be measured: no file could be read back.', {
        text: 'Write the files again.',
      }),
    );
  return findings;
}

/** Measures what was read back. @returns the engine's problem where the measuring fails: then nothing passes. */
export async function judgeRisk(input: RiskInput): Promise<Result<RiskVerdict>> {
  const { table } = input;
  const { k } = input.policy;
  const quasi = sortQuasi(input);
  const obstacle = obstacles(input);
  const findings: Finding[] = [...noteFindings(quasi), ...obstacle];
  let risk: RiskReport | null = null;
  if (table !== null && obstacle.length === 0) {
    const names = quasi.declared.map((column) => column.name);
    if (names.length > 0) {
      const measured = await measureRisk({ engine: input.engine, relation: table.relation, quasi: names, k });
      if (!measured.ok) return measured;
      risk = measured.value;
    }
    const few = risk === null ? fewRowsFinding(input, table.rowCount) : null;
    if (few) findings.push(few);
    if (risk !== null && risk.rows > 0 && risk.k < k)
      findings.push(await classFinding(input, table, quasi, risk));
  }
  return succeed({ findings, risk, outcome: summarizeRule('risk', findings, summarize(quasi, risk, k)) });
}
