import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import {
  cellNamer,
  freeName,
  nameFormProblem,
  nameProblem,
  proposeName,
} from '../../../src/lib/notebook/names.ts';
import { RESERVED_WORDS } from '../../../src/lib/notebook/reserved-words.ts';

const taken = {
  sources: { Users: { file: 'users.csv', import: { format: 'csv' as const } } },
  cells: [
    { kind: 'sql' as const, name: 'safe', sql: '' },
    { kind: 'foreign' as const, info: 'chart name=clean', text: '' },
    { kind: 'markdown' as const, text: 'name=words' },
  ],
};

describe('the form of a name', () => {
  it.each(['a', '_', 'A1', 'straße'.slice(0, 4), 'x'.repeat(63), 'map', 'values'])('allows %j', (name) => {
    expect(nameFormProblem(name)).toBeNull();
  });

  it.each([
    '',
    ' ',
    '1a',
    'a b',
    'a-b',
    'é',
    'a;DROP',
    'a"',
    '😀',
    'x'.repeat(64),
    'select',
    'SELECT',
    'Left',
    'sluice_x',
    'Sluice_X',
    '_sl_i',
    '__proto__',
    'a\n',
  ])('refuses %j', (name) => {
    // prettier-ignore
    expect(nameFormProblem(name)).toEqual(expect.any(String));
  });
});

describe('the reserved words', () => {
  it('are exactly the keywords that the engine refuses as a table name', async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    const keywords = await connection.runAndReadAll(
      'SELECT DISTINCT keyword_name FROM duckdb_keywords() ORDER BY ALL',
    );
    const refused: string[] = [];
    for (const [keyword] of keywords.getRows()) {
      const name = String(keyword);
      const works = await connection
        .run(`WITH ${name} AS (SELECT 1 AS a) SELECT ${name}.a FROM ${name}`)
        .then(
          () => true,
          () => false,
        );
      if (!works) refused.push(name);
    }
    expect([...RESERVED_WORDS].sort()).toEqual(refused.sort());
  });
});

describe('a name in a notebook', () => {
  it('is taken in any case by sources and cells, those that are not known as well', () => {
    expect(['users', 'SAFE', 'Clean', 'words'].map((name) => nameProblem(taken, name) === null)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('may stay what it is but for its case', () => {
    expect(nameProblem(taken, 'SAFE', 'safe')).toBeNull();
    expect(nameProblem(taken, 'users', 'safe')).toBe('“users” is taken by another cell or source.');
  });
});

describe('a proposed name', () => {
  it.each([
    ['users.csv', 'users'],
    ['Users 2024 (final).CSV', 'users_2024_final'],
    ['data.csv.gz', 'data'],
    ['2024.csv', 't_2024'],
    ['select.csv', 't_select'],
    ['sluice_log.csv', 't_sluice_log'],
    ['Größe Ærø.tsv', 'gro_e_r'],
    ['данные.csv', 'source'],
    ['😀', 'source'],
    ['', 'source'],
    ['.csv', 'csv'],
    ['safe.csv', 'safe_2'],
    ['x'.repeat(300), 'x'.repeat(57)],
  ])('for %j is %j', (file, name) => {
    expect(proposeName(file, ['SAFE'])).toBe(name);
    expect(nameFormProblem(name)).toBeNull();
  });

  it('counts on until it is free', () => {
    expect(freeName('a', ['A', 'a_2', 'A_3'])).toBe('a_4');
    const next = cellNamer(['CELL_2']);
    expect([next(), next(), next()]).toEqual(['cell_1', 'cell_3', 'cell_4']);
  });
});
