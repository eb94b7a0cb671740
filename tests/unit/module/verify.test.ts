import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/lib/base/canonical-json.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import { sha256Hex } from '../../../src/lib/base/sha256.ts';
import type { Commit, Module } from '../../../src/lib/module/module-types.ts';
import { verifyModule } from '../../../src/lib/module/verify.ts';
import type { Example } from './example-module.ts';
import { buildExample, prepareExample } from './example-module.ts';
import type { MemoryDestination } from './memory-destination.ts';
import { createMemoryDestination, putFiles } from './memory-destination.ts';

const FOREIGN_STEPS = 'steps.json ends with another publication than the commit speaks of.';
const PREFIX = 'hr/people/v/1.0.0';

let example: Example;
let module: Module;
let store: MemoryDestination;

beforeAll(async () => {
  example = await prepareExample();
  module = await buildExample(example.request);
});
afterAll(() => example.engine.dispose());
beforeEach(() => {
  store = createMemoryDestination();
  putFiles(store, PREFIX, module.files);
});

const at = (path: string) => `${PREFIX}/${path}`;
const bytesOf = (path: string) => store.objects.get(at(path)) ?? new Uint8Array();
const put = (path: string, content: Uint8Array | string) =>
  store.objects.set(at(path), typeof content === 'string' ? new TextEncoder().encode(content) : content);
const jsonOf = (path: string) => JSON.parse(new TextDecoder().decode(bytesOf(path)));
const parquetPath = () => module.files.find((file) => file.path.endsWith('.parquet'))?.path ?? '';

async function findings(severity: 'error' | 'info', prefix = PREFIX): Promise<readonly string[]> {
  const verified = unwrap(await verifyModule({ reader: store, prefix, engine: example.engine }));
  expect(verified.valid).toBe(verified.findings.every((finding) => finding.severity !== 'error'));
  return verified.findings
    .filter((finding) => finding.severity === severity)
    .map((finding) => finding.message);
}

/** Writes a file and makes the commit fit it again, as a careful forger would. */
async function forge(path: string, content: string | Uint8Array): Promise<void> {
  put(path, content);
  const commit: Commit = jsonOf('_COMMIT.json');
  const files = await Promise.all(
    commit.files.map(async (file) =>
      file.path === path
        ? { path, sha256: await sha256Hex(bytesOf(path)), sizeBytes: bytesOf(path).byteLength }
        : file,
    ),
  );
  put('_COMMIT.json', canonicalJson({ ...commit, files }));
}

async function forgeJson(
  path: string,
  change: (document: Record<string, unknown>) => unknown,
): Promise<void> {
  await forge(path, canonicalJson(change(jsonOf(path))));
}

describe('a module as it was published', () => {
  it('is valid, and what could not be told is said', async () => {
    expect(await findings('error')).toEqual([]);
    expect(await findings('info')).toEqual([
      'It names no version before it.',
      'It is not signed: its parts fit together, but who made it cannot be told from it.',
    ]);
  });

  it('is valid at the root of a reader too, and without an engine', async () => {
    const flat = createMemoryDestination();
    putFiles(flat, '', module.files);
    const verified = unwrap(await verifyModule({ reader: flat, prefix: '' }));
    expect(verified.valid).toBe(true);
    expect(verified.findings.map((finding) => finding.message)).toContain(
      'The data files were not opened: their schema was not compared.',
    );
  });
});

