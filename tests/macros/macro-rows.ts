// Reads the macros' data tests and turns a row into SQL; must not know any single macro.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { splitAtCommas } from '../../src/lib/macros/macro-statement.ts';
import type { MacroDefinition } from '../../src/lib/macros/macro-types.ts';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const COLUMNS = ['kind', 'arguments', 'expected', 'note'];

/** Kinds that every macro's rows must cover; `type` is for what else a macro accepts. */
export const REQUIRED_KINDS: readonly string[] = [
  'normal',
  'null',
  'empty',
  'boundary',
  'hostile',
  'non-ascii',
];
export const KINDS: readonly string[] = [...REQUIRED_KINDS, 'type'];

export interface MacroRow {
  readonly line: number;
  readonly kind: string;
  /** SQL of the arguments; of a window macro, the list of the column's values. */
  readonly arguments: string;
  /** SQL of the expected value, or what the error says. */
  readonly expected: { readonly value: string } | { readonly error: string };
  readonly note: string;
}

/** Records of a CSV text (RFC 4180). */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  for (const line of text.split('\n').filter((candidate) => candidate !== '')) {
    const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)];
    records.push(fields.map((field) => field[1]?.replaceAll('""', '"') ?? field[2] ?? ''));
  }
  return records;
}

export function listRowFiles(): readonly string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.csv'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

export function nameRowFile(macro: MacroDefinition): string {
  return `${macro.topic}/${macro.name}.csv`;
}

/** @throws where a record has another shape than the header line says. */
export function readRows(macro: MacroDefinition): readonly MacroRow[] {
  const path = join(FOLDER, nameRowFile(macro));
  if (!existsSync(path)) return [];
  const [header = [], ...records] = parseCsv(readFileSync(path, 'utf8'));
  if (header.join() !== COLUMNS.join()) throw new Error(`${path} must begin with ${COLUMNS.join()}`);
  return records.map((record, index) => {
    const [kind = '', args = '', expected = '', note = ''] = record;
    if (record.length !== COLUMNS.length || !KINDS.includes(kind) || args === '' || expected === '')
      throw new Error(`${path}, line ${index + 2}: not ${COLUMNS.join()}`);
    const error = /^error: (.+)$/.exec(expected)?.[1];
    return {
      line: index + 2,
      kind,
      arguments: args,
      expected: error === undefined ? { value: expected } : { error },
      note,
    };
  });
}

/** Lists among the arguments are columns, everything else stands in the call as it is written. */
function callWindow(macro: MacroDefinition, args: string): string {
  const parts = splitAtCommas(args);
  const isColumn = (part: string) => /^(\[|list_)/.test(part);
  const columns = parts.filter(isColumn).map((part, index) => `unnest(${part}) AS _sl_x${index}`);
  let next = 0;
  const written = parts.map((part) => (isColumn(part) ? `_sl_x${next++}` : part));
  const rows = `SELECT ${columns.join(', ')}, generate_subscripts(${parts[0]}, 1) AS _sl_i`;
  const results = `SELECT _sl_i, ${macro.name}(${written.join(', ')}) AS m FROM (${rows})`;
  return `SELECT coalesce(list(m ORDER BY _sl_i), []) AS got FROM (${results})`;
}

/**
 * Queries of one row and one column `got`: the call over literals, which the engine folds while planning, and over a
 * column named like the macro's own parameter, which it computes row by row.
 */
export function writeCalls(macro: MacroDefinition, row: MacroRow): readonly string[] {
  if (macro.isWindow) return [callWindow(macro, row.arguments)];
  const [first = '', ...others] = splitAtCommas(row.arguments);
  const column = macro.parameters[0]?.name ?? '';
  return [
    `SELECT ${macro.name}(${row.arguments}) AS got`,
    `WITH _sl_t AS MATERIALIZED (SELECT ${first} AS ${column}) SELECT ${[macro.name]}(${[column, ...others].join(', ')}) AS got FROM _sl_t`,
  ];
}

/** One row: `differs` (value or type), `got` and `expected` as text with their types. */
export function writeComparison(call: string, expected: string): string {
  const isNull = expected.startsWith('NULL');
  const describe = (column: string) =>
    `coalesce(CAST(${column} AS VARCHAR), 'NULL') || ' ' || typeof(${column})`;
  return `SELECT got IS DISTINCT FROM expected${isNull ? '' : ' OR typeof(got) <> typeof(expected)'} AS differs,
    ${describe('got')} AS got, ${describe('expected')} AS expected
    FROM (SELECT got, (${expected}) AS expected FROM (${call}))`;
}
