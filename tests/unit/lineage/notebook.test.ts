import { describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import { analyzeNotebook, type NotebookToAnalyze } from '../../../src/lib/lineage/analyze-notebook.ts';
import { describeColumn, describeEdge, INPUTS, LIBRARY } from './example-relations.ts';

const parse = await createNodeParser();

function analyze(cells: Readonly<Record<string, string>>, more: Partial<NotebookToAnalyze> = {}) {
  return analyzeNotebook({
    cells: Object.entries(cells).map(([name, sql]) => ({ name, sql, tree: unwrap(parse(sql)) })),
    sources: INPUTS,
    isLibraryMacro: (name) => LIBRARY.has(name),
    ...more,
  });
}

describe('lineage through the cells of a notebook', () => {
  it('leads back to the sources, with the whole way', () => {
    const lineages = analyze({
      Safe: 'SELECT mask_email(contact) AS contact, n FROM clean',
      clean:
        'SELECT lower(email) AS contact, row_number() OVER (ORDER BY salary) AS n FROM users WHERE id > 1',
    });
    expect([...lineages.keys()].sort()).toEqual(['clean', 'safe']);
    expect(lineages.get('safe')).toEqual({
      relation: 'Safe',
      columns: [
        {
          name: 'contact',
          direct: [
            {
              from: { relation: 'users', column: 'email' },
              kind: 'transformation',
              via: [
                { name: 'lower', isLibraryMacro: false, argument: 0 },
                { name: 'mask_email', isLibraryMacro: true, argument: 0 },
              ],
              path: ['users.email', 'clean.contact', 'Safe.contact'],
            },
          ],
          indirect: [],
        },
        {
          name: 'n',
          direct: [],
          indirect: [
            {
              from: { relation: 'users', column: 'salary' },
              kind: 'window',
              via: [],
              path: ['users.salary', 'clean.n', 'Safe.n'],
            },
          ],
        },
      ],
      indirect: [
        {
          from: { relation: 'users', column: 'id' },
          kind: 'filter',
          via: [{ name: '>', isLibraryMacro: false, argument: 0 }],
          path: ['users.id', 'clean', 'Safe'],
        },
      ],
      unknown: null,
    });
  });

  it('turns what a cell made of a column into what decides the next', () => {
    const lineages = analyze({
      a: "SELECT upper(email) AS e, CASE WHEN country = 'UA' THEN 1 END AS f, name FROM users",
      b: "SELECT name FROM a WHERE e LIKE 'X%' ORDER BY f",
    });
    const b = lineages.get('b');
    expect(b?.columns.map(describeColumn)).toEqual(['name <- users.name']);
    expect(b?.indirect.map(describeEdge)).toEqual([
      'users.email filter: upper, like',
      'users.country condition: =',
    ]);
  });

  it('keeps columns without a name apart', () => {
    const lineages = analyze({
      a: 'SELECT salary + 1, length(email) * 2, name FROM users',
      b: 'SELECT * FROM a',
      c: 'SELECT * FROM b UNION ALL SELECT 1, 2, note FROM orders',
    });
    expect(lineages.get('c')?.columns.map(describeColumn)).toEqual([
      '? <- users.salary transformation: +',
      '? <- users.email transformation: length, *',
      'name <- users.name + orders.note',
    ]);
  });

  it('passes unknown on to everything that reads it, with the first reason', () => {
    const lineages = analyze({
      a: 'PIVOT users ON country USING sum(salary)',
      b: 'SELECT * FROM a',
      c: 'SELECT 1 AS x FROM users, b',
      d: 'SELECT name FROM users',
    });
    const reason = lineages.get('a')?.unknown?.reason ?? '';
    expect(reason).toMatch(/^PIVOT/);
    expect(lineages.get('b')?.unknown?.reason).toBe(`it reads a, where this is not understood: ${reason}`);
    expect(lineages.get('c')?.unknown?.reason).toBe(`it reads b, where this is not understood: ${reason}`);
    expect(lineages.get('d')?.unknown).toBeNull();
  });

  it('does not follow circles or names that are nowhere', () => {
    const lineages = analyze({
      a: 'SELECT * FROM b',
      b: 'SELECT * FROM a',
      c: 'SELECT * FROM nowhere',
      d: 'FROM d',
    });
    const reasons = ['a', 'b', 'c', 'd'].map((name) => lineages.get(name)?.unknown?.reason);
    expect(reasons).toEqual([
      'it reads itself through other cells',
      'it reads itself through other cells',
      'nowhere is no source or cell whose columns are known',
      'it reads itself through other cells',
    ]);
  });

  it('takes the names the engine gave, and gives up where its columns are others', () => {
    const cells = { a: 'SELECT salary + 1, name FROM users', b: 'SELECT "(salary + 1)" AS s FROM a' };
    const told = analyze(cells, { outputs: [{ name: 'A', columns: ['(salary + 1)', 'name'] }] });
    expect(told.get('b')?.columns.map(describeColumn)).toEqual(['s <- users.salary transformation: +']);
    const more = analyze(cells, { outputs: [{ name: 'a', columns: ['(salary + 1)', 'name', 'extra'] }] });
    expect(more.get('a')?.unknown?.reason).toBe('2 columns were followed, the engine has 3');
    const other = analyze(cells, { outputs: [{ name: 'a', columns: ['(salary + 1)', 'email'] }] });
    expect(other.get('b')?.unknown?.reason).toMatch(/the engine names its columns differently$/);
  });

  it('stays small where ways multiply', () => {
    const cells: Record<string, string> = { c0: 'SELECT email AS a, name AS b FROM users' };
    for (let index = 1; index <= 30; index++) {
      cells[`c${index}`] = `SELECT a || b AS a, b || a AS b FROM c${index - 1}`;
    }
    const started = performance.now();
    const last = analyze(cells).get('c30');
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(last?.unknown !== null || last.columns.length === 2).toBe(true);
  });
});
