// Every kind of check over its data in the shipping engine, and what the cases leave open: names, rows, refusals.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { loadRegistry, openEngine } from '../../../src/headless/workbench.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import type { ParseSql } from '../../../src/lib/lineage/lineage-types.ts';
import { CHECK_FORMS, type CheckKind } from '../../../src/lib/notebook/check-kinds.ts';
import type { CheckSpec } from '../../../src/lib/notebook/notebook-types.ts';
import type { CheckResult } from '../../../src/lib/quality/check-types.ts';
import { evaluateChecks, findFailingRows } from '../../../src/lib/quality/evaluate.ts';
import { CHECK_CASES } from './check-cases.ts';

const registry = loadRegistry();
const kinds = Object.keys(CHECK_FORMS) as CheckKind[];
let engine: Engine;
let parser: ParseSql;

beforeAll(async () => {
  parser = await createNodeParser();
  engine = unwrap(await openEngine(registry, 1));
  await keep('parents', "SELECT * FROM (VALUES (1, 'x'), (2, 'y'), (NULL, 'z')) AS p(id, kind)");
});
afterAll(() => engine.dispose());

async function keep(name: string, sql: string): Promise<void> {
  unwrap(await engine.run({ runId: name, sql, into: name }));
}

const context = () => ({
  engine,
  relation: 't',
  parse: async (sql: string) => parser(sql),
  registry,
  now: () => new Date('2025-01-01T12:00:00Z'),
});

async function evaluate(...checks: readonly CheckSpec[]): Promise<readonly CheckResult[]> {
  return evaluateChecks({ ...context(), checks });
}

function sum(result: CheckResult): string {
  const { outcome, problem, failingRows, examinedRows, observed, isVacuous } = result;
  if (outcome === 'error') return `error ${problem}`;
  const found = failingRows === null ? String(observed) : `${failingRows}/${examinedRows}`;
  return `${outcome} ${found}${isVacuous ? ' vacuous' : ''}`;
}

describe.each(kinds)('%s', (kind) => {
  it.each(CHECK_CASES[kind].map((each) => [each[0], JSON.stringify(each[2]), each] as const))(
    '%s %s',
    async (_shows, _settings, [, rows, parameters, expected]) => {
      await keep('t', rows);
      const [result] = await evaluate({ kind, parameters });
      if (result === undefined) throw new Error('no result');
      if (expected === 'error') expect(result.outcome).toBe('error');
      else expect(sum(result)).toBe(expected);
    },
  );

  it('is shown in every way it can come out', () => {
    const shown = new Set(CHECK_CASES[kind].map(([shows]) => shows));
    const columnless = ['row_count_between', 'column_set'].includes(kind) ? ['bad-column'] : [];
    const valueless = kind === 'column_set' ? ['null', 'all-null'] : [];
    const wanted = ['pass', 'fail', 'warn', 'null', 'empty', 'all-null', 'bad-column', 'bad-setting'];
    expect(wanted.filter((each) => !shown.has(each as never))).toEqual([...valueless, ...columnless]);
  });
});

describe('results', () => {
  it('have unique names, and say how many rows are surplus', async () => {
    await keep('t', 'SELECT unnest([1, 1, 1, 2, 2, 3]) AS a');
    const unique = { kind: 'unique', parameters: { column: 'a' } } as const;
    const named = { kind: 'unique', parameters: { column: 'a', name: 'ids' } } as const;
    const results = await evaluate(unique, unique, named);
    expect(results.map(({ name }) => name)).toEqual(['unique(a)', 'unique(a) 2', 'ids']);
    expect(results[0]?.message).toBe('5 rows of 6 fail, 3 of them surplus (beyond the first of its group).');
  });

  it('name failing rows by their number in the relation, before where', async () => {
    await keep('t', 'SELECT unnest([5, -1, NULL, -2, 7]) AS a');
    const check = { kind: 'between', parameters: { column: 'a', min: 0, where: 'a <> -1' } } as const;
    expect(unwrap(await findFailingRows({ ...context(), check, limit: 10 }))).toEqual([4]);
    const keys = { kind: 'not_null', parameters: { column: 'a' } } as const;
    expect(unwrap(await findFailingRows({ ...context(), check: keys, limit: 10 }))).toEqual([3]);
    const rowless = { kind: 'mean_between', parameters: { column: 'a', min: 0 } } as const;
    const refused = await findFailingRows({ ...context(), check: rowless, limit: 10 });
    expect(refused.ok ? '' : refused.error.code).toBe('check-rowless');
  });

  it('are errors where the relation is not there', async () => {
    const check = { kind: 'not_null', parameters: { column: 'a', warn: 3 } } as const;
    const [result] = await evaluateChecks({ ...context(), relation: 'nowhere', checks: [check] });
    expect(result).toMatchObject({ outcome: 'error', severity: 'warn', problem: 'engine-relation-missing' });
  });

  it('stand hostile names of columns', async () => {
    const name = 'a"; DROP TABLE t; --';
    await keep('t', `SELECT 1 AS "${name.replace('"', '""')}", 2 AS rowid, 3 AS e, 4 AS v`);
    const results = await evaluate(
      { kind: 'not_null', parameters: { column: name } },
      { kind: 'unique', parameters: { column: 'rowid' } },
      { kind: 'between', parameters: { column: 'e', min: 3, max: 3 } },
      { kind: 'mean_between', parameters: { column: 'v', min: 4, max: 4 } },
      { kind: 'outlier_ratio', parameters: { column: 'v', max: 0 } },
    );
    expect(results.map(sum)).toEqual(['pass 0/1', 'pass 0/1', 'pass 0/1', 'pass 4', 'pass 0']);
  });

  it('tell which figures are of other relations', async () => {
    await keep('t', 'SELECT 1 AS a');
    const results = await evaluate(
      { kind: 'not_null', parameters: { column: 'a', where: 'a > 0' } },
      { kind: 'expression_true', parameters: { expression: 'a IN (SELECT id FROM parents)' } },
      { kind: 'custom_sql', parameters: { sql: 'SELECT 1 WHERE FALSE' } },
    );
    expect(results.map((each) => each.isOwnFigure)).toEqual([true, false, false]);
  });
});
