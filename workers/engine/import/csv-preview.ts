// The first rows of a delimited file and how it would be read, without importing; must not create tables of data.
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import { cellSelectList, readCells, readTextRows } from '../cell-values.ts';
import type { DuckPort } from '../duck-port.ts';
import { dialectOptions, readCsvCall, type CsvDialect } from './csv-dialect.ts';
import { withHead, type CsvSource } from './csv-file.ts';
import {
  contradictedTypes,
  namedInTable,
  readCsv,
  selectFromCsv,
  tableColumns,
  withTypes,
  type CsvRequest,
} from './csv-import.ts';
import { suggestOptions } from './csv-suggestions.ts';
import type { PartPreview } from './format-reader.ts';
import { withCutLines } from './cut-lines.ts';
import { scanHead, ZONED_TYPE } from './lossy-columns.ts';
import {
  collectRejects,
  forgetRejects,
  previewAccount,
  rejectArguments,
  type Rejects,
} from './rejected-lines.ts';

const MONTH_FIRST = /^%m.%d/;
const DAY_FIRST = /^%d.%m/;

async function headerNotes(port: DuckPort, path: string, dialect: CsvDialect): Promise<string[]> {
  if (!dialect.header) return ['The file has no header line, so the columns are named by number.'];
  const asText = dialect.columns.map((_, index) => ({ name: `c${index}`, type: 'VARCHAR' }));
  const raw = { ...dialect, header: false, columns: asText };
  const rows = readTextRows(
    await port.query(`SELECT * FROM ${readCsvCall(path, raw, ['ignore_errors = true'])} LIMIT 1`),
  );
  const written = rows[0] ?? [];
  return dialect.columns.flatMap((column, index) => {
    const name = written[index] ?? '';
    if (name.trim() === column.name) return [];
    return name.trim() === ''
      ? [`Column ${index + 1} has no name in the file and is called “${column.name}”.`]
      : [`The name “${name}” occurs more than once; column ${index + 1} is called “${column.name}”.`];
  });
}

function dialectNotes(file: CsvSource, dialect: CsvDialect): string[] {
  const format = dialect.dateFormat ?? '';
  const notes: string[] = [];
  if (dialect.columns.some((column) => column.type === 'DATE')) {
    if (MONTH_FIRST.test(format)) notes.push('Dates are read as month, day, year.');
    if (DAY_FIRST.test(format)) notes.push('Dates are read as day, month, year.');
  }
  if (dialect.columns.some((column) => column.type === ZONED_TYPE)) {
    notes.push('Timestamps with a time zone are kept as the same instant in UTC.');
  }
  if (file.encoding !== 'utf-8') notes.push(`The file is read as ${file.encoding}.`);
  if (dialect.quote === '' && file.head.includes(0x22)) {
    notes.push('Quotation marks are read as part of the text, because they do not enclose whole values.');
  }
  if (file.head.includes(0)) notes.push('The file holds NUL characters; they are kept as part of the text.');
  return notes;
}

interface Trial {
  readonly dialect: CsvDialect;
  readonly rejects: Rejects;
}

/** Reads the whole beginning as the import would: its lines that are in no row, and types that it contradicts made wider. */
async function tryHead(
  port: DuckPort,
  source: CsvSource,
  path: string,
  first: CsvDialect,
  asked: Readonly<Record<string, string>>,
): Promise<Trial> {
  const account = previewAccount();
  let dialect = first;
  try {
    for (;;) {
      await forgetRejects(port, account);
      const columns = dialect.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
      const call = readCsvCall(path, dialect, rejectArguments(account));
      // Every value has to be looked at: a bare count would leave the columns unread.
      await port.query(
        `SELECT count(seen) FROM (SELECT hash(${columns}) AS seen FROM ${call})`,
        account.lane,
      );
      const wider = await contradictedTypes(port, account, dialect, asked);
      const isSettled = [...wider].every(([name, type]) =>
        dialect.columns.some((column) => column.name === name && column.type === type),
      );
      if (isSettled) {
        const text = new Blob([source.head.slice()]);
        return { dialect, rejects: await collectRejects(port, account, text) };
      }
      dialect = withTypes(dialect, wider);
    }
  } finally {
    await forgetRejects(port, account).catch(() => {});
  }
}

/** With the account of an import: `ignore_errors` skips other lines around a quote that is not closed. */
async function readRows(
  port: DuckPort,
  path: string,
  { dialect, seen, rows }: { dialect: CsvDialect; seen: ReturnType<typeof scanHead>; rows: number },
): Promise<PartPreview['rows']> {
  const account = previewAccount();
  const columns = tableColumns(dialect);
  const select = selectFromCsv(path, dialect, rejectArguments(account), seen);
  try {
    const sql = `SELECT ${cellSelectList(columns)} FROM (${select} LIMIT ${rows})`;
    return readCells(await port.query(sql, account.lane), columns);
  } finally {
    await forgetRejects(port, account).catch(() => {});
  }
}

/** Reads the beginning of the file only, however large it is. @throws ProblemError `import-…` */
export async function previewCsv(
  port: DuckPort,
  request: CsvRequest & { readonly rows: number },
): Promise<PartPreview> {
  return readCsv(port, request, (source, guessed) =>
    withHead(port, source, async (path) => {
      const asked = request.options.types ?? {};
      const { dialect, rejects } = await tryHead(port, source, path, guessed, asked);
      const columns = tableColumns(dialect);
      const seen = scanHead(source, dialect, asked);
      const head = new Blob([source.head.slice()]);
      const leftOut = await withCutLines(rejects, seen, dialect, head, seen?.cutLines ?? 0);
      return {
        options: dialectOptions(dialect, source.encoding),
        columns,
        rows: await readRows(port, path, { dialect, seen, rows: request.rows }),
        choices: {},
        rejected: namedInTable(leftOut, dialect),
        rejectedCount: leftOut.count,
        suggestions: await suggestOptions(port, path, dialect, asked),
        notes: [...(await headerNotes(port, path, dialect)), ...dialectNotes(source, dialect)],
      };
    }),
  );
}
