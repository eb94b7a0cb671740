import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../src/lib/base/nearest-name.ts';
import { sqlTokens, statementAt, statementsOf } from '../../../src/lib/base/sql-tokens.ts';
import { definitionInText } from '../../../src/lib/ui/editor/go-to-definition.ts';
import { localRelations } from '../../../src/lib/ui/editor/local-relations.ts';
import { callAt, factsAt } from '../../../src/lib/ui/editor/name-facts.ts';
import { quickFixes } from '../../../src/lib/ui/editor/quick-fix.ts';
import { completeWords, type CompletionScope } from '../../../src/lib/ui/editor/sql-completion.ts';

const scope: CompletionScope = {
  relations: [
    {
      name: 'users',
      kind: 'source',
      columns: [
        { name: 'email', type: 'VARCHAR', sensitivity: 'direct', badge: null },
        { name: 'age', type: 'INTEGER', sensitivity: 'none', badge: null },
      ],
    },
  ],
  macros: [],
  inputs: [{ name: 'since', detail: 'date' }],
};

const kinds = (sql: string): string =>
  sqlTokens(sql)
    .map(({ kind, text }) => `${kind}:${text}`)
    .join('|');

describe('the parts of a statement', () => {
  it('hold every character once, whatever is written', () => {
    const texts = [
      "select 'a''b; -- no' /* /* in */ ; */ , \"x;y\" -- end;",
      "e'a\\'; b' $$ ; $$ $tag$ ; $tag$ $1",
      "'open",
      '/* open',
      'é😀 ;',
    ];
    for (const text of texts)
      expect(
        sqlTokens(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text);
    expect(kinds("a::b ->> '$.x'")).toBe("word:a|sign:::|word:b|space: |sign:->>|space: |text:'$.x'");
  });

  it('are statements between semicolons that are no text and no comment', () => {
    const sql = "SELECT ';' ; -- a; b\n SELECT 2 /* ; */;;\n";
    expect(statementsOf(sql).map(({ text }) => text)).toEqual(["SELECT ';'", '-- a; b\n SELECT 2 /* ; */']);
    expect(statementAt(sql, 3)?.text).toBe("SELECT ';'");
    expect(statementAt(sql, 30)?.text).toContain('SELECT 2');
    expect(statementAt('  -- nothing', 1)).toBeNull();
  });
});

describe('the nearest name', () => {
  it('is a slip of the keys away, or there is none', () => {
    expect(nearestName('emial', ['phone', 'email', 'mail'])).toBe('email');
    expect(nearestName('costumers', ['customers'])).toBe('customers');
    expect(nearestName('xyz', ['email', 'phone'])).toBeNull();
    expect(nearestName('ab', ['cd'])).toBeNull();
  });
});

describe('tables that a statement makes', () => {
  const local = (sql: string): unknown =>
    localRelations(sql, scope.relations).map(({ name, columns }) => [name, columns.map((each) => each.name)]);

  it('are those of WITH, with listed names, stars and aliases', () => {
    expect(
      local('WITH a AS (SELECT *, upper(email) AS big FROM users), b(x, y) AS (SELECT 1, 2) SELECT '),
    ).toEqual([
      ['b', ['x', 'y']],
      ['a', ['email', 'age', 'big']],
    ]);
  });

  it('are subqueries with an alias, also while being written', () => {
    expect(local('SELECT q. FROM (SELECT email, age + 1 AS next FROM users) AS q')).toEqual([
      ['q', ['email', 'next']],
    ]);
    expect(local('WITH a AS (SELECT email FROM users')).toEqual([['a', ['email']]]);
    expect(local('SELECT * FROM users WHERE (a, b) IN (SELECT 1, 2)')).toEqual([]);
  });

  it('keep type and level of what they pass on', () => {
    const [a] = localRelations('WITH a AS (SELECT email FROM users) FROM a', scope.relations);
    expect(a?.columns).toEqual([{ name: 'email', type: 'VARCHAR', sensitivity: 'direct', badge: null }]);
    expect(
      completeWords('WITH a AS (SELECT 1 AS one) SELECT FROM a', scope).map((each) => each.label),
    ).toContain('one');
  });
});

describe('what a name is', () => {
  it('is said of columns, tables, functions and inputs', () => {
    const sql = 'SELECT email, upper(email) FROM users WHERE d > $since';
    expect(factsAt(sql, 8, scope)).toMatchObject({
      title: 'email: VARCHAR · direct',
      lines: ['Column of users'],
    });
    expect(factsAt(sql, 15, scope)?.title).toBe('upper(string)');
    expect(factsAt(sql, 33, scope)).toMatchObject({ title: 'source users', lines: ['email, age'] });
    expect(factsAt(sql, 50, scope)?.title).toBe('$since');
    expect(factsAt('SELECT nothing', 9, scope)).toBeNull();
  });

  it('is the call around the caret, with the argument in hand', () => {
    expect(callAt('SELECT replace(a, b(1, 2), ', 27, scope)).toMatchObject({ name: 'replace', current: 2 });
    expect(callAt('SELECT (a, ', 11, scope)).toBeNull();
    expect(callAt('SELECT upper(a) ', 16, scope)).toBeNull();
  });

  it('is defined by WITH where the text says so', () => {
    expect(definitionInText('WITH a AS (SELECT 1), b AS (FROM a) FROM b', 'B')).toBe(22);
    expect(definitionInText('FROM a', 'a')).toBeNull();
  });
});

describe('the mend of a problem', () => {
  const fix = (sql: string, position: number, hint: string): unknown =>
    quickFixes(sql, { code: 'engine-sql', message: '', hint, sql, position }).map(
      ({ from, to, insert }) => sql.slice(0, from) + insert + sql.slice(to),
    );

  it('writes what was meant in place of what stands there', () => {
    expect(fix('SELECT emial FROM users', 7, 'Did you mean "email"?')).toEqual(['SELECT email FROM users']);
    expect(fix('SELECT u.emial FROM users u', 7, 'Did you mean "email", "e mail"?')).toEqual([
      'SELECT u.email FROM users u',
      'SELECT u."e mail" FROM users u',
    ]);
    expect(fix('SELECT u.emial FROM users u', 9, 'Did you mean "u.email"?')).toEqual([
      'SELECT u.email FROM users u',
    ]);
    expect(fix('SELECT x', 7, 'Open a file of that name.')).toEqual([]);
  });
});
