// Awkward files as data: bytes in, and what has to come of them; each value was written down by hand.
import { gzipSync, strToU8, zipSync } from 'fflate';
import type { CellValue } from '../../../../src/lib/engine/contract.ts';
import type { ImportOptions } from '../../../../src/lib/notebook/notebook-types.ts';

export interface ImportCase {
  readonly what: string;
  readonly bytes: string | Uint8Array;
  readonly name?: string;
  readonly options?: ImportOptions;
  readonly format: ImportOptions['format'];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
  readonly rejected?: readonly { readonly line: number; readonly text: string }[];
  /** A part of the note that has to be there. */
  readonly note?: string;
}

const gz = gzipSync(strToU8('a,b\n1,x\n'));

export const CASES: readonly ImportCase[] = [
  {
    what: 'JSON lines with a broken one',
    bytes: '{"a":1,"b":"x"}\n{"a":2,"b":\n{"a":3}\n',
    format: 'json',
    columns: ['a BIGINT', 'b VARCHAR'],
    rows: [
      [1, 'x'],
      [3, null],
    ],
    rejected: [{ line: 2, text: '{"a":2,"b":' }],
  },
  {
    what: 'a member named twice',
    bytes: '{"a":1}\n{"a":1,"a":2}\n',
    format: 'json',
    columns: ['a BIGINT'],
    rows: [[1]],
    rejected: [{ line: 2, text: '{"a":1,"a":2}' }],
  },
  {
    what: 'whole numbers beyond 2^53',
    bytes: '[{"a":9007199254740993,"b":12345678901234567890123},{"a":1,"b":1}]',
    format: 'json',
    columns: ['a BIGINT', 'b HUGEINT'],
    rows: [
      ['9007199254740993', '12345678901234567890123'],
      [1, 1],
    ],
  },
  {
    what: 'a number beyond every type',
    bytes: '[{"a":1e400},{"a":2}]',
    format: 'json',
    columns: ['a VARCHAR'],
    rows: [['1e400'], ['2']],
    note: 'too large',
  },
  {
    what: 'digits a DOUBLE does not keep',
    bytes: '[{"a":3.14159265358979323846}]',
    format: 'json',
    columns: ['a DOUBLE'],
    rows: [[3.141592653589793]],
    note: 'rounded',
  },
  {
    what: 'mixed types',
    bytes: '[{"a":"x"},{"a":1.5},{"a":true},{"a":null}]',
    format: 'json',
    columns: ['a VARCHAR'],
    rows: [['x'], ['1.5'], ['true'], [null]],
    note: '1 text, 1 number and 1 truth value',
  },
  {
    what: 'nested values',
    bytes: '[{"o":{"a":1,"b":["x",null]}},{"o":{"a":null,"c":"2024-02-29"}},{}]',
    format: 'json',
    columns: ['o STRUCT(a BIGINT, b VARCHAR[], c DATE)'],
    rows: [["{'a': 1, 'b': [x, NULL], 'c': NULL}"], ["{'a': NULL, 'b': NULL, 'c': 2024-02-29}"], [null]],
  },
  {
    what: 'nested values, flattened',
    bytes: '[{"o":{"a":1,"p":{"b":2}},"o_a":"own"}]',
    options: { format: 'json', flatten: true },
    format: 'json',
    columns: ['o_a BIGINT', 'o_p_b BIGINT', 'o_a_1 VARCHAR'],
    rows: [[1, 2, 'own']],
    note: 'more than once',
  },
  {
    what: 'objects and numbers in one member, which flattening leaves together',
    bytes: '[{"o":{"a":1}},{"o":0.12345678901234567891}]',
    options: { format: 'json', flatten: true },
    format: 'json',
    columns: ['o VARCHAR'],
    rows: [['{"a":1}'], ['0.12345678901234567891']],
    note: 'o',
  },
  {
    what: 'an array within an object',
    bytes:
      '{\n"n": 2, "data": {"items": [\n{"t": "2024-01-01T10:00:00+02:00"},\n{"t": "2024-01-01T10:00:00.5Z"}]}}',
    format: 'json',
    columns: ['t TIMESTAMP'],
    rows: [['2024-01-01T08:00:00'], ['2024-01-01T10:00:00.5']],
    note: 'UTC',
  },
  {
    what: 'values over several lines, one after the other',
    bytes: '{\n "a": 1\n}\n{\n "a": 2\n}\n',
    format: 'json',
    columns: ['a BIGINT'],
    rows: [[1], [2]],
  },
  {
    what: 'an array that is cut off between two records',
    bytes: '[{"a":1},\n{"a":2}',
    format: 'json',
    columns: ['a BIGINT'],
    rows: [[1], [2]],
    rejected: [{ line: 2, text: '' }],
  },
  {
    what: 'names that objects have by themselves, and names that differ by case',
    bytes: '[{"constructor":1,"__proto__":2,"A":3,"a":4,"":5},{"toString":"x"}]',
    format: 'json',
    columns: [
      'constructor BIGINT',
      '__proto__ BIGINT',
      'A BIGINT',
      'a_1 BIGINT',
      'column4 BIGINT',
      'toString VARCHAR',
    ],
    rows: [
      [1, 2, 3, 4, 5, null],
      [null, null, null, null, null, 'x'],
    ],
  },
  {
    what: 'a type that was asked for and does not fit',
    bytes: '{"a":"x"}\n{"a":"5"}\n',
    options: { format: 'json', types: { a: 'BIGINT' } },
    format: 'json',
    columns: ['a BIGINT'],
    rows: [[5]],
    rejected: [{ line: 1, text: 'x' }],
  },
  {
    what: 'JSON in UTF-16 with a mark',
    bytes: new Uint8Array([
      0xff,
      0xfe,
      ...[...'[{"a":"é"}]'].flatMap((each) => [each.codePointAt(0) ?? 0, 0]),
    ]),
    format: 'json',
    columns: ['a VARCHAR'],
    rows: [['é']],
  },
  {
    what: 'delimited text that begins with a bracket',
    bytes: '[id],name\n[1],x\n',
    name: 'brackets.csv',
    format: 'csv',
    columns: ['[id] VARCHAR', 'name VARCHAR'],
    rows: [['[1]', 'x']],
  },
  {
    what: 'text that is called Parquet',
    bytes: 'a,b\n007,2\n',
    name: 'wrong.parquet',
    format: 'csv',
    columns: ['a VARCHAR', 'b BIGINT'],
    rows: [['007', 2]],
  },
  { what: 'gzip', bytes: gz, format: 'csv', columns: ['a BIGINT', 'b VARCHAR'], rows: [[1, 'x']] },
  {
    what: 'gzip of several members',
    bytes: new Uint8Array([...gz, ...gzipSync(strToU8('2,y\n'))]),
    format: 'csv',
    columns: ['a BIGINT', 'b VARCHAR'],
    rows: [
      [1, 'x'],
      [2, 'y'],
    ],
  },
  {
    what: 'a zip with two files as one source',
    bytes: zipSync({ 'd/1.csv': strToU8('a,b\n1,x\n'), '2.csv': strToU8('a,c\n007,2.5\n') }),
    options: { format: 'auto', member: '*', fileColumn: '_file' },
    format: 'csv',
    columns: ['_file VARCHAR', 'a VARCHAR', 'b VARCHAR', 'c DOUBLE'],
    rows: [
      ['1.csv', '1', 'x', null],
      ['2.csv', '007', null, 2.5],
    ],
    note: 'it is read as VARCHAR',
  },
  {
    what: 'a zip with two files, of which the first is taken',
    bytes: zipSync({ '1.json': strToU8('[{"a":1}]'), '2.csv': strToU8('b\n2\n') }),
    format: 'json',
    columns: ['a BIGINT'],
    rows: [[1]],
    note: 'The archive has 2 files',
  },
];

