// The whole gate over users.csv: real lineage, real engine, real bytes; and that nothing else can make a `Passed`.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { canonicalJson } from '../../../src/lib/base/canonical-json.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import { sha256Hex } from '../../../src/lib/base/sha256.ts';
import type { ColumnType, Engine } from '../../../src/lib/engine/contract.ts';
import { evaluateGate } from '../../../src/lib/gate/evaluate.ts';
import type { GateFile, GateInput, SourceLevel } from '../../../src/lib/gate/gate-input.ts';
import type { Blocked, Passed } from '../../../src/lib/gate/gate-types.ts';
import { suggestMend } from '../../../src/lib/gate/mend.ts';
import { analyzeNotebook } from '../../../src/lib/lineage/analyze-notebook.ts';
import type { ParseSql } from '../../../src/lib/lineage/lineage-types.ts';
import type { Policy } from '../../../src/lib/notebook/notebook-types.ts';
import { detectColumns } from '../../../src/lib/sensitivity/detect-columns.ts';
import { openEngine, registry } from './gate-under-test.ts';

let engine: Engine;
let parse: ParseSql;
let columns: readonly ColumnType[];
let sources: readonly SourceLevel[];

beforeAll(async () => {
  parse = await createNodeParser();
  engine = await openEngine();
  const path = new URL('../../data/users.csv', import.meta.url).pathname;
  const request = {
    importId: 'users',
    table: 'users',
    handle: { path },
    options: { format: 'csv' },
  } as const;
  columns = unwrap(await engine.importFile(request)).columns;
  const findings = unwrap(await detectColumns({ engine, relation: 'users', columns }));
  sources = findings.map(({ name, sensitivity, entity }) => ({
    relation: 'users',
    column: name,
    sensitivity,
    entity,
  }));
});
afterAll(() => engine.dispose());

/** Runs cells in order and puts the last of them before the gate. */
async function inputFor(
  cells: Readonly<Record<string, string>>,
  policy: Policy = { k: 5, quasi: [] },
): Promise<GateInput> {
  const named = Object.entries(cells).map(([name, sql]) => ({ name, sql, tree: unwrap(parse(sql)) }));
  const lineages = analyzeNotebook({
    cells: named,
    sources: [{ name: 'users', columns: columns.map((column) => column.name) }],
    isLibraryMacro: (name) => registry.find(name) !== undefined,
  });
  let last = { name: '', columns: [] as readonly ColumnType[], rowCount: 0 };
  for (const { name, sql } of named)
    last = { name, ...unwrap(await engine.run({ runId: name, sql, into: name })) };
  const files: GateFile[] = [];
  for (const format of ['parquet', 'csv'] as const) {
    const { bytes } = unwrap(await engine.export({ relation: last.name, format, order: [] }));
    files.push({ path: `data/users.${format}`, format, sha256: await sha256Hex(bytes), bytes });
  }
  const lineage = lineages.get(last.name);
  if (!lineage) throw new Error(`no lineage of ${last.name}`);
  return {
    columns: last.columns,
    rowCount: last.rowCount,
    lineage,
    sources,
    registry,
    policy,
    checks: [],
    metadata: { names: [], removed: [], isPartial: false },
    origins: [],
    goesTo: 'elsewhere',
    files,
    engine,
  };
}

const judge = async (input: GateInput) => unwrap(await evaluateGate(input));

const SAFE = `SELECT hmac_sha256(email) AS user_token, truncate_date(birthdate, 'decade') AS birth_decade, salary
  FROM users WHERE email IS NOT NULL AND birthdate IS NOT NULL`;

describe('the raw table', () => {
  it('is refused with a reason, a path and a mend for each column', async () => {
    const verdict = await judge(await inputFor({ raw: 'SELECT * FROM users' }));
    expect(verdict.verdict).toBe('blocked');
    expect(verdict.rules[0]).toEqual({ rule: 'lineage', outcome: 'block', summary: '13 columns, 6 block' });
    const lineage = verdict.findings.filter(({ rule }) => rule === 'lineage');
    expect(lineage.map(({ path, mend }) => `${path}: ${mend.expression}`)).toEqual([
      'users.first_name → raw.first_name → module.first_name: redact(first_name)',
      'users.last_name → raw.last_name → module.last_name: redact(last_name)',
      'users.email → raw.email → module.email: mask_email(email)',
      'users.ip_address → raw.ip_address → module.ip_address: hmac_sha256(ip_address)',
      'users.cc → raw.cc → module.cc: mask_card(cc)',
      "users.birthdate → raw.birthdate → module.birthdate: truncate_date(birthdate, 'year')",
    ]);
    const content = verdict.findings.filter(({ rule }) => rule === 'content');
    expect(new Set(content.map(({ column }) => column))).toEqual(
      new Set(['first_name', 'last_name', 'email', 'ip_address', 'cc', 'birthdate']),
    );
    expect(
      verdict.findings.filter(({ rule }) => rule === 'risk').map(({ mend }) => mend.declareQuasi),
    ).toEqual(['gender', 'country', 'title']);
    expect(canonicalJson(verdict)).not.toMatch(/ajordan0|6759521864920116|Amanda/);
  });
});

