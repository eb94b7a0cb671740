// The columns of an export, their casts and the order of rows, as SQL; must not know file formats or run anything.
import type { ColumnType, ExportRequest } from '../../../src/lib/engine/contract.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { EngineType } from './engine-type.ts';
import { chooseColumns } from '../relation.ts';
import { parseEngineType, printEngineType } from './engine-type.ts';
import { exportType } from './export-casts.ts';

export interface ExportColumn {
  readonly name: string;
  /** Type after the export cast. */
  readonly type: EngineType;
  /** Expression over the relation that yields it. */
  readonly sql: string;
}

export interface ExportPlan {
  readonly columns: readonly ExportColumn[];
  /** `FROM (SELECT casts …) ORDER BY …`: whatever is selected from it comes in the stated order. */
  readonly orderedFrom: string;
}

/** @throws ProblemError `export-type`, `export-order`, `export-empty` */
export function planExport(request: ExportRequest, columns: readonly ColumnType[]): ExportPlan {
  if (columns.length === 0) {
    throw new ProblemError({
      code: 'export-empty',
      message: `“${request.relation}” has no columns, so there is nothing to write.`,
      hint: 'Publish a cell that selects at least one column.',
    });
  }
  const planned = columns.map(planColumn);
  const order = orderColumns(request.order, planned).map(sortTerm).join(', ');
  return {
    columns: planned,
    orderedFrom: `FROM (SELECT ${castList(planned)} FROM ${quoteIdentifier(request.relation)}) ORDER BY ${order}`,
  };
}

/** As `planExport`, but of the columns asked for, and the rows as they stand. @throws ProblemError `export-type`, `export-empty`, `engine-column-missing` */
export function planSave(
  relation: string,
  wanted: readonly string[] | undefined,
  columns: readonly ColumnType[],
): ExportPlan {
  const chosen = chooseColumns(columns, wanted);
  if (chosen.length === 0) {
    throw new ProblemError({
      code: 'export-empty',
      message: 'No column is chosen, so there is nothing to write.',
      hint: 'Choose at least one column.',
    });
  }
  const planned = chosen.map(planColumn);
  return {
    columns: planned,
    orderedFrom: `FROM (SELECT ${castList(planned)} FROM ${quoteIdentifier(relation)})`,
  };
}

function castList(columns: readonly ExportColumn[]): string {
  return columns.map((column) => `${column.sql} AS ${quoteIdentifier(column.name)}`).join(', ');
}

function planColumn(column: ColumnType): ExportColumn {
  const from = parseEngineType(column.type);
  const type = exportType(from, column.name);
  const identifier = quoteIdentifier(column.name);
  const isKept = printEngineType(from) === printEngineType(type);
  return {
    name: column.name,
    type,
    sql: isKept ? identifier : `CAST(${identifier} AS ${printEngineType(type)})`,
  };
}

/** What was asked for first, then every other column left to right: no two different rows are tied. */
function orderColumns(order: readonly string[], columns: readonly ExportColumn[]): readonly ExportColumn[] {
  const asked = order.map((name) => {
    const column = columns.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (column !== undefined) return column;
    throw new ProblemError({
      code: 'export-order',
      message: `Rows are to be ordered by “${name}”, but there is no such column.`,
      hint: `Choose among: ${columns.map((each) => each.name).join(', ')}.`,
    });
  });
  return [...new Set([...asked, ...columns])];
}

/** Text by code point (`COLLATE C`), whatever collation a cell gave the column. */
function sortTerm(column: ExportColumn): string {
  const isText = column.type.kind === 'plain' && column.type.name === 'VARCHAR';
  return `${quoteIdentifier(column.name)}${isText ? ' COLLATE C' : ''} ASC NULLS LAST`;
}

/** A name that no column of the export has, whatever the case. */
export function freshName(columns: readonly ExportColumn[], stem: string): string {
  const taken = new Set(columns.map((column) => column.name.toLowerCase()));
  let name = stem;
  while (taken.has(name)) name += '_';
  return name;
}