const bomb = zipSync({ 'bomb.csv': new Uint8Array(1) });

export const REFUSED: readonly {
  readonly what: string;
  readonly bytes: Uint8Array | string;
  readonly options?: ImportOptions;
  readonly code: string;
}[] = [
  { what: 'gzip that is cut off', bytes: gz.subarray(0, gz.length - 6), code: 'import-damaged' },
  { what: 'a zip without its end', bytes: bomb.subarray(0, 30), code: 'import-damaged' },
  {
    what: 'a zip whose bytes were changed',
    bytes: changed(zipSync({ 'a.csv': [strToU8('a\n1\n'), { level: 0 }] })),
    code: 'import-damaged',
  },
  { what: 'text read as Parquet', bytes: 'a,b\n', options: { format: 'parquet' }, code: 'import-damaged' },
  { what: 'Parquet that is cut off', bytes: strToU8('PAR1abcdefghijklmnop'), code: 'import-damaged' },
  { what: 'a workbook with a password', bytes: encryptedWorkbook(), code: 'import-encrypted' },
  {
    what: 'an array that is not there',
    bytes: '{"a":[{"b":1}]}',
    options: { format: 'json', path: 'x.y' },
    code: 'import-json-path',
  },
  {
    what: 'a range that is none',
    bytes: zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }),
    options: { format: 'excel', range: '1:x' },
    code: 'import-range',
  },
  { what: 'no bytes in an archive', bytes: gzipSync(new Uint8Array(0)), code: 'import-empty' },
];

function changed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const at = 30 + 'a.csv'.length;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** The beginning of what spreadsheet programs write: an OLE container with a stream of that name. */
function encryptedWorkbook(): Uint8Array {
  const name = [...'EncryptedPackage'].flatMap((each) => [each.codePointAt(0) ?? 0, 0]);
  return new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(504), ...name]);
}
