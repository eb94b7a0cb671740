// What the clauses after FROM decide: filters, groups, order, limits; must not know which query they belong to.
import { orderedValue } from './call.ts';
import { followExpression } from './expression.ts';
import { decides, type Flow, type IndirectPart } from './flow.ts';
import { foldIdentifier, nameText, readIdentifier } from './identifiers.ts';
import type { Place } from './place.ts';
import type { NamedFlow } from './scope.ts';
import { isAbsent, isRecord, listOf, nodeOf, NotUnderstood, onlyFields, type Fields } from './tree.ts';

/** WHERE, HAVING, QUALIFY. */
export function condition(clause: unknown, place: Place): readonly IndirectPart[] {
  if (isAbsent(clause)) return [];
  const predicate = onlyFields(clause, 'a condition', ['this'])['this'];
  return decides(followExpression(predicate, place), 'filter');
}

function ordinal(node: unknown): number | null {
  const { kind, fields } = nodeOf(node);
  if (kind === 'paren' || kind === 'annotated') return ordinal(fields['this']);
  if (kind !== 'literal' || fields['literal_type'] !== 'number') return null;
  const number = Number(fields['value']);
  return Number.isInteger(number) ? number : null;
}

/** An expression, or the output column that a number stands for. */
function columnOrExpression(node: unknown, place: Place, columns: readonly NamedFlow[]): Flow {
  const number = ordinal(node);
  if (number === null) return followExpression(node, place);
  const column = columns[number - 1];
  if (!column) throw new NotUnderstood(`there is no output column ${number}`);
  return column.flow;
}

const GROUPING = new Set(['rollup', 'cube', 'grouping sets']);

function groupingParts(node: unknown): readonly unknown[] {
  const { kind, fields } = nodeOf(node);
  if (kind === 'tuple') return listOf(fields['expressions']).flatMap(groupingParts);
  const isSets = kind === 'function' && GROUPING.has(foldIdentifier(nameText(fields['name']) ?? ''));
  return isSets ? listOf(fields['args']).flatMap(groupingParts) : [node];
}

/** GROUP BY; ALL are the output columns without an aggregate. */
export function grouping(
  clause: unknown,
  place: Place,
  columns: readonly NamedFlow[],
): readonly IndirectPart[] {
  if (isAbsent(clause)) return [];
  const fields = onlyFields(clause, 'GROUP BY', ['expressions', 'all']);
  const keys = fields['all'] === true ? columns.filter((column) => !column.flow.isAggregate) : [];
  const named = listOf(fields['expressions'])
    .flatMap(groupingParts)
    .map((node) => columnOrExpression(node, place, columns));
  return [...keys.map((column) => column.flow), ...named].flatMap((flow) => decides(flow, 'group'));
}

/** DISTINCT and DISTINCT ON. */
export function distinction(
  fields: Fields,
  place: Place,
  columns: readonly NamedFlow[],
): readonly IndirectPart[] {
  const on = listOf(fields['distinct_on']);
  if (on.length > 0) return on.flatMap((node) => decides(columnOrExpression(node, place, columns), 'group'));
  return fields['distinct'] === true ? columns.flatMap((column) => decides(column.flow, 'group')) : [];
}

function isAll(node: unknown): boolean {
  const { kind, fields } = nodeOf(node);
  if (kind !== 'column' || !isAbsent(fields['table'])) return false;
  const name = readIdentifier(fields['name']);
  return !name.isQuoted && foldIdentifier(name.name) === 'all';
}

/** ORDER BY; ALL are all output columns. */
export function ordering(
  clause: unknown,
  place: Place,
  columns: readonly NamedFlow[],
): readonly IndirectPart[] {
  if (isAbsent(clause)) return [];
  const entries = listOf(onlyFields(clause, 'ORDER BY', ['expressions'])['expressions']).map(orderedValue);
  return entries.flatMap((node) => {
    const flows = isAll(node)
      ? columns.map((column) => column.flow)
      : [columnOrExpression(node, place, columns)];
    return flows.flatMap((flow) => decides(flow, 'sort'));
  });
}

/** LIMIT and OFFSET: after a set operation the bare expression, else in fields of its own. */
export function limiting(clause: unknown, place: Place): readonly IndirectPart[] {
  if (isAbsent(clause)) return [];
  const isClause = isRecord(clause) && 'this' in clause;
  const value = isClause ? onlyFields(clause, 'LIMIT', ['this', 'percent', 'rows'])['this'] : clause;
  if (isAll(value)) return [];
  return decides(followExpression(value, place), 'filter');
}