describe('a protected table', () => {
  it('passes and vouches for exactly the bytes it was given', async () => {
    const input = await inputFor(
      { clean: 'SELECT * FROM users', safe: SAFE.replace('FROM users', 'FROM clean') },
      { k: 5, quasi: ['birth_decade'] },
    );
    const verdict = await judge(input);
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({
      verdict: 'passed',
      rules: [
        { rule: 'lineage', outcome: 'pass', summary: '3 columns, 0 block' },
        { rule: 'content', outcome: 'pass' },
        { rule: 'correlated', outcome: 'pass' },
        { rule: 'risk', outcome: 'pass' },
        { rule: 'metadata', outcome: 'pass' },
      ],
      files: input.files.map(({ path, sha256 }) => ({ path, sha256 })),
    });
    expect(verdict.risk?.k).toBeGreaterThanOrEqual(5);
    expect(JSON.parse(canonicalJson(verdict))).toEqual(verdict);
    expect(Object.isFrozen(verdict)).toBe(true);
  });

  it('is blocked as soon as one thing is not in order', async () => {
    const safe = await inputFor({ safe: SAFE }, { k: 5, quasi: ['birth_decade'] });
    expect((await judge(safe)).verdict).toBe('passed');
    const rulesThatBlock = async (change: Partial<GateInput>) =>
      (await judge({ ...safe, ...change })).rules
        .filter(({ outcome }) => outcome === 'block')
        .map(({ rule }) => rule);
    expect(await rulesThatBlock({ policy: { k: 5, quasi: [] } })).toEqual(['risk']);
    expect(await rulesThatBlock({ policy: { k: 500, quasi: ['birth_decade'] } })).toEqual(['risk']);
    expect(await rulesThatBlock({ sources: [] })).toEqual(['lineage']);
    expect(await rulesThatBlock({ files: [] })).toEqual(['content', 'risk']);
    expect(await rulesThatBlock({ rowCount: 1 })).toEqual(['content']);
    const [first] = safe.files;
    if (!first) throw new Error('no file');
    expect(await rulesThatBlock({ files: [{ ...first, bytes: first.bytes.slice(0, 40) }] })).toEqual([
      'content',
      'risk',
    ]);
    expect(await rulesThatBlock({ registry: { macros: [], find: () => undefined } })).toEqual(['lineage']);
  });

  it('blocks a row chosen by one person, a raw column behind a function, and an alias that looks safe', async () => {
    const verdictOf = async (sql: string) => (await judge(await inputFor({ safe: sql }))).verdict;
    expect(await verdictOf(`SELECT salary FROM users WHERE email = 'ajordan0@com.com'`)).toBe('blocked');
    expect(await verdictOf(`SELECT upper(first_name) AS salary FROM users`)).toBe('blocked');
    expect(await verdictOf(`SELECT md5(email) AS user_token FROM users`)).toBe('blocked');
    expect(await verdictOf(`SELECT salary FROM users`)).toBe('passed');
    expect(await verdictOf(`SELECT count(DISTINCT email) AS people FROM users`)).toBe('passed');
  });

  it('leaves no table behind', async () => {
    await judge(await inputFor({ safe: 'SELECT salary FROM users' }));
    expect((await engine.describe({ relation: 'sluice_judged_0' })).ok).toBe(false);
  });

  it('gives no verdict where the engine breaks down', async () => {
    const input = await inputFor({ safe: 'SELECT salary, comments FROM users' });
    const broken: Engine = {
      ...input.engine,
      readBack: (request) => input.engine.readBack(request),
      drop: (request) => input.engine.drop(request),
      rename: (request) => input.engine.rename(request),
      query: () =>
        Promise.resolve({ ok: false, error: { code: 'engine-crashed', message: 'The engine is gone.' } }),
    };
    expect(await evaluateGate({ ...input, engine: broken })).toMatchObject({
      ok: false,
      error: { code: 'engine-crashed' },
    });
  });
});

