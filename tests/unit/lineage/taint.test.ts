import { describe, expect, it } from 'vitest';
import { readMacroFiles } from '../../../src/headless/macro-files.ts';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Sensitivity } from '../../../src/lib/base/sensitivity-level.ts';
import { analyzeStatement } from '../../../src/lib/lineage/analyze-statement.ts';
import type { ColumnRef } from '../../../src/lib/lineage/lineage-types.ts';
import { columnSensitivity, sensitiveDecisions } from '../../../src/lib/lineage/taint.ts';
import type { MacroDefinition, MacroRegistry } from '../../../src/lib/macros/macro-types.ts';
import { buildRegistry } from '../../../src/lib/macros/registry.ts';
import { describeEdge } from './example-relations.ts';

const parse = await createNodeParser();
const shipped = unwrap(buildRegistry(readMacroFiles()));

function made(name: string, sanitizer: MacroDefinition['sanitizer']): MacroDefinition {
  const any = shipped.find('mask_email');
  if (!any) throw new Error('the library has no mask_email');
  return { ...any, name, sanitizer };
}

const EXTRA: readonly MacroDefinition[] = [
  made('is_email', null),
  made('text_lower', null),
  made('mask_password', { residual: 'direct', shows: 'the end', showsCharacters: 3, produces: null }),
  made('mask_partial', { residual: 'quasi', shows: 'a part', showsCharacters: 4, produces: null }),
];

/** The shipped library and four macros that later versions bring. */
const REGISTRY: MacroRegistry = {
  macros: shipped.macros,
  find: (name) => shipped.find(name) ?? EXTRA.find((macro) => macro.name === name.toLowerCase()),
};

const LEVELS: Readonly<Record<string, Sensitivity>> = {
  email: 'direct',
  password: 'secret',
  age: 'quasi',
  plain: 'none',
};
const levelOf = ({ column }: ColumnRef): Sensitivity => LEVELS[column] ?? 'none';

function analyze(sql: string) {
  return analyzeStatement({
    tree: unwrap(parse(sql)),
    relation: 'cell',
    inputs: (name) => (name === 'people' ? { name, columns: Object.keys(LEVELS) } : null),
    isLibraryMacro: (name) => REGISTRY.find(name) !== undefined,
  });
}

function levelsOf(expressions: readonly string[]): Readonly<Record<string, Sensitivity>> {
  return Object.fromEntries(
    expressions.map((expression) => {
      const [column] = analyze(`SELECT ${expression} AS x FROM people`).columns;
      if (!column) throw new Error(`${expression} is unknown`);
      return [expression, columnSensitivity(column, levelOf, REGISTRY)];
    }),
  );
}

const expectLevels = (levels: Readonly<Record<string, Sensitivity>>) =>
  expect(levelsOf(Object.keys(levels))).toEqual(levels);

