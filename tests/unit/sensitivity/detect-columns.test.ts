// Columns as found in real files and in tables made to mislead, in the shipping engine.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { detectColumns } from '../../../src/lib/sensitivity/detect-columns.ts';
import { byName, detectIn, openEngine, summarize } from './engine-under-test.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function detectFile(file: string) {
  const path = new URL(`../../data/${file}`, import.meta.url).pathname;
  const report = unwrap(
    await engine.importFile({
      importId: file,
      table: 'source',
      handle: { path },
      options: { format: 'csv' },
    }),
  );
  return byName(engine, 'source', report.columns);
}

describe('real files', () => {
  it('finds what identifies in users.csv and leaves the rest alone', async () => {
    expect(summarize(await detectFile('users.csv'))).toEqual({
      first_name: 'PERSON direct',
      last_name: 'PERSON direct',
      email: 'EMAIL_ADDRESS direct',
      gender: 'GENDER quasi',
      ip_address: 'IP_ADDRESS direct',
      cc: 'CREDIT_CARD direct',
      country: 'COUNTRY quasi',
      birthdate: 'DATE_TIME direct',
      title: 'JOB_TITLE quasi',
    });
  });

  it('carries the evidence', async () => {
    const { ip_address, comments } = await detectFile('users.csv');
    expect(ip_address).toEqual({
      name: 'ip_address',
      type: 'VARCHAR',
      sensitivity: 'direct',
      entity: 'IP_ADDRESS',
      confidence: 0.99,
      evidence: { examined: 1000, matched: 1000, validated: 1000, sampled: false, nameHint: 'ip address' },
    });
    expect(comments).toMatchObject({
      sensitivity: 'none',
      entity: null,
      confidence: 0,
      evidence: { nameHint: null },
    });
  });

  it('finds nothing in mpg.csv, whose cars have names', async () => {
    expect(summarize(await detectFile('mpg.csv'))).toEqual({});
  });

  it('finds the attributes of adult.csv that identify in combination', async () => {
    expect(summarize(await detectFile('adult.csv'))).toEqual({
      sex: 'GENDER quasi',
      age: 'AGE quasi',
      race: 'ETHNICITY quasi',
      'marital-status': 'MARITAL_STATUS quasi',
      education: 'EDUCATION quasi',
      'native-country': 'COUNTRY quasi',
      occupation: 'JOB_TITLE quasi',
    });
  });
});

describe('values without a name that helps', () => {
  it('finds addresses, numbers and cards by their shape', async () => {
    const found = await detectIn(
      engine,
      `SELECT 'u' || i || '@example.com' AS a, '10.1.' || i || '.7' AS b, '2001:db8::' || i AS c,
        '+49 30 1234' || (1000 + i) AS d, '(202) 555-0' || (100 + i) AS e, '4111 1111 1111 1111' AS f,
        4111111111111111 AS g, 4111111111111111::DOUBLE AS h, '219-09-' || (9000 + i) AS j FROM range(50) r(i)`,
    );
    expect(summarize(found)).toEqual({
      a: 'EMAIL_ADDRESS direct',
      b: 'IP_ADDRESS direct',
      c: 'IP_ADDRESS direct',
      d: 'PHONE_NUMBER direct',
      e: 'PHONE_NUMBER direct',
      f: 'CREDIT_CARD direct',
      g: 'CREDIT_CARD direct',
      h: 'CREDIT_CARD direct',
      j: 'US_SSN direct',
    });
  });

  it('finds one address in a thousand free texts, and inside nested values', async () => {
    const found = await detectIn(
      engine,
      `SELECT CASE WHEN i = 777 THEN 'please write to ada@example.org soon' ELSE 'note ' || i END AS notes,
        CASE WHEN i = 3 THEN ['x', 'ada@example.org'] ELSE ['y'] END AS tags,
        {'who': 'u' || i || '@example.org', 'n': i} AS details FROM range(1000) r(i)`,
    );
    expect(summarize(found)).toEqual({
      notes: 'EMAIL_ADDRESS direct',
      tags: 'EMAIL_ADDRESS direct',
      details: 'EMAIL_ADDRESS direct',
    });
    expect(found['notes']?.evidence).toMatchObject({ examined: 1000, matched: 1, validated: 1 });
  });

  it('finds people by a dictionary, in several orders and scripts', async () => {
    const found = await detectIn(
      engine,
      `SELECT * FROM (VALUES ('Anna Kowalska', 'Müller, Hans', 'Ольга'), ('José García', 'Smith, Mary', 'Іван'),
        ('Élodie Dupont', 'Rossi, Giulia', 'Тарас'), ('O''Brien', 'Silva, João', 'Марія')) t(name, x, ім_я)`,
    );
    expect(summarize(found)).toEqual({ name: 'PERSON direct', x: 'PERSON direct', ім_я: 'PERSON direct' });
  });
});

