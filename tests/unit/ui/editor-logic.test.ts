import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { MacroDefinition } from '../../../src/lib/macros/macro-types.ts';
import { relationsNamedIn } from '../../../src/lib/ui/editor/completion-relations.ts';
import { problemRange } from '../../../src/lib/ui/editor/problem-range.ts';
import { smallestChange } from '../../../src/lib/ui/editor/smallest-change.ts';
import {
  completeFromScope,
  completeWords,
  completionNamespace,
} from '../../../src/lib/ui/editor/sql-completion.ts';
import type { CompletionScope } from '../../../src/lib/ui/editor/sql-completion.ts';

const maskEmail: MacroDefinition = {
  name: 'mask_email',
  topic: 'mask',
  version: '1.0.0',
  parameters: [{ name: 'v', default: null, description: 'a value' }],
  signature: 'mask_email(v)',
  purpose: 'Keeps the first letter and the domain.',
  nullBehaviour: 'stays NULL',
  example: { sql: "mask_email('anna@example.com')", result: 'a***@example.com' },
  sanitizer: {
    residual: 'quasi',
    shows: 'the first letter and the domain',
    showsCharacters: null,
    produces: null,
  },
  isWindow: false,
  isPrivate: false,
  script: '',
};

const scope: CompletionScope = {
  relations: [
    {
      name: 'users',
      kind: 'source',
      columns: [
        { name: 'email', type: 'VARCHAR', sensitivity: 'direct', badge: null },
        { name: 'Cost: Total $', type: 'DOUBLE', sensitivity: 'none', badge: null },
      ],
    },
    {
      name: 'safe',
      kind: 'cell',
      columns: [
        { name: 'email', type: 'VARCHAR', sensitivity: 'quasi', badge: 'masked: shows the domain' },
        { name: 'card', type: 'VARCHAR', sensitivity: null, badge: 'masked: shows the last 4 digits' },
      ],
    },
    { name: 'odd name', kind: 'source', columns: [] },
  ],
  macros: [maskEmail, { ...maskEmail, name: '_hidden', isPrivate: true }],
};

describe('completion', () => {
  it('finds the tables a statement names, as words and as quoted names', () => {
    const names = (sql: string): string[] =>
      relationsNamedIn(sql, scope.relations).map((relation) => relation.name);
    expect(names('select * from USERS u join "odd name" using (x)')).toEqual(['users', 'odd name']);
    expect(names('select usersx from superusers')).toEqual([]);
  });

  it('offers their columns with type and level, then public macros with signature and example', () => {
    const offered = completeWords('SELECT FROM users', scope);
    expect(offered.map(({ label, detail, info, type }) => ({ label, detail, info, type }))).toEqual([
      { label: 'email', detail: 'VARCHAR · direct', info: 'Column of users', type: 'property' },
      { label: 'Cost: Total $', detail: 'DOUBLE', info: 'Column of users', type: 'property' },
      {
        label: 'mask_email',
        detail: '(v)',
        info: "Keeps the first letter and the domain.\nShows: the first letter and the domain.\nNULL: stays NULL\nmask_email('anna@example.com') → a***@example.com",
        type: 'function',
      },
    ]);
    expect(offered.map(({ apply }) => (typeof apply === 'function' ? 'function' : apply))).toEqual([
      undefined,
      '"Cost: Total $"',
      'function',
    ]);
  });

  it('offers a column of two tables once', () => {
    expect(completeWords('FROM users, safe', scope).map((each) => each.label)).toEqual([
      'email',
      'Cost: Total $',
      'card',
      'mask_email',
    ]);
  });

  it('knows each table with its columns for qualified names', () => {
    expect(JSON.parse(JSON.stringify(completionNamespace(scope)))).toMatchObject({
      users: {
        self: { label: 'users', detail: 'source, 2 columns' },
        children: [{ label: 'email' }, { label: 'Cost: Total $' }],
      },
      'odd name': { self: { apply: '"odd name"', detail: 'source, 0 columns' }, children: [] },
    });
  });

  it('stays silent after a dot and without a word', () => {
    const complete = completeFromScope(() => scope);
    const at = (doc: string, explicit = false) =>
      complete(new CompletionContext(EditorState.create({ doc }), doc.length, explicit));
    expect([at('SELECT users.em'), at('SELECT '), at('SELECT users.')]).toEqual([null, null, null]);
    expect(at('SELECT em')).toMatchObject({ from: 7 });
    expect(at('SELECT ', true)).toMatchObject({ from: 7 });
  });
});

describe('where a problem points', () => {
  const at = (text: string, position: number | undefined, sql?: string) =>
    problemRange(text, {
      code: 'engine-sql',
      message: '',
      ...(position === undefined ? {} : { position }),
      ...(sql === undefined ? {} : { sql }),
    });

  it('is the word, the quoted name or the sign at its position', () => {
    const sql = 'SELECT emial, "my col" FROM )';
    expect([at(sql, 7), at(sql, 14), at(sql, 28)]).toEqual([
      { from: 7, to: 12 },
      { from: 14, to: 22 },
      { from: 28, to: 29 },
    ]);
  });

  it('is shifted where the statement was wrapped', () => {
    expect(at('SELECT x', 24, 'CREATE TABLE "a" AS SELECT x')).toEqual({ from: 4, to: 6 });
  });

  it('is the last character where the text ends too early', () => {
    expect(at('SELECT a FROM  ', 15)).toEqual({ from: 12, to: 13 });
  });

  it('is nowhere without a position, in another text, or in an empty one', () => {
    expect([
      at('SELECT 1', undefined),
      at('SELECT 2', 3, 'SELECT 1'),
      at('SELECT 1', 99),
      at('  ', 0),
      problemRange('x', null),
    ]).toEqual([null, null, null, null, null]);
  });
});

describe('the smallest change between two texts', () => {
  it('replaces only what differs', () => {
    expect(smallestChange('SELECT a FROM t', 'SELECT abc FROM t')).toEqual({ from: 8, to: 8, insert: 'bc' });
    expect(smallestChange('aaa', 'aa')).toEqual({ from: 2, to: 3, insert: '' });
    expect(smallestChange('', 'x')).toEqual({ from: 0, to: 0, insert: 'x' });
    expect(smallestChange('same', 'same')).toBeNull();
  });

  it('always turns the one into the other', () => {
    const texts = ['', 'a', 'ab', 'ba', 'aba', 'abba', 'éé', '😀a😀', '\n\n'];
    for (const before of texts) {
      for (const after of texts) {
        const change = smallestChange(before, after);
        const got =
          change === null ? before : before.slice(0, change.from) + change.insert + before.slice(change.to);
        expect(got).toBe(after);
      }
    }
  });
});
