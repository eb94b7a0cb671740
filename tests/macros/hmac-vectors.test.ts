// HMAC-SHA-256 test vectors of RFC 4231 through the macro, and how it stands without a key and in every place of a query.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../src/headless/engine.ts';
import { readMacroFiles } from '../../src/headless/macro-files.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { padsOfKey } from '../../src/lib/key/hmac-pads.ts';
import { buildRegistry } from '../../src/lib/macros/registry.ts';

const text = (value: string) => Buffer.from(value, 'utf8').toString('hex');

/** Key and data in hex; `digest` may be shorter than the whole (test case 5). */
const RFC_4231 = [
  {
    name: 'test case 1',
    key: '0b'.repeat(20),
    data: text('Hi There'),
    digest: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    name: 'test case 2, a key shorter than the output',
    key: text('Jefe'),
    data: text('what do ya want for nothing?'),
    digest: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    name: 'test case 3, data longer than 64 bytes with the key',
    key: 'aa'.repeat(20),
    data: 'dd'.repeat(50),
    digest: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  },
  {
    name: 'test case 4',
    key: '0102030405060708090a0b0c0d0e0f10111213141516171819',
    data: 'cd'.repeat(50),
    digest: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  },
  {
    name: 'test case 5, truncated to 128 bits',
    key: '0c'.repeat(20),
    data: text('Test With Truncation'),
    digest: 'a3b6167473100ee06e0c796c2955552b',
  },
  {
    name: 'test case 6, a key longer than the block',
    key: 'aa'.repeat(131),
    data: text('Test Using Larger Than Block-Size Key - Hash Key First'),
    digest: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
  {
    name: 'test case 7, key and data longer than the block',
    key: 'aa'.repeat(131),
    data: text(
      'This is a test using a larger than block-size key and a larger than block-size data. ' +
        'The key needs to be hashed before being used by the HMAC algorithm.',
    ),
    digest: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  },
];

const registry = unwrap(buildRegistry(readMacroFiles()));
const engine = createNodeEngine();
const ask = async (sql: string) => unwrap(await engine.query({ sql })).rows;
const setKey = async (hex: string) =>
  unwrap(await engine.setHmacPads(await padsOfKey(new Uint8Array(Buffer.from(hex, 'hex')))));

beforeAll(async () => {
  unwrap(await engine.open({ macroScripts: registry.macros.map((macro) => macro.script), threads: 1 }));
});
afterAll(() => engine.dispose());

describe('hmac_sha256 without a project key', () => {
  it.each([
    ['a value', "SELECT hmac_sha256('x')"],
    ['a column', 'SELECT hmac_sha256(i) FROM range(3) AS t(i)'],
    ['a column of NULLs', 'SELECT hmac_sha256(CASE WHEN i > 5 THEN i END) FROM range(3) AS t(i)'],
    ['no rows', 'SELECT hmac_sha256(i) FROM range(0) AS t(i)'],
  ])('fails with the reason, for %s', async (_, sql) => {
    const result = await engine.query({ sql });
    expect(result.ok ? 'no error' : result.error.message).toMatch(/no project key/i);
  });
});

describe('hmac_sha256', () => {
  it.each(RFC_4231)('gives the digest of RFC 4231 $name', async ({ key, data, digest }) => {
    await setKey(key);
    const sql = `SELECT left(hmac_sha256(unhex('${data}')), ${digest.length})`;
    expect(await ask(sql)).toEqual([[digest]]);
  });

  it('takes text where the data is text', async () => {
    await setKey('0b'.repeat(20));
    expect(await ask("SELECT hmac_sha256('Hi There')")).toEqual([[RFC_4231[0]?.digest]]);
  });

  it('gives other tokens after another key', async () => {
    await setKey('00');
    const [first] = await ask("SELECT hmac_sha256('x')");
    await setKey('01');
    expect(await ask("SELECT hmac_sha256('x')")).not.toEqual([first]);
  });

  it('can stand in joins, conditions, groups, aggregates, orders and windows', async () => {
    const people = "(VALUES ('ada'), ('bob'), ('ada')) AS people(name)";
    const once = "(SELECT hmac_sha256('ada') AS token)";
    expect(
      await ask(
        `SELECT count(*) FROM ${people} JOIN ${once} ON hmac_sha256(name) = token WHERE hmac_sha256(name) = token`,
      ),
    ).toEqual([[2]]);
    expect(
      await ask(`SELECT count(DISTINCT hmac_sha256(name)), min(length(hmac_sha256(name))) FROM ${people}`),
    ).toEqual([[2, 64]]);
    expect(
      await ask(`SELECT count(*) AS n FROM ${people} GROUP BY hmac_sha256(name) HAVING hmac_sha256(any_value(name)) IS NOT NULL
        ORDER BY n, hmac_sha256(any_value(name))`),
    ).toEqual([[1], [2]]);
    expect(
      await ask(
        `SELECT max(count(*)) OVER (PARTITION BY hmac_sha256(name)) AS n FROM ${people} GROUP BY name ORDER BY n`,
      ),
    ).toEqual([[1], [2]]);
  });
});
