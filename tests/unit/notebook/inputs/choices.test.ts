// Values of a column as choices, against the engine: whatever its type, what is chosen finds its own rows and no other.
import { beforeAll, afterAll, expect, it } from 'vitest';
import { unwrap } from '../../../../src/lib/base/result.ts';
import { bindSql } from '../../../../src/lib/notebook/inputs/bind-inputs.ts';
import { choiceFrom, choiceTypeOf } from '../../../../src/lib/notebook/inputs/choice-type.ts';
import { choicesSql } from '../../../../src/lib/notebook/inputs/choices-sql.ts';
import type { InputChoice, InputSpecs } from '../../../../src/lib/notebook/inputs/input-types.ts';
import { parseNotebook } from '../../../../src/lib/notebook/text-parse.ts';
import type { Engine } from '../../../../src/lib/engine/contract.ts';
import { makeTable, openEngine } from '../../profile/engine-under-test.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

const VALUES: readonly (readonly [type: string, values: readonly string[]])[] = [
  ['FLOAT', ['0.1', '16777217', '-0.3', 'Infinity', 'NaN']],
  ['DOUBLE', ['0.1', '1e-7', '1e20', 'Infinity', '-Infinity', 'NaN']],
  ['DECIMAL(9,2)', ['0.10', '12.50']],
  ['BIGINT', ['9007199254740993', '9007199254740992', '7']],
  ['HUGEINT', ['170141183460469231731687303715884105727', '1']],
  ['VARCHAR', ['007', '7', "O'Brien", '']],
  ["ENUM('a', 'b''c')", ['a', "b'c"]],
  ['BOOLEAN', ['true', 'false']],
  ['DATE', ['2016-01-31', '0044-03-15 (BC)', 'infinity']],
  ['TIME', ['10:00:00.5']],
  ['TIMESTAMP', ['2016-01-31 10:00:00', '2016-01-31 10:00:00.000001']],
  ['TIMESTAMP_NS', ['2016-01-31 10:00:00.000000001']],
  ['TIMESTAMP WITH TIME ZONE', ['2016-01-31 10:00:00+00', '2016-01-31 10:00:00.25+00']],
  ['UUID', ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
];

async function countOf(condition: string, input: InputSpecs[string]): Promise<number> {
  const bound = bindSql(`SELECT count(*)::INTEGER FROM made WHERE ${condition}`, { x: input });
  return Number(unwrap(await engine.query({ sql: bound.sql })).rows[0]?.[0]);
}

it.each(VALUES)('%s', async (type, values) => {
  const rows = values.map((value) => `(CAST('${value.replaceAll("'", "''")}' AS ${type}))`).join(', ');
  await makeTable(engine, `SELECT * FROM (VALUES ${rows}) AS v(c)`);
  const asked = unwrap(await engine.query({ sql: choicesSql({ of: 'made', column: 'c' }, 100) }));
  const options = { of: 'made', column: 'c', type: choiceTypeOf(type) ?? 'none' };
  const choices = asked.rows.map(([value]): InputChoice => choiceFrom(value));
  expect(choices).toHaveLength(values.length);
  for (const value of choices) expect(await countOf('c = $x', { type: 'select', value, options })).toBe(1);
  expect(await countOf('c IN $x', { type: 'multi-select', value: choices, options })).toBe(values.length);
  expect(await countOf('c IN $x', { type: 'multi-select', value: choices.slice(0, 1), options })).toBe(1);
  expect(await countOf('c IN $x', { type: 'multi-select', value: [], options })).toBe(0);
  expect(await countOf('c = $x', { type: 'select', value: null, options })).toBe(0);
});

it('refuses types whose values have no text to be chosen by, and SQL in place of a type', () => {
  for (const type of ['BLOB', 'BIT', 'INTEGER[]', 'STRUCT(a INTEGER)', "ENUM('a')[]", 'INTEGER) OR (1=1'])
    expect(choiceTypeOf(type)).toBeNull();
  const text = (type: string) =>
    `---\ninputs:\n  x: { type: select, value: 1, options: { of: t, column: c, type: "${type}" } }\n---\n`;
  expect(parseNotebook(text('INTEGER) OR (1=1'))).toMatchObject({
    ok: false,
    error: { message: 'Line 3: Values of a column of type “INTEGER) OR (1=1” cannot be chosen.' },
  });
  expect(parseNotebook(text('FLOAT')).ok).toBe(true);
});
