import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fail, unwrap } from '../../../src/lib/base/result.ts';
import {
  listTakenVersions,
  listVersions,
  readNewestVersion,
  readVersion,
} from '../../../src/lib/module/list-modules.ts';
import type { Module } from '../../../src/lib/module/module-types.ts';
import { verifyModule } from '../../../src/lib/module/verify.ts';
import type { Destination } from '../../../src/lib/publish/destination.ts';
import { publishModule } from '../../../src/lib/publish/publish-module.ts';
import { uploadOfModule } from '../../../src/lib/publish/upload.ts';
import type { Example } from '../module/example-module.ts';
import { buildExample, prepareExample } from '../module/example-module.ts';
import { createMemoryDestination } from '../module/memory-destination.ts';

let example: Example;
let module: Module;

beforeAll(async () => {
  example = await prepareExample();
  module = await buildExample(example.request);
});
afterAll(() => example.engine.dispose());

const numbered = (version: string) =>
  buildExample({ ...example.request, version: { version, change: 'patch', reason: '', previous: null } });

describe('publishModule', () => {
  it('writes the commit after every other file, then the index', async () => {
    const store = createMemoryDestination();
    const seen: string[] = [];
    const published = unwrap(await publishModule(module, store, ({ path }) => seen.push(path)));
    const names = uploadOfModule(module).files.map((file) => file.path);
    expect([...names].sort()).toEqual(module.files.map((file) => file.path).sort());
    const paths = names.map((name) => `hr/people/v/1.0.0/${name}`);
    expect(store.writes).toEqual([...paths, 'hr/people/index.json']);
    expect(paths.at(-1)).toBe('hr/people/v/1.0.0/_COMMIT.json');
    expect(seen.filter((path, i) => path !== seen[i - 1])).toEqual([...names, 'index.json']);
    expect(published).toEqual({
      summary: module.summary,
      uri: 'memory:hr/people/v/1.0.0',
      commitSha256: module.commitSha256,
      indexProblem: null,
    });
    expect(unwrap(await verifyModule({ reader: store, prefix: module.prefix })).valid).toBe(true);
  });

  it('is no version before its commit is written, and goes on where it broke off', async () => {
    const store = createMemoryDestination();
    let left = 5;
    const failing: Destination = {
      ...store,
      write: async (path, bytes, options) =>
        left-- > 0
          ? store.write(path, bytes, options)
          : fail({ code: 'destination-failed', message: 'The line is cut.' }),
    };
    expect(await publishModule(module, failing)).toEqual(
      fail({ code: 'destination-failed', message: 'The line is cut.' }),
    );
    expect(unwrap(await listVersions(store))).toEqual([]);
    expect([...unwrap(await listTakenVersions(store, 'hr', 'people'))]).toEqual(['1.0.0']);
    unwrap(await publishModule(module, store));
    expect(unwrap(await listVersions(store))).toEqual([module.summary]);
    expect(store.writes.length).toBe(module.files.length + 1);
  });

  it('leaves what another writer has published alone and tells the next free number', async () => {
    const store = createMemoryDestination();
    const theirs = await buildExample({ ...example.request, actor: 'someone else' });
    unwrap(await publishModule(theirs, store));
    const before = new Map(store.objects);
    expect(await publishModule(module, store)).toEqual(
      fail({
        code: 'publish-version-taken',
        message: 'Version 1.0.0 of hr/people was written by someone else.',
        hint: 'Check again and publish: the next free number is 1.0.1.',
      }),
    );
    expect(store.objects).toEqual(before);
  });

  it('says of files without a commit that somebody else began the version', async () => {
    const store = createMemoryDestination();
    store.objects.set(`${module.prefix}/README.md`, new TextEncoder().encode('theirs'));
    expect(await publishModule(module, store)).toMatchObject({
      error: {
        code: 'publish-version-taken',
        message: 'Version 1.0.0 of hr/people was begun by someone else.',
        hint: 'Check again and publish: the next free number is 1.0.1.',
      },
    });
    expect(String.fromCharCode(...(store.objects.get(`${module.prefix}/README.md`) ?? []))).toBe('theirs');
  });

  it('lets one of two simultaneous writers win', async () => {
    const store = createMemoryDestination();
    const theirs = await buildExample({ ...example.request, actor: 'someone else' });
    const outcomes = await Promise.all([publishModule(module, store), publishModule(theirs, store)]);
    expect(outcomes.map((outcome) => outcome.ok).sort()).toEqual([false, true]);
    expect(unwrap(await verifyModule({ reader: store, prefix: module.prefix })).valid).toBe(true);
  });
});

describe('listing and reading', () => {
  it('lists committed versions, newest first, and reads one whole', async () => {
    const store = createMemoryDestination();
    for (const version of ['1.0.0', '1.10.0', '1.9.0'])
      unwrap(await publishModule(await numbered(version), store));
    store.objects.set('hr/people/v/2.0.0/README.md', new Uint8Array([1]));
    store.objects.set('hr/people/v/3.0.0/_COMMIT.json', new TextEncoder().encode('{}'));
    store.objects.set(
      'hr/people/v/4.0.0/_COMMIT.json',
      store.objects.get('hr/people/v/1.0.0/_COMMIT.json') ?? new Uint8Array(),
    );
    store.objects.set('elsewhere.txt', new Uint8Array());
    expect(unwrap(await listVersions(store)).map((summary) => summary.version)).toEqual([
      '1.10.0',
      '1.9.0',
      '1.0.0',
    ]);
    const index = JSON.parse(new TextDecoder().decode(store.objects.get('hr/people/index.json')));
    expect([index.newest, index.versions.length]).toEqual(['1.10.0', 3]);
    const stored = unwrap(await readVersion(store, { namespace: 'hr', module: 'people', version: '1.0.0' }));
    expect(stored.files.map((file) => file.path).sort()).toEqual(
      module.files.map((file) => file.path).sort(),
    );
    expect(Object.keys(stored.view.documents).sort()).toEqual([
      '_COMMIT.json',
      'croissant.json',
      'gate.json',
      'lineage.json',
      'notebook.sluice.md',
      'quality.json',
      'risk.json',
      'steps.json',
    ]);
    expect(stored.view.columns).toEqual(example.request.columns);
    expect(stored.view.readme.startsWith('# People, tokenized\n')).toBe(true);
  });

  it('finds the newest version with its data, for the next to be compared with', async () => {
    const store = createMemoryDestination();
    expect(unwrap(await readNewestVersion(store, 'hr', 'people'))).toBeNull();
    unwrap(await publishModule(module, store));
    const newest = unwrap(await readNewestVersion(store, 'hr', 'people'));
    expect([newest?.version, newest?.commitSha256]).toEqual(['1.0.0', module.commitSha256]);
    expect(newest?.files.map((file) => file.format).sort()).toEqual(['csv', 'json', 'parquet']);
  });

  it('says which version is not there', async () => {
    const read = await readVersion(createMemoryDestination(), {
      namespace: 'hr',
      module: 'people',
      version: '7.0.0',
    });
    expect(read).toEqual(
      fail({
        code: 'module-missing',
        message: 'There is no version 7.0.0 of hr/people.',
        hint: 'List the versions, and choose one of them.',
      }),
    );
  });
});
