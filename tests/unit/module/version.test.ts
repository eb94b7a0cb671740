import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { sha256Hex } from '../../../src/lib/base/sha256.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { bumpVersion, compareVersions, freeVersion } from '../../../src/lib/module/semantic-version.ts';
import type { ComparedFile, VersionRequest } from '../../../src/lib/module/version.ts';
import { nextVersion } from '../../../src/lib/module/version.ts';
import type { DataFormat } from '../../../src/lib/notebook/notebook-types.ts';
import { createNodeEngine } from '../../../src/headless/engine.ts';

let engine: Engine;

beforeAll(async () => {
  engine = createNodeEngine();
  unwrap(await engine.open({ macroScripts: [], threads: 1 }));
});
afterAll(() => engine.dispose());

async function file(sql: string, format: DataFormat = 'parquet'): Promise<ComparedFile> {
  unwrap(await engine.run({ runId: 'x', sql, into: 'made' }));
  const { bytes } = unwrap(await engine.export({ relation: 'made', format, order: [] }));
  return { format, bytes, sha256: await sha256Hex(bytes) };
}

const OLD = "SELECT * FROM (VALUES (1, 'a'), (1, 'a'), (2, NULL), (NULL, 'c')) t(n, s)";
const SHA = 'a'.repeat(64);

async function decide(after: string, change: Partial<VersionRequest> = {}) {
  const previous = { version: '2.3.4', commitSha256: SHA, files: [await file(OLD)] };
  const request = { previous, candidate: [await file(after)], taken: new Set<string>(), engine, ...change };
  const { version, change: kind, reason } = unwrap(await nextVersion(request));
  return [version, kind, reason];
}

describe('nextVersion', () => {
  it('begins with 1.0.0', async () => {
    const request = { previous: null, candidate: [await file(OLD)], taken: new Set<string>(), engine };
    expect(unwrap(await nextVersion(request))).toEqual({
      version: '1.0.0',
      change: 'first',
      reason: 'There is no earlier version.',
      previous: null,
    });
  });

  it('counts PATCH for the same data, whatever the order of rows, columns and formats', async () => {
    expect(await decide(OLD)).toEqual(['2.3.5', 'patch', 'The data are the same, byte for byte.']);
    expect(await decide('SELECT s, n FROM made')).toEqual(['2.3.5', 'patch', 'The data are the same.']);
    const both = [await file(OLD, 'csv'), await file(OLD)];
    expect(await decide(OLD, { candidate: both })).toEqual([
      '2.3.5',
      'patch',
      'The data are the same, byte for byte.',
    ]);
  });

  it('counts MINOR for rows or columns added', async () => {
    expect(await decide(`${OLD} UNION ALL SELECT 1, 'a'`)).toEqual([
      '2.4.0',
      'minor',
      '1 rows and 0 columns were added.',
    ]);
    expect(await decide(`SELECT *, n IS NULL AS extra FROM (${OLD})`)).toEqual([
      '2.4.0',
      'minor',
      '0 rows and 1 columns were added.',
    ]);
  });

  it('counts MAJOR for anything gone or different', async () => {
    expect(await decide(`${OLD} WHERE n = 1`)).toEqual(['3.0.0', 'major', 'Rows were removed.']);
    expect(await decide(`SELECT n + 1 AS n, s FROM (${OLD})`)).toEqual([
      '3.0.0',
      'major',
      '3 rows were changed or removed.',
    ]);
    expect(await decide(`SELECT n AS m, s FROM (${OLD})`)).toEqual([
      '3.0.0',
      'major',
      'The column “n” is gone or renamed.',
    ]);
    expect(await decide(`SELECT n::BIGINT AS n, s FROM (${OLD})`)).toEqual([
      '3.0.0',
      'major',
      'The column “n” was INTEGER and is BIGINT.',
    ]);
  });

  it('notices that one of two equal rows was replaced', async () => {
    const replaced = "SELECT * FROM (VALUES (1, 'a'), (9, 'z'), (2, NULL), (NULL, 'c')) t(n, s)";
    expect(await decide(replaced)).toEqual(['3.0.0', 'major', '1 rows were changed or removed.']);
  });

  it('is raised by a person, never lowered', async () => {
    expect(await decide(OLD, { atLeast: 'minor' })).toEqual([
      '2.4.0',
      'minor',
      'The data are the same, byte for byte. Raised to minor as asked.',
    ]);
    expect((await decide(`${OLD} WHERE n = 1`, { atLeast: 'patch' }))[1]).toBe('major');
  });

  it('passes over numbers whose folders hold a broken upload', async () => {
    expect((await decide(OLD, { taken: new Set(['2.3.5', '2.3.6']) }))[0]).toBe('2.3.7');
  });

  it('copes with column names that need quoting', async () => {
    const odd = 'SELECT 1 AS "a""b,", 2 AS "select"';
    const previous = { version: '1.0.0', commitSha256: SHA, files: [await file(odd)] };
    expect((await decide(`${odd} UNION ALL SELECT 3, 4`, { previous }))[1]).toBe('minor');
  });

  it('leaves no table behind', async () => {
    await decide(`${OLD} UNION ALL SELECT 1, 'a'`);
    expect((await engine.describe({ relation: '_sluice_version_before' })).ok).toBe(false);
  });

  it('says so where the last version cannot be read', async () => {
    const broken = { format: 'parquet' as const, bytes: new Uint8Array([1, 2, 3]), sha256: SHA };
    const previous = { version: '1.0.0', commitSha256: SHA, files: [broken] };
    const decided = await nextVersion({ previous, candidate: [await file(OLD)], taken: new Set(), engine });
    expect(decided.ok ? '' : decided.error.message).toMatch(/^The last version cannot be compared: /);
  });
});

describe('semantic versions', () => {
  it('compare by number, not by text', () => {
    expect(['1.10.0', '1.9.9', '2.0.0', '1.9.10'].sort(compareVersions)).toEqual([
      '1.9.9',
      '1.9.10',
      '1.10.0',
      '2.0.0',
    ]);
  });

  it('bump and find the next free', () => {
    expect([
      bumpVersion('1.2.3', 'patch'),
      bumpVersion('1.2.3', 'minor'),
      bumpVersion('1.2.3', 'major'),
    ]).toEqual(['1.2.4', '1.3.0', '2.0.0']);
    expect(freeVersion(null, 'patch', new Set(['1.0.0']))).toBe('1.0.1');
    expect(freeVersion('1.0.0', 'minor', new Set(['1.1.0']))).toBe('1.2.0');
  });
});
