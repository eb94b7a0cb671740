import { describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import { findReferences } from '../../../src/lib/lineage/references.ts';
import { renameReferences } from '../../../src/lib/lineage/rename-references.ts';

const parse = await createNodeParser();

const READS: Readonly<Record<string, readonly string[]>> = {
  'SELECT 1': [],
  'SELECT * FROM users': ['users'],
  'FROM Users JOIN "USERS" u ON true, orders': ['Users', 'orders'],
  'SELECT (SELECT max(x) FROM a), EXISTS (FROM b) FROM c WHERE y IN (SELECT z FROM d)': ['a', 'b', 'c', 'd'],
  'SELECT x FROM a ORDER BY (SELECT y FROM b) LIMIT (SELECT z FROM c)': ['a', 'b', 'c'],
  'WITH a AS (SELECT * FROM b) SELECT * FROM a': ['b'],
  'WITH a AS (SELECT * FROM a) SELECT * FROM a': ['a'],
  'WITH RECURSIVE a AS (SELECT 1 AS x UNION SELECT x FROM a) SELECT * FROM a': [],
  'WITH b AS (FROM a), a AS (SELECT 1) SELECT * FROM a, b': ['a'],
  'SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) x, a': ['a'],
  'SELECT * FROM main.users': ['users'],
  'SELECT * FROM main.a, (WITH a AS (SELECT 1) SELECT * FROM main.a)': ['a'],
  'SELECT a.x FROM users AS a, LATERAL (SELECT a.y) AS b': ['users'],
  'FROM a UNION ALL (FROM b EXCEPT FROM c)': ['a', 'b', 'c'],
  'PIVOT sales ON year USING sum(amount)': ['sales'],
  'UNPIVOT sales ON a, b INTO NAME n VALUE v': ['sales'],
  'WITH s AS (FROM sales) PIVOT s ON year USING sum(amount)': ['sales'],
  'SELECT * FROM sales PIVOT (sum(x) FOR y IN (1, 2))': ['sales'],
  'SUMMARIZE users': ['users'],
  'DESCRIBE users': ['users'],
  'SELECT * FROM range(3) AS users(i), unnest([1]) AS x': [],
  'SELECT users FROM people AS users': ['people'],
  "SELECT 'FROM secret' AS a -- FROM hidden\n FROM shown": ['shown'],
  'SELECT * FROM "my cell"': ['my cell'],
};

describe('relations a statement reads', () => {
  it.each(Object.entries(READS))('%s', (sql, names) => {
    expect(findReferences(unwrap(parse(sql)))).toEqual(names);
  });
});

const RENAMED: Readonly<Record<string, string>> = {
  'SELECT users.email, u.id, users.* FROM users JOIN users u ON users.id = u.id -- users\nWHERE users.x > 1':
    'SELECT people.email, u.id, people.* FROM people JOIN people u ON people.id = u.id -- users\nWHERE people.x > 1',
  'select  \'😀\' , USERS.email\r\nfrom "Users"': "select  '😀' , people.email\r\nfrom people",
  'WITH users AS (SELECT * FROM users WHERE users.a) SELECT users.b FROM users':
    'WITH users AS (SELECT * FROM people WHERE people.a) SELECT users.b FROM users',
  'SELECT users FROM users': 'SELECT users FROM people AS users',
  'SELECT * EXCLUDE (users.a) FROM users': 'SELECT * EXCLUDE (users.a) FROM people AS users',
  'SELECT users.a FROM other AS users': 'SELECT users.a FROM other AS users',
  'SELECT u.a FROM users u, (SELECT users.b FROM orders users) o':
    'SELECT u.a FROM people u, (SELECT users.b FROM orders users) o',
  'SELECT (SELECT users.id) FROM users': 'SELECT (SELECT people.id) FROM people',
  'SELECT a FROM users, LATERAL (SELECT users.b) x': 'SELECT a FROM people, LATERAL (SELECT people.b) x',
  'FROM main.users SELECT main.users.a': 'FROM main.people SELECT main.people.a',
  'PIVOT users ON a USING sum(b)': 'PIVOT people ON a USING sum(b)',
  'SUMMARIZE users': 'SUMMARIZE people',
  "SELECT 'users' AS users FROM t": "SELECT 'users' AS users FROM t",
  'SELECT users_old.a FROM users_old': 'SELECT users_old.a FROM users_old',
};

describe('renaming a relation in the text of its readers', () => {
  it.each(Object.entries(RENAMED))('%s', (sql, expected) => {
    expect(renameReferences(sql, unwrap(parse(sql)), 'users', 'people')).toBe(expected);
  });

  it('quotes a name that needs it', () => {
    const sql = 'SELECT users.a FROM users';
    expect(renameReferences(sql, unwrap(parse(sql)), 'USERS', 'the "people"')).toBe(
      'SELECT "the ""people""".a FROM "the ""people"""',
    );
  });
});
