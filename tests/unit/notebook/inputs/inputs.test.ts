// Inputs as data: where SQL reads them, how edits change them, what a command line can say.
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../../src/lib/base/result.ts';
import { completeNotebook } from '../../../../src/lib/notebook/complete.ts';
import { applyEdit } from '../../../../src/lib/notebook/edit.ts';
import { bindCheck, bindSql, writtenOffset } from '../../../../src/lib/notebook/inputs/bind-inputs.ts';
import type { InputSpecs } from '../../../../src/lib/notebook/inputs/input-types.ts';
import { readParam } from '../../../../src/lib/notebook/inputs/read-param.ts';
import type { CellId, Notebook } from '../../../../src/lib/notebook/notebook-types.ts';
import { parseNotebook } from '../../../../src/lib/notebook/text-parse.ts';

const INPUTS: InputSpecs = {
  since: { type: 'date', value: '2016-01-01' },
  pay: { type: 'range', value: { min: 1, max: null } },
  who: { type: 'text', value: "O'Brien" },
};

describe('the places of inputs', () => {
  it('are words of the code alone, in any case, and the rest stays as written', () => {
    const sql = `SELECT '$since', "$who", $$ $who $$, a$who -- $who\n, $WHO /* $who */ FROM t WHERE p > $pay_min AND p < $pay`;
    const bound = bindSql(sql, INPUTS);
    expect(bound.sql).toBe(
      `SELECT '$since', "$who", $$ $who $$, a$who -- $who\n, 'O''Brien' /* $who */ FROM t WHERE p > CAST('1' AS BIGINT) AND p < $pay`,
    );
    expect(bound.unknown.map(({ name }) => name)).toEqual(['pay']);
  });

  it('lead back from the bound statement', () => {
    const sql = 'SELECT $who, x FROM t WHERE d > $since AND y';
    const bound = bindSql(sql, INPUTS);
    const back = (part: string) => sql.slice(writtenOffset(bound, bound.sql.indexOf(part))).slice(0, 6);
    expect(['SELECT', 'O', ', x', '2016', 'AND y'].map(back)).toEqual([
      'SELECT',
      '$who, ',
      ', x FR',
      '$since',
      'AND y',
    ]);
  });

  it('are bound in the SQL of checks and nowhere else', () => {
    const check = {
      kind: 'expression_true',
      parameters: { expression: 'd > $since', name: '$since' },
    } as const;
    expect(bindCheck(check, INPUTS).parameters).toEqual({
      expression: "d > CAST('2016-01-01' AS DATE)",
      name: '$since',
    });
  });
});

const TEXT = `---
title: T
timezone: UTC
inputs:
  since: { type: date, value: 2016-01-01 }
  pay: { type: range, value: [1, 5] }
  cc: { type: select, options: { of: a, column: c } }
---
\`\`\`sql name=a
SELECT '$pay_min', $pay_min, $PAY_max, $since
\`\`\`

\`\`\`check of=a
- custom_sql: { sql: SELECT 1 WHERE 1 > $pay_max }
\`\`\`
`;

function open(): Notebook {
  let next = 0;
  return completeNotebook(unwrap(parseNotebook(TEXT)), () => `${next++}`);
}

describe('edits of inputs', () => {
  it('rename every use, both ends of a range', () => {
    const { cells, inputs } = unwrap(
      applyEdit(open(), { kind: 'rename-input', name: 'pay', newName: 'wage' }),
    );
    expect(Object.keys(inputs ?? {})).toEqual(['since', 'wage', 'cc']);
    expect(cells).toMatchObject([
      { sql: "SELECT '$pay_min', $wage_min, $wage_max, $since" },
      { checks: [{ parameters: { sql: 'SELECT 1 WHERE 1 > $wage_max' } }] },
    ]);
  });

  it('are refused where a name would mean two, or a value is none of its type', () => {
    const change = (name: string, value: string) =>
      applyEdit(open(), { kind: 'change-input', name, input: { type: 'date', value } });
    expect([
      change('pay_min', '2016-01-01'),
      change('day', '2016-13-01'),
      change('select', '2016-01-01'),
    ]).toMatchObject([
      { ok: false, error: { message: '“$pay_min” would mean two inputs: choose another name.' } },
      { ok: false, error: { message: '“2016-13-01” is not a date: write it as 2016-01-31.' } },
      { ok: false },
    ]);
  });

  it('follow a relation whose column they choose from, and go away whole', () => {
    const id = open().cells[0]?.id ?? ('' as CellId);
    const renamed = unwrap(applyEdit(open(), { kind: 'rename-cell', id, name: 'b', rewritten: new Map() }));
    expect(renamed.inputs?.['cc']).toEqual({
      type: 'select',
      value: null,
      options: { of: 'b', column: 'c' },
    });
    const bare = ['since', 'pay', 'cc'].reduce(
      (notebook, name) => unwrap(applyEdit(notebook, { kind: 'change-input', name, input: null })),
      open(),
    );
    expect('inputs' in bare).toBe(false);
  });
});

describe('a value from a command line', () => {
  it.each([
    [{ type: 'text', value: null }, 'a=b', 'a=b'],
    [{ type: 'number', value: 1 }, '-2.5', -2.5],
    [{ type: 'number', value: 1 }, '', null],
    [{ type: 'date', value: null }, '2016-02-29', '2016-02-29'],
    [{ type: 'range', value: { min: 1, max: 2 } }, '..7', { min: null, max: 7 }],
    [{ type: 'select', value: 1, options: [1, 2] }, '2', 2],
    [{ type: 'multi-select', value: [], options: ['a', 'b'] }, 'a, b', ['a', 'b']],
    [{ type: 'multi-select', value: [], options: ['a,b'] }, '["a,b"]', ['a,b']],
    [{ type: 'select', value: null, options: { of: 't', column: 'c' } }, 'new', 'new'],
    [{ type: 'multi-select', value: ['a'], options: ['a'] }, '', []],
  ] as const)('%j reads %j', (spec, text, value) => {
    expect(readParam('x', spec, text)).toEqual({ ok: true, value: { ...spec, value } });
  });

  it.each([
    [{ type: 'number', value: 1 }, '1; DROP TABLE users'],
    [{ type: 'number', value: 1 }, '9007199254740993'],
    [{ type: 'date', value: null }, '2016-02-30'],
    [{ type: 'range', value: { min: 1, max: 2 } }, '7..1'],
    [{ type: 'range', value: { min: 1, max: 2 } }, '7'],
    [{ type: 'multi-select', value: [], options: ['a'] }, '["a'],
    [{ type: 'select', value: 'a', options: ['a', 'b'] }, 'A'],
    [{ type: 'multi-select', value: [], options: [1, 2] }, '2,3'],
  ] as const)('%j refuses %j', (spec, text) => {
    expect(readParam('x', spec, text)).toMatchObject({ ok: false, error: { code: 'input-param' } });
  });
});
