import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { analyzeStatement } from '../../../src/lib/lineage/analyze-statement.ts';
import { guardStatement } from '../../../src/lib/lineage/guard.ts';
import type { RelationLineage } from '../../../src/lib/lineage/lineage-types.ts';
import { namesOf, openEngine } from './engine-under-test.ts';
import { describeColumn, describeEdge, inputNamed, LIBRARY, ROWS } from './example-relations.ts';
import { changedTables, findUncovered, mutationsOf } from './mutation-oracle.ts';
import { EXAMPLES } from './statements.ts';

const parse = await createNodeParser();

function lineageOf(sql: string): RelationLineage {
  return analyzeStatement({
    tree: unwrap(parse(sql)),
    relation: 'cell',
    inputs: inputNamed,
    isLibraryMacro: (name) => LIBRARY.has(name),
  });
}

describe('lineage of statements analysts write daily', () => {
  it.each(EXAMPLES)('$sql', ({ sql, columns, rows }) => {
    const lineage = lineageOf(sql);
    expect(guardStatement(unwrap(parse(sql)))).toBeNull();
    expect({
      unknown: lineage.unknown,
      columns: lineage.columns.map(describeColumn),
      rows: lineage.indirect.map(describeEdge),
    }).toEqual({ unknown: null, columns, rows });
  });

  it('writes the whole way of an edge, the output column last', () => {
    expect(lineageOf('SELECT email AS contact FROM users WHERE salary > 1')).toEqual({
      relation: 'cell',
      columns: [
        {
          name: 'contact',
          direct: [
            {
              from: { relation: 'users', column: 'email' },
              kind: 'identity',
              via: [],
              path: ['users.email', 'cell.contact'],
            },
          ],
          indirect: [],
        },
      ],
      indirect: [
        {
          from: { relation: 'users', column: 'salary' },
          kind: 'filter',
          via: [{ name: '>', isLibraryMacro: false, argument: 0 }],
          path: ['users.salary', 'cell'],
        },
      ],
      unknown: null,
    });
  });
});

describe('against the engine', () => {
  const mutations = mutationsOf(ROWS);
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ ...ROWS, ...changedTables(mutations) });
  });
  afterAll(() => engine.dispose());

  it.each(EXAMPLES)('has the columns of the engine, in number, order and name: $sql', async ({ sql }) => {
    const actual = await namesOf(engine, sql);
    const names = lineageOf(sql).columns.map((column, index) => column.name || actual[index]);
    expect(names).toEqual(actual);
  });

  it.each(EXAMPLES)('covers every column a change of which shows: $sql', async ({ sql }) => {
    const statement = { sql, tree: unwrap(parse(sql)), lineage: lineageOf(sql) };
    const uncovered = await findUncovered(engine, statement, mutations);
    expect(uncovered).toEqual([]);
  });
});
