// Rows of a relation filtered, sorted and searched by their numbers alone, so that nothing of it is copied; must not know who looks.
import { quoteIdentifier } from '../base/sql-text.ts';
import type { ColumnType } from '../engine/contract.ts';
import { canHold, holdsText } from './shown-text.ts';
import type { SortKey } from './view-types.ts';

export interface ViewedRelation {
  /** Name of a table. */
  readonly relation: string;
  readonly columns: readonly ColumnType[];
}

/** More rows than this that hold a text are not listed. */
export const MOST_FOUND = 100_000;

/** A relation whose own column is called `rowid` hides the engine's numbers: its rows are counted instead. */
interface NumberedRows {
  readonly from: string;
  /** Zero-based, in the order in which the table was made. */
  readonly number: string;
  /** What `*` has to leave out. */
  readonly excluded: string;
}

function numberedRows({ relation, columns }: ViewedRelation): NumberedRows {
  const table = quoteIdentifier(relation);
  const names = new Set(columns.map((column) => column.name.toLowerCase()));
  if (!names.has('rowid')) return { from: table, number: 'rowid', excluded: '' };
  let number = '_sl_row';
  while (names.has(number)) number += '_';
  return {
    from: `(SELECT *, row_number() OVER () - 1 AS ${number} FROM ${table})`,
    number,
    excluded: ` EXCLUDE (${number})`,
  };
}

/** What follows ORDER BY: NULLs last either way, as in a list that is read from the top; null where nothing is sorted. */
function orderOf(sort: readonly SortKey[], qualifier = ''): string | null {
  if (sort.length === 0) return null;
  return sort
    .map(
      ({ column, isDescending }) =>
        `${qualifier}${quoteIdentifier(column)} ${isDescending ? 'DESC' : 'ASC'} NULLS LAST`,
    )
    .join(', ');
}

/** Statement over the rows for which `condition` holds, in the order wanted; equal rows stay in their order. */
function selectSql(
  { from, number }: NumberedRows,
  selected: string,
  condition: string | null,
  sort: readonly SortKey[],
): string {
  // Qualified: an unqualified name would first be taken for what is selected.
  const order = orderOf(sort, '_sl_t.');
  return [
    `SELECT ${selected} FROM ${from} AS _sl_t`,
    ...(condition === null ? [] : [`WHERE ${condition}`]),
    ...(order === null ? [] : [`ORDER BY ${order}, _sl_t.${number}`]),
  ].join(' ');
}

/** Numbers of the rows for which `condition` holds, in the order wanted: one column `r`. */
export function viewSql(viewed: ViewedRelation, condition: string | null, sort: readonly SortKey[]): string {
  const numbered = numberedRows(viewed);
  return selectSql(numbered, `_sl_t.${numbered.number} AS r`, condition, sort);
}

/** The same rows whole, with these columns in this order. */
export function shownRowsSql(
  viewed: ViewedRelation,
  condition: string | null,
  sort: readonly SortKey[],
  names: readonly string[],
): string {
  const selected = names.map((name) => `_sl_t.${quoteIdentifier(name)}`).join(', ');
  return selectSql(numberedRows(viewed), selected, condition, sort);
}

/** Rows `offset` to `offset + limit` of a view, a table made by `viewSql`. */
export function viewPageSql(viewed: ViewedRelation, view: string, offset: number, limit: number): string {
  const { from, number, excluded } = numberedRows(viewed);
  return (
    `SELECT _sl_t.*${excluded} FROM (SELECT rowid AS _sl_at, r FROM ${quoteIdentifier(view)} ` +
    `WHERE rowid BETWEEN ${offset} AND ${offset + limit - 1}) AS _sl_v ` +
    `JOIN ${from} AS _sl_t ON _sl_t.${number} = _sl_v.r ORDER BY _sl_v._sl_at`
  );
}

/**
 * Places, counted from zero in the view (in the relation where there is none), of the first `MOST_FOUND` rows that show the
 * text in one of the columns, upper or lower case alike: one column `r`.
 */
export function findSql(
  viewed: ViewedRelation,
  view: string | null,
  text: string,
  among: readonly string[],
): string {
  const { from, number } = numberedRows(viewed);
  const holds = viewed.columns
    .filter(({ name, type }) => among.includes(name) && canHold(type, text))
    .map(({ name, type }) => holdsText(`_sl_t.${quoteIdentifier(name)}`, type, text));
  const where = holds.length === 0 ? 'FALSE' : `(${holds.join(' OR ')})`;
  if (view === null)
    return `SELECT _sl_t.${number} AS r FROM ${from} AS _sl_t WHERE ${where} ORDER BY r LIMIT ${MOST_FOUND}`;
  return (
    `SELECT _sl_v.rowid AS r FROM ${quoteIdentifier(view)} AS _sl_v JOIN ${from} AS _sl_t ON _sl_t.${number} = _sl_v.r ` +
    `WHERE ${where} ORDER BY 1 LIMIT ${MOST_FOUND}`
  );
}

/** What a person sees as the text of a cell that reads it; filters and order as they are. */
export function keptSql(relation: string, condition: string | null, sort: readonly SortKey[]): string {
  const name = /^[a-z_][a-z0-9_]*$/i.test(relation) ? relation : quoteIdentifier(relation);
  const order = orderOf(sort);
  return [
    'SELECT *',
    `FROM ${name}`,
    ...(condition === null ? [] : [`WHERE ${condition}`]),
    ...(order === null ? [] : [`ORDER BY ${order}`]),
  ].join('\n');
}