describe('names without values that help', () => {
  it('goes by the name alone at a lower confidence', async () => {
    const found = await detectIn(
      engine,
      `SELECT 'x' AS email, 'y' AS "Telefonnummer", 'z' AS prénom, 'w' AS "Дата народження", NULL::VARCHAR AS "E-Mail",
        'hunter2' AS user_password, 'k' AS "apiKey", 'q' AS clientSecret, 123456789 AS ssn, 3232235777 AS ip`,
    );
    expect(summarize(found)).toEqual({
      email: 'EMAIL_ADDRESS direct',
      Telefonnummer: 'PHONE_NUMBER direct',
      prénom: 'PERSON direct',
      'Дата народження': 'DATE_TIME direct',
      'E-Mail': 'EMAIL_ADDRESS direct',
      user_password: 'PASSWORD secret',
      apiKey: 'API_KEY secret',
      clientSecret: 'API_KEY secret',
      ssn: 'US_SSN direct',
      ip: 'IP_ADDRESS direct',
    });
    for (const finding of Object.values(found)) expect(finding.confidence).toBeLessThanOrEqual(0.75);
  });

  it('takes cards that a spreadsheet damaged for cards by their header', async () => {
    const found = await detectIn(
      engine,
      `SELECT * FROM (VALUES ('5.54563E+15', 5.54563e15::DOUBLE, 5.54563e15::DOUBLE),
        ('3.56000E+15', 3.56e15::DOUBLE, 3.56e15::DOUBLE)) t(cc, "Card Number", measured)`,
    );
    expect(summarize(found)).toEqual({ cc: 'CREDIT_CARD direct', 'Card Number': 'CREDIT_CARD direct' });
    expect(found['cc']).toMatchObject({ confidence: 0.5, evidence: { matched: 2, validated: 0 } });
  });

  it('tells a birth date from a birth year and from any other date', async () => {
    const found = await detectIn(
      engine,
      `SELECT DATE '1971-03-08' AS dob, 1971 AS birth_year, '3/8/1971' AS "dateOfBirth", 19710308 AS geburtsdatum,
        DATE '2016-02-03' AS order_date, TIMESTAMP '2016-02-03 07:55:29' AS created_at, 'Kyiv' AS birth_city,
        3.4 AS birth_weight, 12 AS births, DATE '2016-02-03' AS "Flight Date"`,
    );
    expect(summarize(found)).toEqual({
      dob: 'DATE_TIME direct',
      birth_year: 'DATE_TIME quasi',
      dateOfBirth: 'DATE_TIME direct',
      geburtsdatum: 'DATE_TIME direct',
      birth_city: 'CITY quasi',
    });
  });
});