describe('one person', () => {
  const messagesOf = async (sql: string, policy?: Policy) =>
    (await judge(await inputFor({ safe: sql }, policy))).findings.map(
      ({ rule, severity, message }) => `${rule} ${severity} ${message}`,
    );
  const BY_TOKEN = `FROM users WHERE hmac_sha256(email) = hmac_sha256('ajordan0@com.com')`;

  it('cannot be picked by a token, as a row or by what aggregates pick', async () => {
    const only =
      'risk block The data set has only 1 row, and t holds values of single people (from users.email); the policy asks for at least 5 rows.';
    expect(await messagesOf(`SELECT hmac_sha256(email) AS t, salary ${BY_TOKEN}`)).toEqual([
      only.replace('t holds', 't and 1 other column hold'),
    ]);
    expect(await messagesOf(`SELECT max(hmac_sha256(email)) AS t, max(salary) AS s ${BY_TOKEN}`)).toEqual([
      only,
    ]);
    expect(
      await messagesOf(`SELECT hmac_sha256(email) AS t, count(*) AS n ${BY_TOKEN} GROUP BY ALL`),
    ).toEqual([only]);
    const dismissed = { k: 5, quasi: [], dismissed: { gender: 'two values only' } };
    expect(await messagesOf(`SELECT gender, salary ${BY_TOKEN}`, dismissed)).toEqual([
      'risk warn gender was dismissed as a quasi-identifier: two values only',
      only.replace('t holds', 'gender and 1 other column hold').replace('users.email', 'users.gender'),
    ]);
    expect(
      await messagesOf(`SELECT gender, max(salary) AS s ${BY_TOKEN} GROUP BY gender`, dismissed),
    ).toEqual([
      'risk warn gender was dismissed as a quasi-identifier: two values only',
      only.replace('t holds', 'gender holds').replace('users.email', 'users.gender'),
    ]);
  });

  it('cannot be picked by a join, though the value says nothing by itself', async () => {
    const sql = 'SELECT users.salary FROM users JOIN (SELECT email FROM users LIMIT 1) AS o USING (email)';
    expect((await messagesOf(sql)).filter((message) => message.startsWith('risk'))).toEqual([
      'risk block The data set has only 1 row, and salary holds values of single people (from users.salary); the policy asks for at least 5 rows.',
    ]);
  });

  it('is not seen in few rows of figures, groups or things', async () => {
    expect(
      await messagesOf(
        'SELECT count(*) AS n, count(DISTINCT email) AS people, avg(salary) AS mean FROM users',
      ),
    ).toEqual([]);
    expect(await messagesOf(`SELECT * FROM (VALUES (1, 'gold'), (2, 'silver')) v(id, plan)`)).toEqual([]);
    expect(await messagesOf('SELECT salary FROM users LIMIT 2')).toEqual([]);
    const joined =
      'FROM users JOIN (SELECT email, salary > 0 AS paid FROM users) AS o ON o.email = users.email';
    const warned = ['lineage warn Rows are joined by users.email, a direct identifier (EMAIL_ADDRESS).'];
    expect(await messagesOf(`SELECT paid, count(*) AS n ${joined} GROUP BY paid`)).toEqual(warned);
    expect(await messagesOf(`SELECT sum(users.salary) AS total ${joined}`)).toEqual(warned);
    const dismissed = { k: 5, quasi: [], dismissed: { gender: 'two values only' } };
    expect(
      await messagesOf(
        `SELECT gender, count(*) AS n, avg(salary) AS mean FROM users WHERE email IS NOT NULL GROUP BY gender`,
        dismissed,
      ),
    ).toEqual(['risk warn gender was dismissed as a quasi-identifier: two values only']);
  });

  it('is not counted apart from the others', async () => {
    const found = 'direct identifier (EMAIL_ADDRESS) from users.email.';
    expect(
      await messagesOf(`SELECT count(*) AS n, count(nullif(email, 'ajordan0@com.com')) AS m FROM users`),
    ).toEqual([`lineage block m carries a ${found}`]);
    const input = await inputFor({
      mails: `SELECT nullif(trim(email), 'ajordan0@com.com') AS mail, salary FROM users`,
      safe: 'SELECT count(DISTINCT mail) AS m, count(*) AS n FROM mails',
    });
    expect((await judge(input)).findings.map(({ message }) => message)).toEqual([`m carries a ${found}`]);
  });
});

describe('the mend of a column', () => {
  it('can be put over the published relation, whatever the column is called', async () => {
    const keywords = unwrap(
      await engine.query({ sql: 'SELECT keyword_name FROM duckdb_keywords()' }),
    ).rows.map(([word]) => String(word));
    const names = [...keywords, 'current_date', 'contact', 'E-Mail', 'a"b', '1st', 'пошта'];
    const renamed = names.map((name) => `email AS ${quoteIdentifier(name)}`).join(', ');
    unwrap(await engine.run({ runId: 'raw', sql: `SELECT ${renamed} FROM users LIMIT 3`, into: 'raw' }));
    const list = names.map((name) => {
      const request = { entity: 'EMAIL_ADDRESS', type: 'VARCHAR', column: name, isSecret: false, registry };
      return `${suggestMend(request).expression} AS ${quoteIdentifier(name)}`;
    });
    const sql = `SELECT * REPLACE (${list.join(', ')}) FROM raw`;
    unwrap(parse(sql));
    const safe = unwrap(await engine.run({ runId: 'safe', sql, into: 'safe' }));
    expect(safe.columns.map(({ name }) => name)).toEqual(names);
    const contact = await inputFor({ raw: 'SELECT email AS contact FROM users' });
    const [finding] = (await judge(contact)).findings;
    expect(finding).toMatchObject({ column: 'contact', mend: { expression: 'mask_email(contact)' } });
  });
});

describe('the type of a passed verdict', () => {
  it('cannot be written by hand', () => {
    const body = { findings: [], rules: [], files: [], risk: null, quality: [] };
    // @ts-expect-error a literal lacks the brand
    const forged: Passed = { ...body, verdict: 'passed' };
    const blocked: Blocked = { ...body, verdict: 'blocked' };
    // @ts-expect-error a blocked verdict is none
    const turned: Passed = blocked;
    expect([forged.verdict, turned.verdict]).toEqual(['passed', 'blocked']);
  });
});
