// Clauses as the text of a SQL condition, whatever names and values hold; must not know relations or who filters.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { CellValue, ColumnType } from '../engine/contract.ts';
import { kindOf } from '../profile/column-kind.ts';
import type { FilterClause } from './filter-types.ts';
import { integerRange, momentBound, numberBound } from './range-bounds.ts';
import { holdsText } from './shown-text.ts';
import { fitsType, typedLiteral } from './typed-literal.ts';

type InClause = Extract<FilterClause, { kind: 'in' }>;
type RangeClause = Extract<FilterClause, { kind: 'range' }>;

function refuse(column: ColumnType, message: string): Result<string> {
  const problem: Problem = {
    code: 'filter-type',
    message: `${column.name}: ${message}`,
    hint: 'Filter by NULL or by contained text, or write the condition in a SQL cell.',
  };
  return fail(problem);
}

/** Text, ENUM, UUID and the rarer types are compared as text, so that no value can fail a cast. */
function comparedSide(column: ColumnType): string {
  const name = quoteIdentifier(column.name);
  return ['category', 'other'].includes(kindOf(column.type)) ? `CAST(${name} AS VARCHAR)` : name;
}

function inCondition(clause: InClause, column: ColumnType): Result<string> {
  if (kindOf(column.type) === 'nested')
    return refuse(column, 'lists and structs cannot be filtered by their values.');
  const name = quoteIdentifier(column.name);
  const hasNull = clause.values.includes(null);
  const literals = clause.values.flatMap((value) =>
    value !== null && fitsType(value, column.type) ? [typedLiteral(value, column.type)] : [],
  );
  const list = `${comparedSide(column)} ${clause.isExcluded ? 'NOT IN' : 'IN'} (${literals.join(', ')})`;
  if (clause.isExcluded) {
    if (literals.length === 0) return succeed(hasNull ? `${name} IS NOT NULL` : 'TRUE');
    return succeed(hasNull ? `(${name} IS NOT NULL AND ${list})` : `(${name} IS NULL OR ${list})`);
  }
  if (literals.length === 0) return succeed(hasNull ? `${name} IS NULL` : 'FALSE');
  return succeed(hasNull ? `(${name} IS NULL OR ${list})` : list);
}

interface Ends {
  readonly side: string;
  readonly low: string | null;
  readonly high: string | null;
  readonly includesHigh: boolean;
}

function compare({ side, low, high, includesHigh }: Ends): string {
  const parts = [
    ...(low === null ? [] : [`${side} >= ${low}`]),
    ...(high === null ? [] : [`${side} ${includesHigh ? '<=' : '<'} ${high}`]),
  ];
  if (parts.length === 0) return `${side} IS NOT NULL`;
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`;
}

type BoundOf = (value: CellValue) => string | null;

function endsBy(clause: RangeClause, side: string, bound: BoundOf): string | null {
  const low = clause.low === null ? null : bound(clause.low);
  const high = clause.high === null ? null : bound(clause.high);
  if ((clause.low !== null && low === null) || (clause.high !== null && high === null)) return null;
  return compare({ side, low, high, includesHigh: clause.includesHigh });
}

function rangeText(clause: RangeClause, column: ColumnType): string | null {
  const name = quoteIdentifier(column.name);
  switch (kindOf(column.type)) {
    case 'integer':
      return integerRange(clause, name, column.type);
    case 'decimal':
      return endsBy(clause, `TRY_CAST(${name} AS DOUBLE)`, numberBound);
    case 'float': {
      const within = endsBy(clause, name, numberBound);
      // NaN is greater than everything to the engine.
      return within === null ? null : `(${within} AND NOT isnan(${name}))`;
    }
    case 'date':
    case 'timestamp':
      return endsBy(clause, name, (value) => momentBound(value, column.type));
    case 'time':
    case 'text':
      return endsBy(clause, name, (value) => (value === null ? null : typedLiteral(value, column.type)));
    default:
      return null;
  }
}

function rangeCondition(clause: RangeClause, column: ColumnType): Result<string> {
  const text = rangeText(clause, column);
  if (text !== null) return succeed(text);
  const isOrdered = ['integer', 'decimal', 'float', 'date', 'timestamp', 'time', 'text'].includes(
    kindOf(column.type),
  );
  if (isOrdered) return refuse(column, `an end of the range is no ${column.type}.`);
  return refuse(column, `values of type ${column.type} have no range.`);
}

function clauseCondition(clause: FilterClause, column: ColumnType): Result<string> {
  const name = quoteIdentifier(column.name);
  switch (clause.kind) {
    case 'in':
      return inCondition(clause, column);
    case 'range':
      return rangeCondition(clause, column);
    case 'null':
      return succeed(`${name} IS ${clause.isNull ? '' : 'NOT '}NULL`);
    case 'contains':
      return succeed(holdsText(name, column.type, clause.text));
  }
}

/** The column a clause names: by its very name, else in any case, as the engine finds it. */
export function columnOf<C extends { readonly name: string }>(
  columns: readonly C[],
  name: string,
): C | undefined {
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === name.toLowerCase())
  );
}

/**
 * All clauses as one condition; null where there is none.
 * @returns `filter-column-missing`; `filter-type` where a clause does not suit its column's type.
 */
export function predicateOf(
  clauses: readonly FilterClause[],
  columns: readonly ColumnType[],
): Result<string | null> {
  const parts: string[] = [];
  for (const clause of clauses) {
    const column = columnOf(columns, clause.column);
    if (column === undefined)
      return fail({
        code: 'filter-column-missing',
        message: `There is no column ${clause.column} to filter by.`,
        hint: 'Remove the filter.',
      });
    const condition = clauseCondition(clause, column);
    if (!condition.ok) return condition;
    parts.push(condition.value);
  }
  return succeed(parts.length === 0 ? null : parts.join(' AND '));
}
