import { beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import type { ParseSql } from '../../../src/lib/lineage/lineage-types.ts';
import { analyzeCells, type NamedSql } from '../../../src/lib/run/notebook-analysis.ts';
import { draftProblem } from '../../../src/lib/session/draft-problem.ts';

let parse: ParseSql;
beforeAll(async () => {
  parse = await createNodeParser();
});

function analyze(cells: readonly NamedSql[], disabled: readonly string[] = []) {
  return analyzeCells({
    cells,
    sources: [{ name: 'users', columns: ['email', 'age'] }],
    sourceNames: ['users'],
    disabled: new Set(disabled),
    parse: (sql) => Promise.resolve(parse(sql)),
    registry: { macros: [], find: () => undefined },
  });
}

describe('a disabled cell', () => {
  it('stops what reads it, which says so, and nothing else', async () => {
    const analysis = await analyze(
      [
        { name: 'Base', sql: 'FROM users' },
        { name: 'reader', sql: 'FROM base' },
        { name: 'other', sql: 'FROM users' },
      ],
      ['base'],
    );
    expect(analysis.cells.get('reader')?.problem).toMatchObject({
      code: 'cell-disabled',
      message: 'base, which this cell reads, is disabled.',
    });
    expect(analysis.cells.get('base')?.problem).toBeNull();
    expect(analysis.cells.get('other')?.problem).toBeNull();
  });
});

describe('what is wrong before a cell runs', () => {
  async function draft(sql: string): Promise<unknown> {
    const analysis = await analyze([{ name: 'x', sql }]);
    const columnsOf = (name: string): readonly string[] => (name === 'users' ? ['email', 'age'] : []);
    const problem = draftProblem(sql, analysis.cells.get('x'), columnsOf);
    return problem === null ? null : [problem.code, problem.hint, problem.position];
  }

  it('is a name that is not there, at its place, with the nearest', async () => {
    expect(await draft('SELECT emial FROM users')).toEqual(['draft-column', 'Did you mean "email"?', 7]);
    expect(await draft('SELECT email FROM user')).toEqual(['cell-unknown-name', 'Did you mean "users"?', 18]);
    expect(await draft('SELECT email FROM users')).toBeNull();
    expect(await draft('SELECT email, FROM WHERE')).toMatchObject([
      'sql-syntax',
      expect.anything(),
      expect.anything(),
    ]);
    expect(await draft('')).toBeNull();
  });
});
