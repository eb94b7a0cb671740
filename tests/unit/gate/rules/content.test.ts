// The rule `content` over bytes that the engine really wrote and read back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../../src/lib/base/result.ts';
import type { Engine } from '../../../../src/lib/engine/contract.ts';
import type { GateInput } from '../../../../src/lib/gate/gate-input.ts';
import { dropTables, readFilesBack } from '../../../../src/lib/gate/read-back.ts';
import { judgeContent } from '../../../../src/lib/gate/rules/content.ts';
import { column, csvFile, direct, openEngine, publicationOf, steps } from '../gate-under-test.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
  const sql = `SELECT * FROM (VALUES ('ada@example.org', DATE '1971-03-08'), ('bob@example.org', DATE '1982-11-30'))
    t(email, birthdate)`;
  unwrap(await engine.run({ runId: 'users', sql, into: 'users' }));
});
afterAll(() => engine.dispose());

async function judge(input: GateInput) {
  const readBack = await readFilesBack(input);
  try {
    return unwrap(await judgeContent({ ...input, readBack }));
  } finally {
    await dropTables(engine, readBack.tables);
  }
}

async function messagesFor(sql: string) {
  const { findings } = await judge(await publicationOf(engine, sql, null));
  return findings.filter(({ message }) => !/\.(?:parquet|json) /.test(message)).map(({ message }) => message);
}

describe('sensitive values in the bytes', () => {
  it('finds the one bad row among many, in every format, and names it by number', async () => {
    const sql = `SELECT i AS n, CASE WHEN i = 41 THEN 'ask ada@example.org' ELSE 'fine' END AS note FROM range(100) r(i) ORDER BY i`;
    const verdict = await judge(await publicationOf(engine, sql, null));
    expect(verdict.findings.map(({ message }) => message)).toEqual([
      'note holds 1 value of EMAIL_ADDRESS in data/safe.csv (row 42).',
      'note holds 1 value of EMAIL_ADDRESS in data/safe.parquet (row 42).',
      'note holds 1 value of EMAIL_ADDRESS in data/safe.json (row 42).',
    ]);
    expect(verdict.outcome).toEqual({
      rule: 'content',
      outcome: 'block',
      summary: '3 files, 600 values read back, 3 findings block',
    });
    expect(JSON.stringify(verdict)).not.toContain('ada@');
  });

  it('finds each entity from one value on, whatever stands around it', async () => {
    const found = await messagesFor(
      `SELECT * FROM (VALUES ('a', 1::BIGINT, 'a', 'a', 'a', 'a', ['a']),
        ('card: 4111-1111-1111-1111.', 4111111111111111, 'from 10.0.0.1, ok', 'fe80::1ff:fe23:4567:890a', '+48 601 234 567', '(202) 555-0143', ['x', 'bob@example.org']))
        t(a, b, c, d, e, f, g)`,
    );
    expect(found).toEqual([
      'a holds 1 value of CREDIT_CARD in data/safe.csv (row 2).',
      'b holds 1 value of CREDIT_CARD in data/safe.csv (row 2).',
      'c holds 1 value of IP_ADDRESS in data/safe.csv (row 2).',
      'd holds 1 value of IP_ADDRESS in data/safe.csv (row 2).',
      'e holds 1 value of PHONE_NUMBER in data/safe.csv (row 2).',
      'f holds 1 value of PHONE_NUMBER in data/safe.csv (row 2).',
      'g holds 1 value of EMAIL_ADDRESS in data/safe.csv (row 2).',
    ]);
  });

  it('names the first rows and counts the rest', async () => {
    expect(
      await messagesFor(`SELECT 'u' || i || '@example.org' AS who FROM range(1200) r(i) ORDER BY i`),
    ).toHaveLength(1);
    const [message] = await messagesFor(
      `SELECT i AS n, 'u@example.org' AS who FROM range(1200) r(i) ORDER BY i`,
    );
    expect(message).toBe(
      'who holds 1,200 values of EMAIL_ADDRESS in data/safe.csv (rows 1, 2, 3, 4, 5 and 1,195 more).',
    );
  });

  it('takes names of people for a finding above a share only', async () => {
    expect(
      await messagesFor(`SELECT unnest(['Anna Kowalska', 'Hans Müller', 'Smith, Mary']) AS label`),
    ).toEqual(['label holds 3 values of PERSON in data/safe.csv (rows 1, 2, 3).']);
    expect(
      await messagesFor(
        `SELECT unnest(['Florence', 'Victoria', 'Kyiv', 'Lviv', 'Berlin', 'Porto', 'Oslo']) AS place`,
      ),
    ).toEqual([]);
  });

  it('wants context for bare digits', async () => {
    expect(await messagesFor(`SELECT 6012345670 + i AS serial FROM range(3) r(i)`)).toEqual([]);
    expect(await messagesFor(`SELECT 6012345670 + i AS phone FROM range(1) r(i)`)).toEqual([
      'phone holds 1 value of PHONE_NUMBER in data/safe.csv (row 1).',
    ]);
  });

  it('finds exact dates of birth and lets truncated ones pass', async () => {
    const born = [column('born', [direct('birthdate', 'born', steps('truncate_date!'))])];
    const judgeDates = async (part: string) =>
      (
        await judge(
          await publicationOf(engine, `SELECT truncate_date(birthdate, '${part}') AS born FROM users`, born),
        )
      ).outcome.outcome;
    expect(await judgeDates('day')).toBe('block');
    expect(await judgeDates('week')).toBe('pass');
    expect(await judgeDates('month')).toBe('pass');
    expect(await judgeDates('year')).toBe('pass');
  });

  it('looks at the names of columns, which a pivot makes of values', async () => {
    const verdict = await judge(await publicationOf(engine, `SELECT 1 AS "ada@example.org", 2 AS n`, null));
    expect(verdict.findings.map(({ message }) => message)).toEqual([
      'The name of column 1 holds a value of EMAIL_ADDRESS.',
    ]);
    expect(JSON.stringify(verdict.findings)).not.toContain('ada@');
  });
});

