// The rule `lineage`: no output column may carry a direct identifier or a secret, or be of unknown origin; default deny.
import { sensitivityRank, type Sensitivity } from '../../base/sensitivity-level.ts';
import type { IndirectEdge, IndirectKind } from '../../lineage/lineage-types.ts';
import type { GateInput, RuleVerdict } from '../gate-input.ts';
import type { Finding } from '../gate-types.ts';
import {
  findSource,
  isSameName,
  judgeColumns,
  leftInDecision,
  writePath,
  type JudgedColumn,
  type Origin,
} from '../judged-columns.ts';
import { suggestMend } from '../mend.ts';
import { countOf, summarizeRule } from '../outcome.ts';

export type LineageInput = Pick<GateInput, 'columns' | 'lineage' | 'sources' | 'registry'>;

const LEVEL_WORDS: Readonly<Record<Sensitivity, string>> = {
  none: 'nothing sensitive',
  quasi: 'a quasi-identifier',
  direct: 'a direct identifier',
  secret: 'a secret',
};

function isTooSensitive(level: Sensitivity | null): boolean {
  return level === null || sensitivityRank(level) >= sensitivityRank('direct');
}

function unknownFinding(column: string | null, message: string, text: string): Finding {
  return { rule: 'lineage', severity: 'block', column, path: null, message, mend: { text } };
}

function originFinding(column: JudgedColumn, origin: Origin, input: LineageInput): Finding {
  const { edge, source, left } = origin;
  const from = `${edge.from.relation}.${edge.from.column}`;
  const path = writePath(edge.path, column.name);
  if (source === null || left === null)
    return {
      ...unknownFinding(
        column.name,
        `${column.name} comes from ${from}, of which it is not known how sensitive it is.`,
        `Bind the file of ${edge.from.relation} again, or declare the sensitivity of ${edge.from.column}.`,
      ),
      path,
    };
  const what = source.entity ? `${LEVEL_WORDS[left]} (${source.entity})` : LEVEL_WORDS[left];
  const mend = suggestMend({
    entity: source.entity,
    type: column.type,
    column: column.name,
    isSecret: source.sensitivity === 'secret',
    registry: input.registry,
  });
  const message = `${column.name} carries ${what} from ${from}.`;
  return { rule: 'lineage', severity: 'block', column: column.name, path, message, mend };
}

const DECIDES: Readonly<Record<IndirectKind, string>> = {
  join: 'rows are joined by',
  filter: 'rows are chosen by',
  group: 'rows are grouped by',
  sort: 'rows are put in order by',
  window: 'rows are compared within or ordered by',
  condition: 'a value is chosen by',
};

/**
 * A join on a direct identifier is how tables of people meet: a warning. Whatever else a raw identifier decides can show
 * that one person is in the data, or which row is theirs: blocked. A secret decides nothing.
 */
function indirectFinding(column: string | null, edge: IndirectEdge, input: LineageInput): Finding | null {
  const source = findSource(input.sources, edge.from);
  const left = leftInDecision(source, edge.via, input.registry);
  if (!isTooSensitive(left)) return null;
  const from = `${edge.from.relation}.${edge.from.column}`;
  const path = writePath(edge.path, column);
  if (source === null || left === null) {
    const message = `${DECIDES[edge.kind]} ${from}, of which it is not known how sensitive it is.`;
    return {
      ...unknownFinding(column, capitalize(message), `Declare the sensitivity of ${edge.from.column}.`),
      path,
    };
  }
  const severity = edge.kind === 'join' && left === 'direct' ? 'warn' : 'block';
  const what = `${LEVEL_WORDS[left]}${source.entity ? ` (${source.entity})` : ''}`;
  const message = capitalize(
    `${DECIDES[edge.kind]} ${from}, ${what}${column === null ? '' : `, for ${column}`}.`,
  );
  return { rule: 'lineage', severity, column, path, message, mend: indirectMend(edge, severity, input) };
}

function indirectMend(edge: IndirectEdge, severity: 'block' | 'warn', input: LineageInput): Finding['mend'] {
  const name = edge.from.column;
  if (severity === 'warn')
    return { text: `Join on hmac_sha256(${name}) on both sides, where the tables allow it.` };
  const token =
    edge.kind === 'group' || edge.kind === 'window' ? input.registry.find('hmac_sha256') : undefined;
  if (token) return { text: `Use hmac_sha256(${name}) in its place, which keeps equal values equal.` };
  return { text: `Take ${name} out of this place; asking whether it is there (IS NOT NULL) is allowed.` };
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Each message once: many edges lead from one source column into one output column. */
function distinctFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.column, finding.message, finding.path]);
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}

function structureFindings(input: LineageInput): readonly Finding[] {
  const { columns, lineage } = input;
  if (lineage.unknown !== null) {
    const { relation, reason } = lineage.unknown;
    const message = `Where the columns come from could not be analysed: ${reason} (in ${relation}).`;
    return [unknownFinding(null, message, `Write ${relation} with constructs the analysis knows.`)];
  }
  if (lineage.columns.length !== columns.length) {
    const message = `The analysis sees ${lineage.columns.length} columns and the engine ${columns.length}: what is published is not what was analysed.`;
    return [unknownFinding(null, message, 'Name the columns one by one instead of by a star.')];
  }
  return columns.flatMap((column, position) => {
    const traced = lineage.columns[position]?.name ?? '';
    if (isSameName(traced, column.name)) return [];
    const message = `Column ${position + 1} is ${column.name} in the engine and ${traced || 'unnamed'} in the analysis.`;
    return [unknownFinding(column.name, message, 'Give the column a name with AS.')];
  });
}

/** Judges the relation's lineage. Anything unknown blocks. */
export function judgeLineage(input: LineageInput): RuleVerdict {
  const columns = judgeColumns(input);
  const direct = columns.flatMap((column) =>
    column.origins
      .filter((origin) => isTooSensitive(origin.left))
      .map((origin) => originFinding(column, origin, input)),
  );
  const indirect = [
    ...input.lineage.indirect.map((edge) => indirectFinding(null, edge, input)),
    ...columns.flatMap((column) =>
      (column.lineage?.indirect ?? []).map((edge) => indirectFinding(column.name, edge, input)),
    ),
  ].filter((finding) => finding !== null);
  const findings = distinctFindings([...structureFindings(input), ...direct, ...indirect]);
  const blocked = columns.filter((column) => isTooSensitive(column.sensitivity)).length;
  return {
    findings,
    outcome: summarizeRule('lineage', findings, `${countOf(columns.length, 'column')}, ${blocked} block`),
  };
}