describe('sensitivity along an expression', () => {
  it('keeps the most sensitive argument', () => {
    expectLevels({
      email: 'direct',
      password: 'secret',
      'upper(email)': 'direct',
      'email || password': 'secret',
      'plain || age': 'quasi',
      "CASE WHEN plain = '1' THEN email ELSE plain END": 'direct',
      'text_lower(email)': 'direct',
      "email = 'x'": 'direct',
      '1': 'none',
    });
  });

  it('leaves the residual of a sanitizer', () => {
    expectLevels({
      'mask_email(email)': 'quasi',
      'hmac_sha256(email)': 'none',
      'redact(email)': 'none',
      'sluice.hmac_sha256(email)': 'none',
      'upper(mask_email(lower(email)))': 'quasi',
      'bucket_number(age, 10)': 'quasi',
      'mask_email(plain)': 'none',
      'hmac_sha256(email) || mask_email(email)': 'quasi',
      'mask_email(email) || email': 'direct',
    });
  });

  it('never lets a password out behind a mask', () => {
    expectLevels({
      'mask_email(password)': 'direct',
      'mask_password(password)': 'direct',
      'mask_partial(password, 1, 1)': 'direct',
      'hmac_sha256(password)': 'none',
      'redact(password)': 'none',
      'mask_email(mask_password(password))': 'direct',
      'hmac_sha256(mask_password(password))': 'none',
    });
  });

  it('trusts a sanitizer for its first argument only, and only as the library’s own', () => {
    expectLevels({
      'mask_partial(plain, 1, 1, email)': 'direct',
      'bucket_number(1, email)': 'direct',
      'mask_partial(pad := email, v := plain)': 'direct',
      '"hmac_sha256"(email)': 'direct',
      'email.hmac_sha256()': 'direct',
    });
  });

  it('leaves nothing of validators and counts, quasi at most of sums and means', () => {
    expectLevels({
      'is_email(email)': 'none',
      'count(email)': 'none',
      'count(DISTINCT password)': 'none',
      'sum(email)': 'quasi',
      'avg(password)': 'quasi',
      'stddev_pop(age)': 'quasi',
      'corr(email, plain)': 'quasi',
      'regr_slope(email, plain)': 'quasi',
      'entropy(email)': 'quasi',
      'avg(plain)': 'none',
    });
  });

  it('keeps what a count tells of values that were chosen before', () => {
    expectLevels({
      "count(nullif(email, 'x'))": 'direct',
      "count(DISTINCT nullif(email, 'x'))": 'direct',
      "count(nullif(password, 'x')) OVER ()": 'secret',
      "approx_count_distinct(nullif(email, 'x'))": 'direct',
      "count(coalesce(email, 'x'))": 'direct',
      "count(email = 'x' OR NULL)": 'direct',
      "count(email LIKE 'x%')": 'direct',
      'count(CASE WHEN plain THEN email END)': 'direct',
      "count(upper(nullif(lower(email), 'x')))": 'direct',
      "count_if(email = 'x')": 'direct',
      'count(try_cast(email AS DATE))': 'direct',
      "count(hmac_sha256(nullif(email, 'x')))": 'none',
      'count(mask_email(email))': 'none',
      'count(DISTINCT lower(trim(email)))': 'none',
      'count(CAST(email AS VARCHAR))': 'none',
      'count(email::VARCHAR)': 'none',
      'count(DISTINCT (email, age))': 'none',
      'count(DISTINCT text_lower(email))': 'none',
      "count(nullif(age, 'x'))": 'none',
      'sum(count(email))': 'none',
    });
  });

  it('keeps what picks or lists values', () => {
    expectLevels({
      'min(email)': 'direct',
      'max(email)': 'direct',
      'any_value(email)': 'direct',
      'first(email ORDER BY age)': 'direct',
      'mode(email)': 'direct',
      'median(email)': 'direct',
      'quantile_cont(email, 0.5)': 'direct',
      "string_agg(email, ',')": 'direct',
      'list(email)': 'direct',
      'arg_max(email, age)': 'direct',
      'sum(email) OVER (ORDER BY age)': 'direct',
      'count(email) OVER (ORDER BY age)': 'none',
    });
  });
});

describe('decisions by sensitive columns', () => {
  it('finds filters, sorts and conditions on direct and secret columns, not on sanitized ones', () => {
    const lineage = analyze(
      `SELECT plain, CASE WHEN email = 'x' THEN 1 END AS flag, rank() OVER (ORDER BY age) AS r
       FROM people WHERE hmac_sha256(email) = 'y' AND password <> '' ORDER BY age`,
    );
    const found = sensitiveDecisions(lineage, levelOf, REGISTRY).map(
      ({ edge, sensitivity, column }) => `${sensitivity} ${column ?? 'rows'} ${describeEdge(edge)}`,
    );
    expect(found).toEqual([
      'secret rows people.password filter: <>, and@1',
      'direct flag people.email condition: =',
    ]);
  });
});
