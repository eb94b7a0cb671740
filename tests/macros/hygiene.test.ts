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
  impute_median: { value: '10', call: (v) => `impute_median(${v})` },
  impute_mode: { value: "'a'", call: (v) => `impute_mode(${v})` },
  impute_group_mean: { value: '10', call: (v) => `impute_group_mean(${v}, 1)` },
  impute_forward: { value: '10', call: (v) => `impute_forward(${v}, 1)` },
  outlier_zscore: { value: '10', call: (v) => `outlier_zscore(${v}, 3)` },
  outlier_iqr: { value: '10', call: (v) => `outlier_iqr(${v}, 1.5)` },
  clip_iqr: { value: '10', call: (v) => `clip_iqr(${v}, 1.5)` },
  winsorize: { value: '10', call: (v) => `winsorize(${v}, 0.05, 0.95)` },
  scale_minmax: { value: '10', call: (v) => `scale_minmax(${v})` },
  scale_standard: { value: '10', call: (v) => `scale_standard(${v})` },
  scale_robust: { value: '10', call: (v) => `scale_robust(${v})` },
  normalize_email: { value: "' Ada@x.com '", call: (v) => `normalize_email(${v})` },
  mask_partial: { value: "'ABCDEFGH'", call: (v) => `mask_partial(${v}, 2, 1)` },
  mask_digits: { value: "'a 12'", call: (v) => `mask_digits(${v})` },
  mask_password: { value: "'correct-horse'", call: (v) => `mask_password(${v})` },
  generalize_geo: { value: '50.45', call: (v) => `generalize_geo(${v}, 30.5, 1)` },
  null_if_nan: { value: '10.5::DOUBLE', call: (v) => `null_if_nan(${v})` },
  null_if_not_finite: { value: '10.5::DOUBLE', call: (v) => `null_if_not_finite(${v})` },
  impute_value: { value: 'NULL::INTEGER', call: (v) => `impute_value(${v}, 7)` },
  rescale: { value: '30', call: (v) => `rescale(${v}, 20, 5)` },
  scale_log: { value: '3', call: (v) => `scale_log(${v})` },
  text_lower: { value: "'Ada'", call: (v) => `text_lower(${v})` },
  text_upper: { value: "'Ada'", call: (v) => `text_upper(${v})` },
  text_title: { value: "'ada LOVE'", call: (v) => `text_title(${v})` },
  text_sentence: { value: "'ADA love'", call: (v) => `text_sentence(${v})` },
  text_trim: { value: "' a  b '", call: (v) => `text_trim(${v})` },
  text_unaccent: { value: "'é'", call: (v) => `text_unaccent(${v})` },
  null_if_blank: { value: "' a '", call: (v) => `null_if_blank(${v})` },
  parse_number: { value: "'$1,234.5'", call: (v) => `parse_number(${v})` },
  parse_number_with: { value: "'1.234,5'", call: (v) => `parse_number_with(${v}, ',')` },
  parse_date: { value: "'31/12/2020'", call: (v) => `parse_date(${v})` },
  parse_boolean: { value: "'yes'", call: (v) => `parse_boolean(${v})` },
  encode_label: { value: "'b'", call: (v) => `encode_label(${v})` },
  encode_frequency: { value: "'b'", call: (v) => `encode_frequency(${v})` },
  hash_share: { value: "'a'", call: (v) => `hash_share(${v}, 1)` },
  mask_name: { value: "'Ada Love'", call: (v) => `mask_name(${v})` },
  mask_ip: { value: "'192.0.2.17'", call: (v) => `mask_ip(${v})` },
  mask_url: { value: "'https://example.com/a'", call: (v) => `mask_url(${v})` },
  mask_iban: { value: "'DE89370400440532013000'", call: (v) => `mask_iban(${v})` },
  mask_ssn: { value: "'123-45-6789'", call: (v) => `mask_ssn(${v})` },
  bucket_age: { value: '47', call: (v) => `bucket_age(${v})` },
  round_to: { value: '1234', call: (v) => `round_to(${v}, 100)` },
  top_code: { value: '250', call: (v) => `top_code(${v}, 100)` },
  bottom_code: { value: '3', call: (v) => `bottom_code(${v}, 10)` },
  generalize_zip3: { value: "'94110'", call: (v) => `generalize_zip3(${v})` },
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
  '_sl_w',
  'x',
  'center',
  'seed',
  'step',
  'bound',
  'sluice',
  'g',
  'ord',
  'k',
  'q1',
  'q3',
  'd',
  'p',
  'lo',
  'hi',
  'threshold',
  'macro_name',
  'keep_first',
  'keep_last',
  'pad',
  'lat',
  'lon',
  'decimals',
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