describe('hard negatives', () => {
  it('leaves numbers alone that only look like something', async () => {
    const found = await detectIn(
      engine,
      `SELECT 1990 + i AS year, 100 + i AS quantity, 19.99 + i AS price, 0.4532015112830366 + i / 7.0 AS ratio,
        100000 + i AS order_number, 5550000 + i AS number, 4000000000000000 + i * 7919 AS order_id,
        1454486129000 + i AS epoch_ms, 48.858 + i / 1000.0 AS y, 2.294 + i / 1000.0 AS x, 123456789 + i AS account,
        (202555 * 10000 + i)::BIGINT AS serial, 100 + i AS cvv_count, i AS phone_count, i * 1.5 AS email_rate
        FROM range(500) r(i)`,
    );
    expect(summarize(found)).toEqual({});
  });

  it('leaves texts alone that only look like something', async () => {
    const found = await detectIn(
      engine,
      `SELECT md5(i::VARCHAR) AS hash, sha256(i::VARCHAR) AS digest, uuid() AS id, uuid()::VARCHAR AS ref,
        '1.' || i || '.3.4' AS app_version, 'v1.2.3.' || i AS tag, '1.' || i || '.0' AS semver,
        'SKU-' || (1000 + i) || '-2024' AS product_code, '978-3-16-148410-' || i AS isbn, '2016-02-' || (10 + i % 18) AS day,
        '12:34:' || (10 + i % 50) AS clock, 'std::string::' || i AS symbol, '*****@example.com' AS contact,
        '***-***-' || (1000 + i) AS tel_masked, '@handle' || i AS handle, 'a@b' AS short, (i * 1000) || '-' || (i * 1000 + 999) AS bucket
        FROM range(100) r(i)`,
    );
    expect(summarize(found)).toEqual({ tel_masked: 'PHONE_NUMBER direct' });
    expect(found['tel_masked']).toMatchObject({ confidence: 0.4, evidence: { matched: 0, validated: 0 } });
  });

  it('is not misled by words that are part of other names', async () => {
    const found = await detectIn(
      engine,
      `SELECT TRUE AS email_verified, 'bounced' AS email_status, 'iPhone 12' AS phone_model, 3 AS password_length,
        TIMESTAMP '2020-01-01 00:00:00' AS password_changed_at, 'Drama' AS "Major Genre", 7 AS message, 'x' AS package,
        'Widget' AS product_name, 'a.csv' AS file_name, 12 AS shipping, 'sum' AS manager_type, 5 AS zip_count,
        'pending' AS state, 2.5 AS average, 'HR' AS department_name, 10 AS race_time, 'abc' AS user_token`,
    );
    expect(summarize(found)).toEqual({});
  });
});

describe('hostile tables', () => {
  it('answers for no rows, only NULL, every type and strange names', async () => {
    const found = await detectIn(
      engine,
      `SELECT NULL::INTEGER AS "a""b", NULL::BLOB AS "select", ''::VARCHAR AS " ", NULL::TIME AS t, NULL::INTERVAL AS iv,
        NULL::BIT AS bits, NULL::HUGEINT AS h, NULL::DECIMAL(38, 10) AS d, NULL::MAP(VARCHAR, INTEGER) AS m,
        'NaN'::DOUBLE AS nan, 'infinity'::DOUBLE AS inf, '\\x00'::BLOB AS b, NULL::UUID AS u, 'infinity'::DATE AS later,
        170141183460469231731687303715884105727::HUGEINT AS huge, 18446744073709551615::UBIGINT AS unsigned`,
    );
    expect(summarize(found)).toEqual({});
    expect(summarize(await detectIn(engine, 'SELECT 1 AS email WHERE FALSE'))).toEqual({});
    expect(unwrap(await detectColumns({ engine, relation: 'made', columns: [] }))).toEqual([]);
  });

  it('says which column cannot be counted', async () => {
    const missing = await detectColumns({
      engine,
      relation: 'nowhere',
      columns: [{ name: 'a', type: 'VARCHAR' }],
    });
    expect(missing.ok).toBe(false);
  });

  it('samples by the hash of the value beyond the cap, and says so', async () => {
    const sql = "SELECT 'u' || i || '@example.com' AS contact, i % 7 AS few FROM range(250000) r(i)";
    const once = await detectIn(engine, sql);
    expect(once['contact']).toMatchObject({ entity: 'EMAIL_ADDRESS', evidence: { sampled: true } });
    expect(once['contact']?.evidence.examined).toBeGreaterThan(60_000);
    expect(once['contact']?.evidence.examined).toBeLessThan(140_000);
    expect(once['few']).toMatchObject({ evidence: { examined: 7, sampled: false } });
    expect(await detectIn(engine, `${sql} ORDER BY i DESC`)).toEqual(once);
  });
});