describe('what was tampered with is found', () => {
  it('one bit in any file', async () => {
    for (const { path } of module.files.slice(0, -1)) {
      store = createMemoryDestination();
      putFiles(store, PREFIX, module.files);
      const bytes = bytesOf(path);
      bytes[bytes.byteLength - 1] = (bytes[bytes.byteLength - 1] ?? 0) ^ 1;
      expect(await findings('error')).toEqual([`${path} was changed: its SHA-256 is not the committed one.`]);
    }
  });

  it('one bit in the commit', async () => {
    const original = bytesOf('_COMMIT.json').slice();
    const silent: number[] = [];
    for (let i = 0; i < original.byteLength; i += 7) {
      const bytes = original.slice();
      bytes[i] = (bytes[i] ?? 0) ^ 1;
      put('_COMMIT.json', bytes);
      if ((await verifyModule({ reader: store, prefix: PREFIX }).then(unwrap)).valid) silent.push(i);
    }
    expect(silent).toEqual([]);
  });

  it('a file cut short, emptied, deleted, added or renamed', async () => {
    put('README.md', bytesOf('README.md').slice(0, -1));
    put('lineage.json', '');
    store.objects.delete(at('steps.json'));
    put('data/people-more.csv', 'a\r\n1\r\n');
    const lengths = ['README.md', 'lineage.json'].map(
      (path) => module.commit.files.find((file) => file.path === path)?.sizeBytes ?? 0,
    );
    expect(await findings('error')).toEqual([
      `README.md was changed: it has ${(lengths[0] ?? 0) - 1} bytes, committed were ${lengths[0]}.`,
      `lineage.json was changed: it has 0 bytes, committed were ${lengths[1]}.`,
      'steps.json is missing.',
      'data/people-more.csv is not part of this version: it was added later.',
    ]);
  });

  it('two files exchanged', async () => {
    const [csv, json] = [bytesOf('data/people.csv'), bytesOf('data/people.json')];
    put('data/people.csv', json);
    put('data/people.json', csv);
    expect((await findings('error')).length).toBe(2);
  });

  it('a data file renamed in the folder and in the commit', async () => {
    const commit: Commit = jsonOf('_COMMIT.json');
    put('data/part-00000-0000000000000000.parquet', bytesOf(parquetPath()));
    store.objects.delete(at(parquetPath()));
    const files = commit.files.map((file) =>
      file.path === parquetPath() ? { ...file, path: 'data/part-00000-0000000000000000.parquet' } : file,
    );
    put('_COMMIT.json', canonicalJson({ ...commit, files }));
    expect(await findings('error')).toEqual([
      'data/part-00000-0000000000000000.parquet is not named after its contents: it was renamed or exchanged.',
      'The gate did not judge these bytes of data/part-00000-0000000000000000.parquet.',
      'croissant.json does not describe data/part-00000-0000000000000000.parquet as it is.',
      `croissant.json describes ${parquetPath()}, which is not part of this version.`,
      FOREIGN_STEPS,
    ]);
  });

  it('data replaced with a commit made to fit', async () => {
    await forge('data/people.csv', 'user_token,city,age_group,salary\r\nx,y,z,1\r\n');
    expect(await findings('error')).toEqual([
      'The gate did not judge these bytes of data/people.csv.',
      'croissant.json does not describe data/people.csv as it is.',
      FOREIGN_STEPS,
      'data/people.csv has 1 rows, committed were 23.',
    ]);
  });

  it('a verdict that says blocked, or covers nothing', async () => {
    await forgeJson('gate.json', (gate) => ({ ...gate, verdict: 'blocked' }));
    expect(await findings('error')).toEqual(['The gate did not pass this version.']);
    await forgeJson('gate.json', (gate) => ({ ...gate, verdict: 'passed', files: [] }));
    expect((await findings('error')).length).toBe(3);
  });

  it('metadata of another version, other columns or no licence', async () => {
    await forgeJson('croissant.json', (croissant) => ({ ...croissant, version: '9.9.9', license: [] }));
    expect(await findings('error')).toEqual([
      'croissant.json, license: “license” is missing.',
      'croissant.json gives another version than the commit, 1.0.0.',
    ]);
  });

  it('columns the data do not have', async () => {
    const commit = jsonOf('_COMMIT.json');
    commit.data.columns[3].type = 'VARCHAR';
    put('_COMMIT.json', canonicalJson(commit));
    expect(await findings('error')).toEqual([
      FOREIGN_STEPS,
      `${parquetPath()} has other columns than the commit says.`,
    ]);
  });

  it('a copy under another name or number', async () => {
    const copy = createMemoryDestination();
    putFiles(copy, 'hr/people/v/1.0.1', module.files);
    store = copy;
    expect(await findings('error', 'hr/people/v/1.0.1')).toEqual([
      'This folder is hr/people/v/1.0.1, but its commit is that of hr/people/v/1.0.0.',
    ]);
  });
});

