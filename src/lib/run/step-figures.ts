// What a step changes, in figures and in twenty rows before and after, asked of the engine; must not know who asks or how it is shown.
import { succeed, type Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { CellValue, ColumnType } from '../engine/contract.ts';
import { writeOutlierReview } from '../notebook/steps/outliers.ts';
import { definitionOf } from '../notebook/steps/step-kinds.ts';
import type { StepSpec } from '../notebook/steps/step-types.ts';
import { isNumber, kindOf } from '../profile/column-kind.ts';
import { StepReader } from '../notebook/steps/write-sql.ts';
import type { AskedEngine } from '../profile/ask-columns.ts';

export const SHOWN_ROWS = 20;

export interface ComparedRow {
  readonly before: readonly CellValue[] | null;
  readonly after: readonly CellValue[] | null;
  /** By column of `after`: whether it differs from the column of the same name before. */
  readonly isChanged: readonly boolean[];
}

export interface StepFigures {
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  readonly columnsBefore: readonly ColumnType[];
  readonly columnsAfter: readonly ColumnType[];
  /** Values that differ, by column; columns without are left out. Null where rows cannot be laid side by side. */
  readonly changed:
    | readonly {
        readonly column: string;
        readonly values: number;
        /** Those of them that were a value and are NULL. */
        readonly nulled: number;
      }[]
    | null;
  readonly rows: readonly ComparedRow[];
  /** Of a join: rows of the left relation with a match, and rows of the right one without. */
  readonly match: { readonly matched: number; readonly unmatchedRight: number } | null;
  /** Of outliers: what a person can look at one by one, the farthest first; null for other steps. */
  readonly review: readonly ReviewedValue[] | null;
}

/** A value beyond the bounds, kept or not. */
export interface ReviewedValue {
  readonly value: CellValue;
  readonly rows: number;
  readonly side: 'below' | 'above';
}

interface FiguresRequest {
  readonly engine: AskedEngine;
  readonly step: StepSpec;
  /** Table that holds the result of the step. */
  readonly result: string;
}

/** A column before and after. */
interface Pair {
  readonly name: string;
  /** Numbers of another type: 20 and 20.0 are one value. */
  readonly isRetyped: boolean;
}

function differs({ name: column, isRetyped }: Pair): string {
  const name = quoteIdentifier(column);
  // Without the zeros at its end the text still has every digit that a cast loses.
  const plain = (value: string) =>
    String.raw`regexp_replace(CAST(${value} AS VARCHAR), '\.0*$|(\.\d*[1-9])0+$', '\1')`;
  if (isRetyped) return `${plain(`b.${name}`)} IS DISTINCT FROM ${plain(`a.${name}`)}`;
  return `CAST(b.${name} AS VARCHAR) IS DISTINCT FROM CAST(a.${name} AS VARCHAR)`;
}

/** Both relations with their rows numbered as they lie, laid side by side. */
export function besideSql(of: string, result: string): string {
  const numbered = (relation: string) =>
    `(SELECT *, row_number() OVER () AS _sl_row FROM ${quoteIdentifier(relation)})`;
  return `${numbered(of)} AS b JOIN ${numbered(result)} AS a ON b._sl_row = a._sl_row`;
}

function commonColumns(before: readonly ColumnType[], after: readonly ColumnType[]): readonly Pair[] {
  return after.flatMap(({ name, type }) => {
    const old = before.find((column) => column.name === name);
    if (!old) return [];
    const isRetyped = old.type !== type && isNumber(kindOf(old.type)) && isNumber(kindOf(type));
    return [{ name, isRetyped }];
  });
}

async function countChanged(
  { engine, step, result }: FiguresRequest,
  common: readonly Pair[],
): Promise<Result<readonly { pair: Pair; values: number; nulled: number }[]>> {
  if (common.length === 0) return succeed([]);
  const counts = common.flatMap((pair) => {
    const name = quoteIdentifier(pair.name);
    return [
      `count(*) FILTER (${differs(pair)})`,
      `count(*) FILTER (b.${name} IS NOT NULL AND a.${name} IS NULL)`,
    ];
  });
  const asked = await engine.query({ sql: `SELECT ${counts.join(', ')} FROM ${besideSql(step.of, result)}` });
  if (!asked.ok) return asked;
  const row = asked.value.rows[0] ?? [];
  return succeed(
    common.flatMap((pair, index) => {
      const [values, nulled] = [Number(row[index * 2] ?? 0), Number(row[index * 2 + 1] ?? 0)];
      return values > 0 ? [{ pair, values, nulled }] : [];
    }),
  );
}

/** Rows in which something changes first; where nothing does, the first rows. */
async function pickRows(
  { engine, step, result }: FiguresRequest,
  changed: readonly Pair[],
): Promise<Result<readonly number[]>> {
  const where = changed.length === 0 ? '' : ` WHERE ${changed.map(differs).join(' OR ')}`;
  const asked = await engine.query({
    sql: `SELECT b._sl_row FROM ${besideSql(step.of, result)}${where} ORDER BY b._sl_row LIMIT ${SHOWN_ROWS}`,
  });
  return asked.ok ? succeed(asked.value.rows.map(([place]) => Number(place))) : asked;
}

async function rowsAt(
  engine: AskedEngine,
  relation: string,
  columns: readonly ColumnType[],
  places: readonly number[],
): Promise<Result<readonly (readonly CellValue[])[]>> {
  if (places.length === 0) return succeed([]);
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const asked = await engine.query({
    sql: `SELECT ${names} FROM (SELECT *, row_number() OVER () AS _sl_row FROM ${quoteIdentifier(relation)})
      WHERE _sl_row IN (${places.join(', ')}) ORDER BY _sl_row`,
  });
  return asked.ok ? succeed(asked.value.rows) : asked;
}

/** As `differs` compares: 20 and 20.0 are one number, but `20` and `20.0` are two texts. */
function comparedText(value: CellValue | undefined, column: ColumnType | undefined): string {
  const text = String(value);
  if (column === undefined || !isNumber(kindOf(column.type))) return text;
  return text.replace(/\.0*$|(\.\d*[1-9])0+$/, '$1');
}

function compare(
  before: readonly CellValue[] | null,
  after: readonly CellValue[],
  columnsBefore: readonly ColumnType[],
  columnsAfter: readonly ColumnType[],
): ComparedRow {
  const isChanged = columnsAfter.map(({ name }, index) => {
    if (before === null) return false;
    const at = columnsBefore.findIndex((column) => column.name === name);
    if (at < 0) return true;
    return comparedText(before[at], columnsBefore[at]) !== comparedText(after[index], columnsAfter[index]);
  });
  return { before, after, isChanged };
}

async function measureMatch({ engine, step }: FiguresRequest): Promise<Result<StepFigures['match']>> {
  if (step.kind !== 'join') return succeed(null);
  const read = new StepReader(step);
  const right = read.text('with');
  const pairs = read.mapping('on');
  const keys = read.text('type', 'left') === 'asof' ? pairs.slice(0, -1) : pairs;
  if (keys.length === 0) return succeed(null);
  const on = keys.map(([a, b]) => `l.${quoteIdentifier(a)} = r.${quoteIdentifier(String(b))}`).join(' AND ');
  const [left, other] = [quoteIdentifier(step.of), quoteIdentifier(right)];
  const asked = await engine.query({
    sql: `SELECT (SELECT count(*) FROM ${left} AS l SEMI JOIN ${other} AS r ON ${on}),
      (SELECT count(*) FROM ${other} AS r ANTI JOIN ${left} AS l ON ${on})`,
  });
  if (!asked.ok) return asked;
  const [matched = 0, unmatchedRight = 0] = (asked.value.rows[0] ?? []).map(Number);
  return succeed({ matched, unmatchedRight });
}

async function listOutliers({ engine, step }: FiguresRequest): Promise<Result<StepFigures['review']>> {
  const sql = step.kind === 'outliers' ? writeOutlierReview(step) : null;
  if (sql === null) return succeed(null);
  const asked = await engine.query({ sql });
  if (!asked.ok) return asked;
  return succeed(
    asked.value.rows.map(([value = null, rows, isAbove]) => ({
      value,
      rows: Number(rows),
      side: isAbove === true ? 'above' : 'below',
    })),
  );
}

/** @returns the engine's problem where a statement fails */
export async function measureStep(request: FiguresRequest): Promise<Result<StepFigures>> {
  const { engine, step, result } = request;
  const before = await engine.describe({ relation: step.of });
  if (!before.ok) return before;
  const after = await engine.describe({ relation: result });
  if (!after.ok) return after;
  const match = await measureMatch(request);
  if (!match.ok) return match;
  const review = await listOutliers(request);
  if (!review.ok) return review;
  const [columnsBefore, columnsAfter] = [before.value.columns, after.value.columns];
  const isBeside = definitionOf(step.kind).keepsRows && before.value.rowCount === after.value.rowCount;
  const changed = isBeside ? await countChanged(request, commonColumns(columnsBefore, columnsAfter)) : null;
  if (changed !== null && !changed.ok) return changed;
  const first = Array.from({ length: SHOWN_ROWS }, (_, index) => index + 1);
  const picked = changed
    ? await pickRows(
        request,
        changed.value.map(({ pair }) => pair),
      )
    : succeed(first);
  if (!picked.ok) return picked;
  const [was, is] = [
    isBeside ? await rowsAt(engine, step.of, columnsBefore, picked.value) : succeed([]),
    await rowsAt(engine, result, columnsAfter, picked.value),
  ];
  if (!was.ok) return was;
  if (!is.ok) return is;
  return succeed({
    rowsBefore: before.value.rowCount,
    rowsAfter: after.value.rowCount,
    columnsBefore,
    columnsAfter,
    changed:
      changed?.value.map(({ pair: { name }, values, nulled }) => ({ column: name, values, nulled })) ?? null,
    rows: is.value.map((row, index) => compare(was.value[index] ?? null, row, columnsBefore, columnsAfter)),
    match: match.value,
    review: review.value,
  });
}
