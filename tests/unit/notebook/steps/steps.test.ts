// Every kind of step: its SQL runs in the shipping engine, gives the rows written down, and is understood by the lineage.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../../src/lib/base/result.ts';
import type { Engine } from '../../../../src/lib/engine/contract.ts';
import { checkStep } from '../../../../src/lib/notebook/steps/check-step.ts';
import {
  describeStep,
  STEP_DEFINITIONS,
  writeStepSql,
} from '../../../../src/lib/notebook/steps/step-kinds.ts';
import type { StepSpec } from '../../../../src/lib/notebook/steps/step-types.ts';
import { analyzeCells } from '../../../../src/lib/run/notebook-analysis.ts';
import { sensitivityAlong } from '../../../../src/lib/lineage/taint.ts';
import { openEngine, registry } from '../../gate/gate-under-test.ts';
import { RELATIONS, STEP_CASES } from './step-cases.ts';

let engine: Engine;
const parse = await createNodeParser();
const columnsOf = new Map<string, readonly string[]>();

beforeAll(async () => {
  engine = await openEngine();
  for (const [name, sql] of Object.entries(RELATIONS)) {
    const made = unwrap(await engine.run({ runId: name, sql, into: name }));
    columnsOf.set(
      name,
      made.columns.map((column) => column.name),
    );
  }
});
afterAll(() => engine.dispose());

async function traced(step: StepSpec) {
  const analysis = await analyzeCells({
    cells: [{ name: 'made', sql: writeStepSql(step), step }],
    sources: [...columnsOf].map(([name, columns]) => ({ name, columns })),
    sourceNames: [...columnsOf.keys()],
    parse: (sql) => Promise.resolve(parse(sql)),
    registry,
  });
  return analysis.cells.get('made');
}

describe('steps', () => {
  it('have a case for every kind', () => {
    const tried = new Set<string>(STEP_CASES.map((each) => each.step.kind));
    const elsewhere = ['hash', 'split', 'sample'];
    expect(STEP_DEFINITIONS.map(({ kind }) => kind).filter((kind) => !tried.has(kind))).toEqual(elsewhere);
  });

  for (const { says, step, columns, rows } of STEP_CASES) {
    it(`${step.kind}: ${says}`, async () => {
      expect(checkStep(step.kind, step.parameters)).toBeNull();
      const made = unwrap(await engine.run({ runId: 'made', sql: writeStepSql(step), into: 'made' }));
      expect(made.columns.map((column) => column.name).join(' ')).toBe(columns);
      const page = unwrap(await engine.page({ relation: 'made', offset: 0, limit: 100 }));
      expect(JSON.stringify(page.rows)).toBe(rows);
      const cell = await traced(step);
      expect(cell?.problem).toBeNull();
      expect(cell?.lineage?.unknown).toBeNull();
      expect(cell?.lineage?.columns.map((column) => column.name).join(' ')).toBe(columns);
      expect(describeStep(step)).toMatch(/^[A-Z]/);
    });
  }

  it('split by the key alone, so that rows of one person stay together, and the same again', async () => {
    const many = `SELECT i AS id, 'p' || (i % 500) AS who FROM range(5000) r(i)`;
    unwrap(await engine.run({ runId: 'many', sql: many, into: 'many' }));
    columnsOf.set('many', ['id', 'who']);
    const step: StepSpec = {
      kind: 'split',
      of: 'many',
      parameters: { key: 'who', parts: { train: 0.7, validation: 0.1, test: 0.2 }, token: true },
    };
    unwrap(await engine.run({ runId: 'made', sql: writeStepSql(step), into: 'made' }));
    const figures = unwrap(
      await engine.query({
        sql: `SELECT split, count(DISTINCT who) AS people FROM made GROUP BY split ORDER BY split`,
      }),
    ).rows;
    const people = Object.fromEntries(figures.map(([part, count]) => [String(part), Number(count)]));
    expect(Object.values(people).reduce((sum, count) => sum + count, 0)).toBe(500);
    expect(people['train']).toBeGreaterThan(310);
    expect(people['train']).toBeLessThan(390);
    expect((await traced(step))?.lineage?.unknown).toBeNull();
    const again = `SELECT count(*) FROM (${writeStepSql(step)}) a JOIN made b USING (id) WHERE a.split <> b.split`;
    expect(unwrap(await engine.query({ sql: again })).rows).toEqual([[0]]);
    const half: StepSpec = { kind: 'sample', of: 'many', parameters: { key: 'who', share: 0.5 } };
    const [row] = unwrap(
      await engine.query({
        sql: `SELECT count(DISTINCT who), count(*) / count(DISTINCT who) FROM (${writeStepSql(half)})`,
      }),
    ).rows;
    expect(Number(row?.[0])).toBeGreaterThan(200);
    expect(row?.[1]).toBe(10);
  });

  it('split and sample rows without a key like those of one key', async () => {
    const sql = `SELECT i AS id, CASE WHEN i % 2 = 0 THEN i END AS who, NULL::DATE AS born FROM range(100) r(i)`;
    unwrap(await engine.run({ runId: 'keyless', sql, into: 'keyless' }));
    const kept = async (parameters: StepSpec['parameters']) => {
      const split: StepSpec = { kind: 'split', of: 'keyless', parameters };
      const asked = `SELECT DISTINCT split FROM (${writeStepSql(split)}) WHERE who IS NULL`;
      return unwrap(await engine.query({ sql: asked })).rows.flat();
    };
    const parts = { one: 0.001, two: 0.998, three: 0.001 };
    expect(await kept({ key: 'who', parts })).toEqual(['two']);
    expect(await kept({ key: ['who', 'born'], parts })).toEqual(['two']);
    const most: StepSpec = { kind: 'sample', of: 'keyless', parameters: { key: 'who', share: 0.999 } };
    const counted = `SELECT count(*) FROM (${writeStepSql(most)}) WHERE who IS NULL`;
    expect(unwrap(await engine.query({ sql: counted })).rows).toEqual([[50]]);
  });

  it('refuse a second column of one name, which the engine would number', async () => {
    const of = 'people';
    const taken: readonly StepSpec[] = [
      { kind: 'encode-label', of: 'coded', parameters: { column: 'name' } },
      { kind: 'split', of, parameters: { key: 'email', parts: { a: 0.5, b: 0.5 }, into: 'Note' } },
      { kind: 'columns', of, parameters: { rename: { name: 'note' } } },
      { kind: 'join', of: 'flat', parameters: { with: 'far', on: { id: 'id' }, take: 'id' } },
    ];
    columnsOf.set('coded', ['name', 'name_code']);
    const problems = await Promise.all(taken.map(async (step) => (await traced(step))?.problem?.message));
    columnsOf.delete('coded');
    expect(problems).toEqual(
      ['name_code', 'Note', 'note', 'id'].map(
        (name) => `The step would make a second column called ${name}.`,
      ),
    );
  });

  it('that hide lower the level, that cleanse do not', async () => {
    const left = async (step: StepSpec, column: string) => {
      const cell = await traced(step);
      const found = cell?.lineage?.columns.find(({ name }) => name === column);
      return found?.direct.map((edge) => sensitivityAlong(edge.via, 'direct', registry));
    };
    const of = 'people';
    expect(await left({ kind: 'hash', of, parameters: { column: 'email' } }, 'email')).toEqual(['none']);
    expect(
      await left({ kind: 'mask', of, parameters: { column: 'name', macro: 'mask_name' } }, 'name'),
    ).toEqual(['quasi']);
    expect(await left({ kind: 'text', of, parameters: { column: 'name', case: 'title' } }, 'name')).toEqual([
      'direct',
    ]);
    expect(
      await left({ kind: 'impute-value', of, parameters: { column: 'name', value: 'x' } }, 'name'),
    ).toEqual(['direct']);
  });

  it('over tokens decide about rows without naming anybody', async () => {
    const indirect = async (token: boolean) => {
      const step: StepSpec = { kind: 'deduplicate', of: 'people', parameters: { keys: 'email', token } };
      const cell = await traced(step);
      return cell?.lineage?.indirect
        .filter(({ from }) => from.column === 'email')
        .map((edge) => sensitivityAlong(edge.via, 'direct', registry));
    };
    expect(await indirect(true)).toEqual(['none']);
    expect(await indirect(false)).toEqual(['direct']);
  });
});