describe('a commit that is none', () => {
  const cases: readonly (readonly [string, string | Uint8Array | null, string])[] = [
    ['missing', null, 'There is no _COMMIT.json, so this is not a published version.'],
    ['empty', '', '_COMMIT.json is not valid JSON.'],
    ['not UTF-8', new Uint8Array([0x7b, 0xff]), '_COMMIT.json is not valid JSON.'],
    ['an array', '[]', '_COMMIT.json is not a JSON object.'],
    ['another format', '{"format":"x"}', '_COMMIT.json is not of the format sluice-module/1.'],
    ['a hundred thousand brackets', '['.repeat(100_000), '_COMMIT.json is not valid JSON.'],
    [
      'deeply nested',
      `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      '_COMMIT.json is not of the format sluice-module/1.',
    ],
    ['larger than any document', new Uint8Array(64 * 1024 * 1024 + 1), '_COMMIT.json is larger than 64 MiB.'],
    [
      'inherited members',
      '{"__proto__":{"format":"sluice-module/1"}}',
      '_COMMIT.json is not of the format sluice-module/1.',
    ],
  ];
  for (const [name, content, message] of cases) {
    it(name, async () => {
      if (content === null) store.objects.delete(at('_COMMIT.json'));
      else put('_COMMIT.json', content);
      expect(await findings('error')).toEqual([message]);
    });
  }

  const changed: readonly (readonly [string, (commit: Record<string, unknown>) => unknown, string])[] = [
    [
      'a path that leaves the folder',
      (commit) => ({ ...commit, files: [{ path: '../x', sha256: 'a'.repeat(64), sizeBytes: 1 }] }),
      '_COMMIT.json does not name its files with path, SHA-256 and size.',
    ],
    [
      'no files',
      (commit) => ({ ...commit, files: [] }),
      '_COMMIT.json does not name its files with path, SHA-256 and size.',
    ],
    [
      'a doubled file',
      (commit) => ({ ...commit, files: [...(commit['files'] as []), ...(commit['files'] as [])] }),
      '_COMMIT.json names a file twice.',
    ],
    [
      'a blocked gate',
      (commit) => ({ ...commit, gate: { verdict: 'blocked' } }),
      '_COMMIT.json does not say that the gate passed.',
    ],
    [
      'a negative number of rows',
      (commit) => ({ ...commit, data: { rows: -1, columns: [] } }),
      '_COMMIT.json does not describe its rows and columns.',
    ],
    [
      'a version that is no number',
      (commit) => ({ ...commit, version: '1.0' }),
      '_COMMIT.json does not say which version it is.',
    ],
    [
      'a malformed predecessor',
      (commit) => ({ ...commit, previous: { version: '../1' } }),
      '_COMMIT.json names its previous version in a form that cannot be read.',
    ],
  ];
  for (const [name, change, message] of changed) {
    it(name, async () => {
      put('_COMMIT.json', canonicalJson(change(jsonOf('_COMMIT.json'))));
      expect(await findings('error')).toEqual([message]);
    });
  }

  it('one that names data only', async () => {
    const commit: Commit = jsonOf('_COMMIT.json');
    put(
      '_COMMIT.json',
      canonicalJson({ ...commit, files: commit.files.filter((file) => file.path.startsWith('data/')) }),
    );
    expect(
      (await findings('error')).filter((message) => message.endsWith('is not part of the commit.')).length,
    ).toBe(6);
  });
});

describe('the version before', () => {
  it('is reached and unchanged, changed, or out of reach', async () => {
    const next = await buildExample({
      ...example.request,
      version: {
        version: '1.0.1',
        change: 'patch',
        reason: '',
        previous: { version: '1.0.0', sha256: module.commitSha256 },
      },
    });
    putFiles(store, 'hr/people/v/1.0.1', next.files);
    const prefix = 'hr/people/v/1.0.1';
    expect(await findings('info', prefix)).toContain('It follows version 1.0.0, which is unchanged.');
    put('_COMMIT.json', '{}');
    expect(await findings('error', prefix)).toEqual([
      'The version before, 1.0.0, was changed since this one was made.',
    ]);
    store.objects.delete(at('_COMMIT.json'));
    expect(await findings('info', prefix)).toContain(
      'The version before, 1.0.0, could not be reached, so the chain was not checked.',
    );
    expect(await findings('error', prefix)).toEqual([]);
  });
});
