// Arrow values as what JSON can hold.
import { tableFromArrays, tableToIPC, vectorFromArray, Table, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import {
  cellExpression,
  cellSelectList,
  readCells,
  readTextRows,
} from '../../../workers/engine/cell-values.ts';

describe('cell values', () => {
  it('casts in SQL what Arrow or JSON would change, and quotes names', () => {
    const types = [
      'VARCHAR',
      'DOUBLE',
      'BIGINT',
      'DECIMAL(18,3)',
      'BLOB',
      'TIMESTAMP',
      'STRUCT(a INTEGER)',
      "ENUM('a')",
    ];
    expect(types.map((type) => cellExpression({ name: 'a"b', type }))).toEqual([
      '"a""b"',
      '"a""b"',
      'CAST("a""b" AS VARCHAR)',
      'CAST("a""b" AS VARCHAR)',
      'lower(hex("a""b"))',
      'CAST("a""b" AS VARCHAR)',
      'CAST("a""b" AS VARCHAR)',
      'CAST("a""b" AS VARCHAR)',
    ]);
    expect(
      cellSelectList([
        { name: 'x', type: 'VARCHAR' },
        { name: 'x', type: 'BLOB' },
      ]),
    ).toBe('"x" AS "c0", lower(hex("x")) AS "c1"');
  });

  it('reads texts back by type', () => {
    const text = (values: readonly (string | null)[]) => vectorFromArray(values, new Utf8());
    const table = new Table({
      c0: text(['9007199254740991', '-9007199254740993', null]),
      c1: text(['2020-01-02 03:04:05', '2020-01-02 03:04:05.5+00', 'infinity']),
      c2: text(['0.1', 'nan', '-inf']),
    });
    const columns = [
      { name: 'n', type: 'BIGINT' },
      { name: 't', type: 'TIMESTAMP WITH TIME ZONE' },
      { name: 'f', type: 'FLOAT' },
    ];
    expect(readCells(tableToIPC(table, 'stream'), columns)).toEqual([
      [9_007_199_254_740_991, '2020-01-02T03:04:05', 0.1],
      ['-9007199254740993', '2020-01-02T03:04:05.5Z', 'NaN'],
      [null, 'infinity', '-Infinity'],
    ]);
  });

  it('reads no rows', () => {
    const empty = tableToIPC(tableFromArrays({ c0: new Float64Array(0) }), 'stream');
    expect([readCells(empty, [{ name: 'a', type: 'DOUBLE' }]), readTextRows(empty)]).toEqual([[], []]);
  });
});