describe('the parameters of a step', () => {
  const refused: readonly (readonly [StepSpec['kind'], Readonly<Record<string, unknown>>, string])[] = [
    ['impute-mean', {}, 'the step impute-mean needs “column”'],
    ['impute-mean', { column: 'a', colum: 'b' }, 'the step impute-mean has no setting “colum”'],
    ['impute-mean', { column: [] }, '“column” must be a name or a list of names'],
    ['outliers', { column: 'a', method: 'mad' }, '“method” must be one of iqr, zscore'],
    ['outliers', { column: 'a', threshold: -1 }, '“threshold” must be a number of at least 0'],
    ['sample', { key: 'a', share: 2 }, '“share” must be a number from 0 to 1'],
    ['split', { key: 'a', parts: { a: 0.5, b: 0.6 } }, '“parts” must be shares that add up to 1'],
    ['columns', {}, 'nothing is chosen'],
    ['columns', { cast: { a: 'INTEGER); DROP TABLE x' } }, '“cast” must be a type'],
    ['join', { with: 'b', on: {} }, '“on” must be pairs of names'],
    ['filter', { where: [{ column: 'a', is: 'like', value: 'x' }] }, '“where” must say one of'],
    ['filter', { where: [{ column: 'a', is: 'between', value: [1] }] }, '“where” needs two values'],
    ['filter', { where: [{ column: 'a', is: 'missing', value: 1 }] }, '“where” takes no value'],
    ['encode-one-hot', { column: 'a', values: [null] }, '“values” must be values'],
    ['encode-one-hot', { column: 'a', values: [2 ** 53] }, '“values” holds a whole number beyond'],
    ['impute-value', { column: 'a', value: -(2 ** 60) }, '“value” holds a whole number beyond'],
    ['filter', { where: [{ column: 'a', is: 'in', value: [1, 2 ** 53] }] }, '“where” holds a whole number'],
    ['parse', { column: 'a', format: '%d.%m.%Y' }, '“format” of numbers must be their decimal sign'],
    ['deduplicate', { keys: 'a', keep: 'most-complete' }, 'the step deduplicate needs “columns”'],
    ['columns', { rename: { a: 'b' }, cast: { a: 'DATE' } }, 'a is retyped and renamed at once'],
    ['join', { with: 'b', type: 'asof', on: { '2024': 'x', at: 'at' } }, 'the place of 2024 among the pairs'],
  ];
  it.each(refused)('of %s %j are refused', (kind, parameters, what) => {
    expect(checkStep(kind, parameters)?.what).toContain(what);
  });
});
