// The rule `lineage` over lineage written by hand: default deny, levels, decisions, mends.
import { describe, expect, it } from 'vitest';
import { judgeLineage } from '../../../../src/lib/gate/rules/lineage.ts';
import type { ColumnLineage, IndirectEdge } from '../../../../src/lib/lineage/lineage-types.ts';
import { column, direct, indirect, lineageOf, registry, SOURCES, steps } from '../gate-under-test.ts';

function judge(columns: readonly ColumnLineage[], decided: readonly IndirectEdge[] = [], type = 'VARCHAR') {
  return judgeLineage({
    columns: columns.map(({ name }) => ({ name, type })),
    lineage: lineageOf(columns, decided),
    sources: SOURCES,
    registry,
  });
}

const outcomes = (verdict: ReturnType<typeof judge>) =>
  verdict.findings.map((finding) => `${finding.severity} ${finding.column}: ${finding.message}`);

describe('what a column carries', () => {
  it('blocks a direct identifier with its path and an expression in its place', () => {
    expect(judge([column('contact', [direct('email', 'contact')])])).toEqual({
      findings: [
        {
          rule: 'lineage',
          severity: 'block',
          column: 'contact',
          path: 'users.email → safe.contact → module.contact',
          message: 'contact carries a direct identifier (EMAIL_ADDRESS) from users.email.',
          mend: {
            text: 'Replace it with mask_email(contact) (the domain only), or with hmac_sha256(contact) (a keyed token that keeps equal values equal), or leave it out.',
            expression: 'mask_email(contact)',
          },
        },
      ],
      outcome: { rule: 'lineage', outcome: 'block', summary: '1 column, 1 block' },
    });
  });

  it('offers what suits the entity and the type, and nothing for a secret', () => {
    const expressionFor = (from: string, type: string) =>
      judge([column('x', [direct(from, 'x')])], [], type).findings.map(
        ({ mend }) => mend.expression ?? mend.text,
      );
    expect(expressionFor('phone', 'VARCHAR')).toEqual(['mask_phone(x)']);
    expect(expressionFor('cc', 'BIGINT')).toEqual(['mask_card(x)']);
    expect(expressionFor('birthdate', 'DATE')).toEqual(["truncate_date(x, 'year')"]);
    expect(expressionFor('birthdate', 'BIGINT')).toEqual(['bucket_number(x, 10)']);
    expect(expressionFor('name', 'VARCHAR')).toEqual(['redact(x)']);
    expect(expressionFor('score', 'DOUBLE')).toEqual(['bucket_number(x, 10)']);
    expect(expressionFor('score', 'VARCHAR')).toEqual(['hmac_sha256(x)']);
    expect(expressionFor('pin', 'VARCHAR')).toEqual(['Leave x out: a secret is not published in any form.']);
  });

  it('names the column as it is published, quoted where it must be', () => {
    const edge = { ...direct('email', 'contact'), path: ['users.email', 'clean.E-Mail', 'safe.contact'] };
    expect(judge([column('contact', [edge])]).findings).toMatchObject([
      {
        path: 'users.email → clean.E-Mail → safe.contact → module.contact',
        mend: { expression: 'mask_email(contact)' },
      },
    ]);
    const expressionFor = (name: string) =>
      judge([column(name, [direct('email', name)])]).findings[0]?.mend.expression;
    expect(expressionFor('E-Mail')).toBe('mask_email("E-Mail")');
    expect(expressionFor('order')).toBe('mask_email("order")');
    expect(expressionFor('a"b')).toBe('mask_email("a""b")');
    expect(expressionFor('пошта')).toBe('mask_email("пошта")');
  });

  it('passes what the library sanitized, counted or validated, and what was never sensitive', () => {
    const verdict = judge([
      column('token', [direct('email', 'token', steps('hmac_sha256!'))]),
      column('domain', [direct('email', 'domain', steps('lower', 'mask_email!'))]),
      column('people', [direct('email', 'people', steps('count'))]),
      column('year', [direct('birthdate', 'year', steps('truncate_date!'))]),
      column('country', [direct('country', 'country')]),
      column('salary', [direct('salary', 'salary')]),
      column('constant'),
    ]);
    expect(verdict).toEqual({
      findings: [],
      outcome: { rule: 'lineage', outcome: 'pass', summary: '7 columns, 0 block' },
    });
  });

  it('is not deceived by a name, an aggregate that keeps, or a sanitizer on another argument', () => {
    const pad = [{ name: 'mask_email', isLibraryMacro: true, argument: 1 }];
    const verdict = judge([
      column('a', [direct('email', 'a', steps('hmac_sha256'))]),
      column('b', [direct('email', 'b', steps('max'))]),
      column('c', [direct('email', 'c', steps('string_agg'))]),
      column('d', [direct('email', 'd', pad)]),
      column('e', [direct('salary', 'e'), direct('name', 'e', steps('||'))]),
      column('f', [direct('pin', 'f', steps('mask_email!'))]),
    ]);
    expect(verdict.findings.map((finding) => finding.column)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(verdict.outcome).toEqual({ rule: 'lineage', outcome: 'block', summary: '6 columns, 6 block' });
  });

  it('states one source column once, however many ways lead from it', () => {
    const ways = [
      direct('email', 'x', steps('lower')),
      direct('email', 'x', steps('upper')),
      direct('name', 'x'),
    ];
    expect(outcomes(judge([column('x', ways)]))).toEqual([
      'block x: x carries a direct identifier (EMAIL_ADDRESS) from users.email.',
      'block x: x carries a direct identifier (PERSON) from users.name.',
    ]);
  });
});

describe('what decides', () => {
  it('warns of a join on a raw identifier and blocks every other decision by one', () => {
    const verdict = judge(
      [column('salary', [direct('salary', 'salary')], [indirect('name', 'condition', steps('='))])],
      [
        indirect('email', 'join'),
        indirect('email', 'filter', steps('=')),
        indirect('email', 'group'),
        indirect('name', 'sort'),
      ],
    );
    expect(outcomes(verdict)).toEqual([
      'warn null: Rows are joined by users.email, a direct identifier (EMAIL_ADDRESS).',
      'block null: Rows are chosen by users.email, a direct identifier (EMAIL_ADDRESS).',
      'block null: Rows are grouped by users.email, a direct identifier (EMAIL_ADDRESS).',
      'block null: Rows are put in order by users.name, a direct identifier (PERSON).',
      'block salary: A value is chosen by users.name, a direct identifier (PERSON), for salary.',
    ]);
    expect(verdict.findings[0]?.path).toBe('users.email → safe → module');
    expect(verdict.findings[4]?.path).toBe('users.name → safe → module.salary');
  });

  it('lets presence, validity, counts and tokens decide', () => {
    const verdict = judge(
      [column('salary', [direct('salary', 'salary')])],
      [
        indirect('email', 'filter', steps('is null', 'not')),
        indirect('email', 'group', steps('hmac_sha256!')),
        indirect('email', 'filter', steps('count', '>')),
        indirect('country', 'filter', steps('=')),
        indirect('age', 'sort'),
      ],
    );
    expect(verdict.findings).toEqual([]);
  });

  it('blocks a join on a secret', () => {
    expect(judge([column('salary')], [indirect('pin', 'join')]).outcome.outcome).toBe('block');
  });

  it('warns only where nothing else is found', () => {
    const verdict = judge([column('salary', [direct('salary', 'salary')])], [indirect('email', 'join')]);
    expect(verdict.outcome).toEqual({ rule: 'lineage', outcome: 'warn', summary: '1 column, 0 block' });
  });
});

describe('what is not known', () => {
  it('blocks everything of a relation that could not be analysed', () => {
    const verdict = judgeLineage({
      columns: [
        { name: 'a', type: 'VARCHAR' },
        { name: 'b', type: 'VARCHAR' },
      ],
      lineage: {
        relation: 'safe',
        columns: [],
        indirect: [],
        unknown: { reason: 'a recursive query', relation: 'tree', position: 4 },
      },
      sources: SOURCES,
      registry,
    });
    expect(verdict).toMatchObject({
      findings: [
        {
          severity: 'block',
          column: null,
          message: 'Where the columns come from could not be analysed: a recursive query (in tree).',
        },
      ],
      outcome: { outcome: 'block', summary: '2 columns, 2 block' },
    });
  });

  it('blocks where analysis and engine disagree on number or name, by position', () => {
    const lineage = lineageOf([column('a'), column('b')]);
    const base = { lineage, sources: SOURCES, registry };
    const names = (...given: readonly string[]) => given.map((name) => ({ name, type: 'VARCHAR' }));
    expect(judgeLineage({ ...base, columns: names('a', 'b', 'c') }).outcome).toEqual({
      rule: 'lineage',
      outcome: 'block',
      summary: '3 columns, 3 block',
    });
    expect(
      judgeLineage({ ...base, columns: names('b', 'a') }).findings.map((finding) => finding.message),
    ).toEqual([
      'Column 1 is b in the engine and a in the analysis.',
      'Column 2 is a in the engine and b in the analysis.',
    ]);
    expect(judgeLineage({ ...base, columns: names('A', 'b') }).findings).toEqual([]);
  });

  it('blocks a source column of which nothing is known, as value and as decision', () => {
    const verdict = judge([column('x', [direct('new_column', 'x')])], [indirect('other', 'filter')]);
    expect(outcomes(verdict)).toEqual([
      'block x: x comes from users.new_column, of which it is not known how sensitive it is.',
      'block null: Rows are chosen by users.other, of which it is not known how sensitive it is.',
    ]);
  });

  it('follows the engine in not telling case apart', () => {
    const shouted = { ...direct('email', 'x'), from: { relation: 'USERS', column: 'EMail' } };
    expect(judge([column('x', [shouted])]).outcome.outcome).toBe('block');
  });
});
