// Whether a few published rows show single people, seen from the lineage; must not know the values or the other classes.
import { sensitivityRank } from '../../base/sensitivity-level.ts';
import { isSummarized } from '../../lineage/taint.ts';
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

/** Somebody's rows may have been picked: a column that identifies people directly filters, raw or as a token. */
function isChosenByPerson(input: FewRowsInput): boolean {
  return input.lineage.indirect.some(({ kind, from, via }) => {
    const source = findSource(input.sources, from);
    const isHarmless = via[0]?.name === 'is null' || isSummarized(via, input.registry);
    const isIdentifying = source === null || sensitivityRank(source.sensitivity) >= sensitivityRank('direct');
    return kind === 'filter' && isIdentifying && !isHarmless;
  });
}

/** `GROUP BY gender`: the row is of a group, not of a person. Groups by a person's token are of one person each. */
function isGroupKey({ edge, source }: Origin, input: FewRowsInput): boolean {
  return (
    source?.sensitivity === 'quasi' &&
    input.lineage.indirect.some(
      ({ kind, from }) =>
        kind === 'group' && from.relation === edge.from.relation && from.column === edge.from.column,
    )
  );
}

function personValues(input: FewRowsInput): readonly PersonValue[] {
  const values = judgeColumns(input).flatMap((column) =>
    column.origins
      .filter((origin) => isPersonValue(origin, input.registry))
      .map((origin) => ({ column, origin })),
  );
  const areGroups = values.every(({ origin }) => isGroupKey(origin, input)) && !isChosenByPerson(input);
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
    `The data set has only ${countOf(rows, 'row')}, and ${column.name}${also} holds values of single people ` +
    `(from ${from}); the policy asks for at least ${k} rows.`;
  const path = writePath(origin.edge.path, column.name);
  return { rule: 'risk', severity: 'block', column: null, path, message, mend: fewRowsMend(k) };
}
