// Macros are text that the engine pastes: whatever a caller's columns are called, they must mean the caller's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../src/headless/engine.ts';
import { readMacroFiles } from '../../src/headless/macro-files.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { padsOfKey } from '../../src/lib/key/hmac-pads.ts';
import { buildRegistry } from '../../src/lib/macros/registry.ts';

const registry = unwrap(buildRegistry(readMacroFiles()));
const shown = registry.macros.filter((macro) => !macro.isPrivate);

/** A call whose first argument is free, and a value that fits it. */
const CALLS: Readonly<
  Record<string, { readonly value: string; readonly call: (argument: string) => string }>
> = {
  mask_phone: { value: "'212-555-0134'", call: (v) => `mask_phone(${v})` },
  mask_card: { value: "'4111111111111234'", call: (v) => `mask_card(${v})` },
  mask_email: { value: "'ada@example.com'", call: (v) => `mask_email(${v})` },
  redact: { value: "'Ada'", call: (v) => `redact(${v})` },
  hmac_sha256: { value: "'Ada'", call: (v) => `hmac_sha256(${v})` },
  truncate_date: { value: "DATE '1971-03-08'", call: (v) => `truncate_date(${v}, 'year')` },
  bucket_number: { value: '23.5::DOUBLE', call: (v) => `bucket_number(${v}, 10)` },
  impute_mean: { value: '10', call: (v) => `impute_mean(${v})` },
};

/** Every name that stands in a macro: parameters, columns, aliases, tables. */
const NAMES = [
  'v',
  'part',
  'width',
  'message',
  'e',
  'q',
  'type_name',
  'inner',
  'outer',
  'pads',
  '_sl_pads',
  'sluice',
];

const engine = createNodeEngine();
const ask = async (sql: string) => unwrap(await engine.query({ sql })).rows;

beforeAll(async () => {
  unwrap(await engine.open({ macroScripts: registry.macros.map((macro) => macro.script), threads: 1 }));
  unwrap(await engine.setHmacPads(await padsOfKey(new Uint8Array(32).fill(1))));
});
afterAll(() => engine.dispose());

describe('a macro', () => {
  it('is covered here whenever it is public', () => {
    expect(Object.keys(CALLS).sort()).toEqual(shown.map((macro) => macro.name).sort());
  });

  for (const [name, { value, call }] of Object.entries(CALLS)) {
    it(`${name}: takes columns called like anything it uses itself`, async () => {
      const [direct] = await ask(`SELECT ${call(value)}`);
      const columns = NAMES.map((column) => `${value} AS "${column}"`).join(', ');
      for (const prefix of ['', 't.']) {
        const calls = NAMES.map((column) => call(`${prefix}"${column}"`)).join(', ');
        expect(await ask(`SELECT ${calls} FROM (SELECT ${columns}) AS t`)).toEqual([
          NAMES.map(() => direct?.[0]),
        ]);
      }
    });

    it(`${name}: takes a column beside others with every name it uses itself`, async () => {
      const others = NAMES.map((column) => `'other' AS "${column}"`);
      const sql = `SELECT ${call('mine')} FROM (SELECT ${value} AS mine, ${others.join(', ')})`;
      expect(await ask(sql)).toEqual(await ask(`SELECT ${call(value)}`));
    });

    it(`${name}: takes an expression and a subquery`, async () => {
      const direct = await ask(`SELECT ${call(value)}`);
      expect(await ask(`SELECT ${call(`coalesce(NULL, ${value})`)}`)).toEqual(direct);
      expect(await ask(`SELECT ${call(`CASE WHEN 1 < 2 THEN ${value} END`)}`)).toEqual(direct);
      expect(await ask(`SELECT ${call(`(SELECT ${value})`)}`)).toEqual(direct);
    });

    it(`${name}: does not change under a table, a CTE or a schema-like alias with a name it uses`, async () => {
      const direct = await ask(`SELECT ${call(value)}`);
      const cte = `WITH pads AS (SELECT 'x'::BLOB AS "inner", 'x'::BLOB AS "outer"), _sl_pads AS (SELECT 1 AS one)`;
      expect(await ask(`${cte} SELECT ${call(value)} FROM pads, _sl_pads`)).toEqual(direct);
      expect(await ask(`SELECT ${call('sluice.v')} FROM (SELECT ${value} AS v) AS sluice`)).toEqual(direct);
    });

    it(`${name}: is the same with its schema and without`, async () => {
      expect(await ask(`SELECT sluice.${call(value)}`)).toEqual(await ask(`SELECT ${call(value)}`));
    });
  }

  it('leaves rows, order and type alone over many rows with gaps', async () => {
    const source = `(SELECT i, CASE WHEN i % 3 > 0 THEN '555-01' || printf('%05d', i) END AS p FROM range(10000) AS t(i))`;
    const sql = `SELECT count(*), count(m), count(*) FILTER (m = '***-***-' || right(p, 4)), any_value(typeof(m))
      FROM (SELECT p, mask_phone(p) AS m FROM ${source})`;
    expect(await ask(sql)).toEqual([[10000, 6666, 6666, 'VARCHAR']]);
  });
});
