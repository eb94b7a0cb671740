// The sample that ships: the bytes the gate knows, made again by its generator, and nobody real in it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { sha256Hex } from '../../../src/lib/base/sha256.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { DEMO_FILES, isDemoSource } from '../../../src/lib/gate/demo-sources.ts';
import { openEngine } from './gate-under-test.ts';

const project = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const shipped = unzipSync(readFileSync(project('static/samples/demo.zip')));

let engine: Engine;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-sample-'));
  engine = await openEngine();
  for (const [fileName, bytes] of Object.entries(shipped))
    unwrap(
      await engine.importFile({
        importId: fileName,
        table: fileName.replace('.csv', ''),
        handle: new Blob([bytes as Uint8Array<ArrayBuffer>]),
        fileName,
        options: { format: 'csv' },
      }),
    );
}, 60_000);
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function rowsOf(sql: string): Promise<readonly (readonly unknown[])[]> {
  return unwrap(await engine.query({ sql })).rows;
}

describe('the DEMO sample', () => {
  it('is what the gate knows, and nothing else is', async () => {
    const digests = Object.entries(shipped).map(async ([name, bytes]) => [name, await sha256Hex(bytes)]);
    expect(Object.fromEntries(await Promise.all(digests))).toEqual(DEMO_FILES);
    expect([isDemoSource(null), isDemoSource('0'.repeat(64))]).toEqual([false, false]);
  });

  it('is made again, byte for byte, by its generator', () => {
    execFileSync(process.execPath, [project('scripts/generate-sample.mjs'), folder]);
    const made = unzipSync(readFileSync(join(folder, 'demo.zip')));
    for (const [name, bytes] of Object.entries(shipped))
      expect(Buffer.from(made[name] ?? []).equals(Buffer.from(bytes))).toBe(true);
  });

  it('holds the dirt that the notebook cleanses', async () => {
    const [figures] = await rowsOf(
      `SELECT count(*), count(DISTINCT customer_id), count(DISTINCT country), count(*) - count(email),
         count(*) FILTER (WHERE monthly_spend > 2000) > 5, (SELECT count(*) FROM orders)
       FROM customers`,
    );
    expect(figures).toEqual([2000, 1940, 28, 70, true, 12000]);
  });

  it('names nobody: reserved e-mail domains, published test cards, numbers kept free for fiction', async () => {
    const domains = await rowsOf(
      String.raw`SELECT DISTINCT lower(regexp_extract(trim(v), '@(.*?)[,. ]*$', 1))
       FROM (SELECT email AS v FROM customers
             UNION ALL SELECT regexp_extract(remark, '\S+@\S+') FROM orders)
       WHERE contains(v, '@') ORDER BY 1`,
    );
    expect(domains.flat()).toEqual(['example.com', 'example.net', 'example.org']);
    const cards = await rowsOf(
      String.raw`SELECT DISTINCT regexp_replace(card_number, '\D', '', 'g') FROM customers WHERE card_number IS NOT NULL`,
    );
    expect(cards.flat().every((card) => PUBLISHED_TEST_CARDS.has(String(card)))).toBe(true);
    const [[phones]] = (await rowsOf(
      "SELECT string_agg(phone || '|' || country, chr(10)) FROM customers WHERE phone IS NOT NULL",
    )) as [[string]];
    const dialled = phones.split('\n').flatMap((line) => {
      const [phone = '', country = ''] = line.split('|');
      const number = Object.hasOwn(REGIONS, country)
        ? parsePhoneNumberFromString(phone, REGIONS[country])
        : undefined;
      return number && number.nationalNumber.length > 6 ? [number.number as string] : [];
    });
    expect(dialled.length).toBeGreaterThan(1400);
    expect(dialled.filter((number) => !FICTION.test(number) && !number.startsWith('+99'))).toEqual([]);
  });
});

const PUBLISHED_TEST_CARDS = new Set([
  '4111111111111111',
  '4012888888881881',
  '4242424242424242',
  '5555555555554444',
  '5105105105105100',
  '378282246310005',
  '371449635398431',
  '6011111111111117',
  '3530111333300000',
]);

const REGIONS: Readonly<Record<string, CountryCode>> = {
  Germany: 'DE',
  'United Kingdom': 'GB',
  'United States': 'US',
  France: 'FR',
  Australia: 'AU',
  Sweden: 'SE',
};

/** Bundesnetzagentur, Ofcom, NANPA, Arcep, ACMA, PTS. */
const FICTION = new RegExp(
  '^\\+(?:49(?:3023125\\d{3}|4066969\\d{3}|2214710\\d{3}|17139200\\d{2})' +
    '|44(?:7700900\\d{3}|2079460\\d{3}|1614960\\d{3})' +
    '|1\\d{3}55501\\d{2}' +
    '|33(?:19900\\d{4}|63998\\d{4})' +
    '|61(?:25550\\d{4}|27010\\d{4})' +
    '|46(?:8465004\\d{2}|3139006\\d{2}|4062804\\d{2}))$',
);
