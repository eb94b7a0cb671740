// The Luhn checksum in TypeScript and in SQL, against each other and against known numbers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { luhnSql, luhnValid } from '../../../src/lib/sensitivity/luhn.ts';
import { openEngine } from './engine-under-test.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

describe('the Luhn checksum', () => {
  it('knows the published test numbers and their neighbours', () => {
    for (const number of ['4111111111111111', '378282246310005', '79927398713', '0', '18'])
      expect(luhnValid(number), number).toBe(true);
    for (const number of ['4111111111111112', '378282246310004', '79927398710', '1', '', ' 18', '1８', 'x'])
      expect(luhnValid(number), number).toBe(false);
  });

  it('is the same in SQL', async () => {
    const numbers = Array.from({ length: 500 }, (_, index) =>
      String(7919n ** BigInt(1 + (index % 5)) + BigInt(index)),
    );
    const values = numbers.map((number) => `('${number}')`).join(', ');
    const answer = await engine.query({ sql: `SELECT n, ${luhnSql('n')} FROM (VALUES ${values}) t(n)` });
    const inSql = unwrap(answer).rows.map(([number, isValid]) => [number, isValid]);
    expect(inSql).toEqual(numbers.map((number) => [number, luhnValid(number)]));
    expect(inSql.filter(([, isValid]) => isValid).length).toBeGreaterThan(20);
  });
});
