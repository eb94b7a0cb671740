// Several files of one schema as one table: missing columns NULL, types made wide enough for all; must not know formats.
import { canonicalJson } from '../../../src/lib/base/canonical-json.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';
import { quoteIdentifier, quoteLiteral } from '../../../src/lib/base/sql-text.ts';
import type { ColumnType } from '../../../src/lib/engine/contract.ts';
import type { KnownImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { readTextRows } from '../cell-values.ts';
import type { DuckPort } from '../duck-port.ts';
import { describeTable } from '../relation.ts';
import type { BoundReader, PartReport, ReadWatch } from './format-reader.ts';
import type { InputPart } from './input-parts.ts';
import { mergeColumns, type MergedColumn } from './merge-columns.ts';

const MOST_LISTED = 1_000;

interface Joining {
  readonly parts: readonly InputPart[];
  readonly reader: BoundReader;
  readonly table: string;
  readonly fileColumn: string | undefined;
  readonly watch: ReadWatch;
}

interface Staged {
  readonly table: string;
  readonly part: InputPart;
  report: PartReport;
}

const tableOf = (name: string): string => `main.${quoteIdentifier(name)}`;

/** Progress of one part as a share of all. */
function shareOf(watch: ReadWatch, index: number, count: number): ReadWatch {
  return {
    isCancelled: () => watch.isCancelled(),
    onProgress: (fraction) => watch.onProgress((index + (fraction ?? 0)) / count),
  };
}

/** Columns whose whole numbers would lose digits as DOUBLE are read as text instead. */
async function losesDigits(port: DuckPort, staged: readonly Staged[], column: string): Promise<boolean> {
  for (const { table, report } of staged) {
    if (!report.columns.some((each) => each.name === column && each.type !== 'DOUBLE')) continue;
    const sql = `SELECT CAST(coalesce(max(abs(CAST(${quoteIdentifier(column)} AS HUGEINT))), 0) > 9007199254740992 AS VARCHAR) FROM ${tableOf(table)}`;
    if (readTextRows(await port.query(sql, 'work'))[0]?.[0] === 'true') return true;
  }
  return false;
}

async function settle(
  port: DuckPort,
  staged: readonly Staged[],
  merged: readonly MergedColumn[],
): Promise<readonly MergedColumn[]> {
  const settled: MergedColumn[] = [];
  for (const column of merged) {
    const isMixed = column.type === 'DOUBLE' && new Set(column.found).size > 1;
    const loses = isMixed && (await losesDigits(port, staged, column.name));
    settled.push(loses ? { ...column, type: 'VARCHAR' } : column);
  }
  return settled;
}

/** Name in the file of a column that is called otherwise in the table. */
function inFile(options: KnownImportOptions, column: string): string {
  return Object.entries(options.rename ?? {}).find(([, name]) => name === column)?.[0] ?? column;
}

/** Parts whose values have to be text are read again, so that the text is what stands in the file. */
async function readAgainAsText(
  port: DuckPort,
  joining: Joining,
  staged: readonly Staged[],
  merged: readonly MergedColumn[],
): Promise<void> {
  const texts = new Set(merged.filter(({ type }) => type === 'VARCHAR').map(({ name }) => name));
  for (const stage of staged) {
    const changed = stage.report.columns.filter(({ name, type }) => texts.has(name) && type !== 'VARCHAR');
    if (changed.length === 0) continue;
    const types = Object.fromEntries(
      changed.map(({ name }) => [inFile(stage.report.options, name), 'VARCHAR']),
    );
    const quiet = { isCancelled: () => joining.watch.isCancelled(), onProgress: () => {} };
    stage.report = await joining.reader.read(port, stage.part, stage.table, quiet, types);
  }
}

function selectPart(stage: Staged, merged: readonly MergedColumn[], fileColumn: string | undefined): string {
  const types = new Map(stage.report.columns.map((column) => [column.name, column.type]));
  const list = merged.map(({ name, type }) => {
    const quoted = quoteIdentifier(name);
    if (!types.has(name)) return `CAST(NULL AS ${type}) AS ${quoted}`;
    return types.get(name) === type ? quoted : `CAST(${quoted} AS ${type}) AS ${quoted}`;
  });
  const file =
    fileColumn === undefined ? [] : [`${quoteLiteral(stage.part.name)} AS ${quoteIdentifier(fileColumn)}`];
  return `SELECT ${[...file, ...list].join(', ')} FROM ${tableOf(stage.table)}`;
}

/** Options in which all parts agree; the types are those of the joined table. */
function commonToAll(staged: readonly Staged[], merged: readonly MergedColumn[]): KnownImportOptions {
  const [first, ...others] = staged.map(({ report }) => report.options);
  if (first === undefined) throw new Error('a source without files');
  const shared = Object.entries(first).filter(([key, value]) =>
    others.every(
      (options) => canonicalJson({ value: Reflect.get(options, key) }) === canonicalJson({ value }),
    ),
  );
  const types = Object.fromEntries(merged.map(({ name, type }) => [inFile(first, name), type]));
  return {
    ...(Object.fromEntries(shared) as Partial<KnownImportOptions>),
    format: first.format,
    types,
  } as KnownImportOptions;
}

function notesOf(staged: readonly Staged[], merged: readonly MergedColumn[]): string[] {
  const own = staged.flatMap(({ part, report }) => report.notes.map((note) => `${part.name}: ${note}`));
  return [...merged.flatMap((column) => column.notes), ...own];
}

function refuseTaken(fileColumn: string | undefined, columns: readonly ColumnType[]): void {
  if (columns.some(({ name }) => name.toLowerCase() === fileColumn?.toLowerCase()))
    throw new ProblemError({
      code: 'import-rename',
      message: `The files have a column “${fileColumn}” already.`,
      hint: 'Give the column that names the file another name.',
    });
}

let lastNumber = 0;

/** @throws ProblemError `import-…`; DuckCancelled */
export async function joinParts(port: DuckPort, joining: Joining): Promise<PartReport> {
  const { parts, reader, table, fileColumn, watch } = joining;
  const prefix = `_sl_part_${++lastNumber}`;
  const staged: Staged[] = [];
  try {
    for (const [index, part] of parts.entries()) {
      if (part.blob.size === 0) continue;
      const name = `${prefix}_${index}`;
      const report = await reader.read(port, part, name, shareOf(watch, index, parts.length));
      staged.push({ table: name, part, report });
    }
    const found = staged.map(({ part, report }) => ({ file: part.name, columns: report.columns }));
    const merged = await settle(port, staged, mergeColumns(found));
    refuseTaken(fileColumn, merged);
    await readAgainAsText(port, joining, staged, merged);
    const selects = staged.map((stage) => selectPart(stage, merged, fileColumn));
    await port.execute(`CREATE OR REPLACE TABLE ${tableOf(table)} AS ${selects.join(' UNION ALL ')}`, watch);
    return {
      ...(await describeTable(port, table)),
      rejected: staged
        .flatMap(({ part, report }) => report.rejected.map((line) => ({ ...line, file: part.name })))
        .slice(0, MOST_LISTED),
      rejectedCount: staged.reduce((sum, { report }) => sum + report.rejectedCount, 0),
      options: commonToAll(staged, merged),
      notes: [...emptyNotes(parts), ...notesOf(staged, merged)],
    };
  } finally {
    for (const [index] of parts.entries())
      await port.query(`DROP TABLE IF EXISTS ${tableOf(`${prefix}_${index}`)}`, 'work').catch(() => {});
  }
}

function emptyNotes(parts: readonly InputPart[]): string[] {
  return parts.filter(({ blob }) => blob.size === 0).map(({ name }) => `${name} is empty.`);
}
