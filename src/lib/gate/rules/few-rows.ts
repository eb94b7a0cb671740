// Whether a few published rows show single people, seen from the lineage; must not know the values or the other classes.
import { sensitivityRank } from '../../base/sensitivity-level.ts';
import { isSummarized } from '../../lineage/taint.ts';
import type { IndirectKind } from '../../lineage/lineage-types.ts';
import type { GateInput } from '../gate-input.ts';
import type { Finding, Mend } from '../gate-types.ts';
import { findSource, judgeColumns, writePath, type JudgedColumn, type Origin } from '../judged-columns.ts';
import { countOf } from '../outcome.ts';

type FewRowsInput = Pick<GateInput, 'columns' | 'lineage' | 'sources' | 'registry' | 'policy'>;

interface PersonValue {
  readonly column: JudgedColumn;
  readonly origin: Origin;
}

/**
 * A value of one person: a column about people that came through no count, mean or validator, also as a token or mask.
 * Where an aggregate picked it (`max`, `any_value`), only a token still counts; what else it picked is a quasi-identifier
 * that has to be declared or dismissed anyway.
 */
function isPersonValue({ edge, source, left }: Origin, registry: GateInput['registry']): boolean {
  if (source === null || source.sensitivity === 'none' || isSummarized(edge.via, registry)) return false;
  const isPicked = edge.kind === 'aggregation' && !edge.via.some(({ name }) => name.endsWith(' over'));
  return !isPicked || left === 'none';
}

/** Somebody's rows may have been picked: a column that identifies people directly decides, raw or as a token. */
function isChosenByPerson(input: FewRowsInput, by: readonly IndirectKind[]): boolean {
  return input.lineage.indirect.some(({ kind, from, via }) => {
    const source = findSource(input.sources, from);
    const isHarmless = via[0]?.name === 'is null' || isSummarized(via, input.registry);
    const isIdentifying = source === null || sensitivityRank(source.sensitivity) >= sensitivityRank('direct');
    return by.includes(kind) && isIdentifying && !isHarmless;
  });
}

function isGrouped({ edge: { from } }: Origin, { lineage }: FewRowsInput): boolean {
  return lineage.indirect.some(
    (each) =>
      each.kind === 'group' && each.from.relation === from.relation && each.from.column === from.column,
  );
}

/** `GROUP BY gender`: the row is of a group, not of a person. Groups by a person's token are of one person each. */
function isGroupKey(origin: Origin, input: FewRowsInput): boolean {
  return origin.source?.sensitivity === 'quasi' && isGrouped(origin, input);
}

/** A value that says nothing of a person by itself, in rows that somebody's identity chose: then it is that person's. */
function isChosenValue(origin: Origin, input: FewRowsInput): boolean {
  const { edge, source } = origin;
  const isPlain = source?.sensitivity === 'none' && edge.kind !== 'aggregation';
  if (!isPlain || isSummarized(edge.via, input.registry) || isGrouped(origin, input)) return false;
  return isChosenByPerson(input, ['filter', 'join']);
}

function personValues(input: FewRowsInput): readonly PersonValue[] {
  const values = judgeColumns(input).flatMap((column) =>
    column.origins
      .filter((origin) => isPersonValue(origin, input.registry) || isChosenValue(origin, input))
      .map((origin) => ({ column, origin })),
  );
  const areGroups =
    values.every(({ origin }) => isGroupKey(origin, input)) && !isChosenByPerson(input, ['filter']);
  return areGroups ? [] : values;
}

/** What helps where all rows together are fewer than the limit: no coarser form does. */
export function fewRowsMend(k: number): Mend {
  return {
    text: `Widen the filter so that at least ${countOf(k, 'row')} are left, or publish only counts and means (count, sum, avg).`,
  };
}

/** A finding where the relation has rows, but fewer than k, and a column of it holds values of single people. */
export function fewRowsFinding(input: FewRowsInput, rows: number): Finding | null {
  const { k } = input.policy;
  if (rows === 0 || rows >= k) return null;
  const [first, ...others] = personValues(input);
  if (!first) return null;
  const { column, origin } = first;
  const from = `${origin.edge.from.relation}.${origin.edge.from.column}`;
  const more = new Set(others.map((other) => other.column.name).filter((name) => name !== column.name)).size;
  const also = more === 0 ? '' : ` and ${countOf(more, 'other column')}`;
  const message =
    `The data set has only ${countOf(rows, 'row')}, and ${column.name}${also} ${more === 0 ? 'holds' : 'hold'} values of single people ` +
    `(from ${from}); the policy asks for at least ${k} rows.`;
  const path = writePath(origin.edge.path, column.name);
  return { rule: 'risk', severity: 'block', column: null, path, message, mend: fewRowsMend(k) };
}