it('takes 12 and 13 digits for a card only where the name says so: barcodes pass the checksum by chance', async () => {
  const codes = `(VALUES ('4222222222222', 4222222222222, '676770000005'), ('a', 1, 'b')) t(code, no, upc)`;
  expect(await messagesFor(`SELECT code, no, upc FROM ${codes}`)).toEqual([]);
  expect(
    await messagesFor(`SELECT code AS card_number, no AS cc_number, 'x' || code AS label FROM ${codes}`),
  ).toEqual([
    'card_number holds 1 value of CREDIT_CARD in data/safe.csv (row 1).',
    'cc_number holds 1 value of CREDIT_CARD in data/safe.csv (row 1).',
  ]);
});

describe('what only looks sensitive', () => {
  it('passes digests, tokens, masks, identifiers, numbers and versions', async () => {
    const found = await messagesFor(
      `SELECT sha256(i::VARCHAR) AS token, md5(i::VARCHAR) AS short, hmac_sha256('u' || i) AS email, repeat('4', 64) AS digits,
        '*****@example.org' AS masked, mask_phone('+48601234567') AS phone, mask_card('4111111111111111') AS cc,
        uuid() AS id, uuid()::VARCHAR AS ref, '1.' || (i % 9) || '.3.4567' AS build_no, 1990 + i % 30 AS year,
        19.99 + i AS price, i / 7.0 AS ratio, i * 0.123456789012345 AS wide, 1454486129000 + i AS epoch,
        '978-3-16-14841' || (i % 10) AS isbn, '2016-02-03 07:55:29' AS seen, bucket_number(i * 100000, 100000) AS range,
        TIMESTAMP '2016-02-03 07:55:29' AS at, '-33.8567844, 151.2152967' AS place, redact('x') AS name,
        4111111111111112 + 10 * i AS not_luhn
        FROM range(300) r(i)`,
    );
    // Every tenth of the last column passes the checksum: one of them is enough, and numbers of that kind are blocked.
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^not_luhn holds \d+ values of CREDIT_CARD/);
  });

  it('excuses what a sanitizer made, unless a value is a raw one', async () => {
    const made = [column('who', [direct('email', 'who', steps('mask_email!'))])];
    const masked = await publicationOf(
      engine,
      `SELECT 'someone' || i || '@example.net' AS who FROM range(5) r(i)`,
      made,
    );
    expect((await judge(masked)).findings).toEqual([]);
    const leaked = await publicationOf(
      engine,
      `SELECT ' ADA@example.org' AS who UNION ALL SELECT 'x@example.net'`,
      made,
    );
    expect((await judge(leaked)).outcome.outcome).toBe('block');
    const other = [column('who', [direct('email', 'who', steps('mask_email!')), direct('email', 'who')])];
    expect((await judge({ ...masked, lineage: { ...masked.lineage, columns: other } })).outcome.outcome).toBe(
      'block',
    );
    const after = [column('who', [direct('email', 'who', steps('mask_email!', 'replace'))])];
    expect((await judge({ ...masked, lineage: { ...masked.lineage, columns: after } })).outcome.outcome).toBe(
      'block',
    );
  });
});

describe('the bytes themselves', () => {
  it('judges the file and not the relation it is said to come from', async () => {
    const input = await publicationOf(engine, `SELECT 1 AS id, 'fine' AS note`, null);
    const file = await csvFile('id,note\n1,ada@example.org\n');
    expect((await judge({ ...input, files: [file] })).findings.map(({ message }) => message)).toEqual([
      'note holds 1 value of EMAIL_ADDRESS in data/users.csv (row 1).',
    ]);
  });

  it('blocks a wrong digest, other columns, other rows, bytes that cannot be read, and no file at all', async () => {
    const input = await publicationOf(engine, `SELECT 1 AS id, 'fine' AS note`, null);
    const messages = async (files: GateInput['files']) =>
      (await judge({ ...input, files })).findings.map(({ message, severity }) => `${severity} ${message}`);
    const good = await csvFile('id,note\n1,fine\n');
    expect(await messages([good])).toEqual([]);
    expect(await messages([{ ...good, sha256: '0'.repeat(64) }])).toEqual([
      'block The bytes of data/users.csv are not those of the digest given for it.',
    ]);
    expect(await messages([await csvFile('id,extra\n1,fine\n')])).toEqual([
      'block data/users.csv does not hold the columns of the published relation, in their order.',
    ]);
    expect(await messages([await csvFile('id,note\n1,fine\n2,fine\n')])).toEqual([
      'block data/users.csv holds 2 rows, the published relation 1.',
    ]);
    const broken = await messages([{ ...good, format: 'parquet' }]);
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatch(/^block data\/users\.csv cannot be read back: /);
    expect(await messages([])).toEqual(['block There is no file to judge.']);
  });

  it('judges a relation without rows', async () => {
    const input = await publicationOf(engine, `SELECT 'x' AS note WHERE FALSE`, null);
    expect(
      (await judge({ ...input, files: input.files.filter(({ format }) => format !== 'json') })).findings,
    ).toEqual([]);
  });
});
