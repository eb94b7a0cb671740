import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fail, succeed, unwrap } from '../../../src/lib/base/result.ts';
import { cancelled } from '../../../src/lib/publish/destination.ts';
import type { Destination } from '../../../src/lib/publish/destination.ts';
import { publishUpload } from '../../../src/lib/publish/publish-upload.ts';
import type { Upload, UploadProgress } from '../../../src/lib/publish/upload-types.ts';
import { uploadOfModule } from '../../../src/lib/publish/upload.ts';
import { buildExample, prepareExample } from '../module/example-module.ts';
import type { Example } from '../module/example-module.ts';
import { createMemoryDestination } from '../module/memory-destination.ts';

let example: Example;
let upload: Upload;

beforeAll(async () => {
  example = await prepareExample();
  upload = uploadOfModule(await buildExample(example.request));
});
afterAll(() => example.engine.dispose());

describe('publishUpload', () => {
  it('tells bytes that only grow, up to all of them', async () => {
    const seen: UploadProgress[] = [];
    unwrap(
      await publishUpload(upload, createMemoryDestination(), {
        onProgress: (progress) => seen.push(progress),
      }),
    );
    const bytes = seen.map(({ bytesDone }) => bytesDone);
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
    expect(seen.at(-1)).toEqual({
      path: 'index.json',
      filesDone: upload.files.length,
      filesTotal: upload.files.length,
      bytesDone: upload.summary.sizeBytes,
      bytesTotal: upload.summary.sizeBytes,
    });
  });

  it('writes no commit where an object is not listed', async () => {
    const store = createMemoryDestination();
    const losing: Destination = {
      ...store,
      list: async (prefix) => {
        const listed = unwrap(await store.list(prefix));
        return succeed(listed.filter(({ path }) => !path.endsWith('README.md')));
      },
    };
    const published = await publishUpload(upload, losing);
    expect(published.ok ? '' : published.error.code).toBe('publish-incomplete');
    expect(store.objects.has(`${upload.prefix}/_COMMIT.json`)).toBe(false);
  });

  it('is not first where the commit that is read back is not its own', async () => {
    const store = createMemoryDestination();
    const racing: Destination = {
      ...store,
      write: async (path, body, options) => {
        const written = await store.write(path, body, options);
        if (path.endsWith('_COMMIT.json')) store.objects.set(path, new TextEncoder().encode('theirs'));
        return written;
      },
    };
    const published = await publishUpload(upload, racing);
    expect(published.ok ? '' : published.error.code).toBe('publish-version-taken');
  });

  it('stands without its index, and says why that is missing', async () => {
    const store = createMemoryDestination();
    const cut = { code: 'destination-failed', message: 'The line is cut.' };
    const failing: Destination = {
      ...store,
      write: async (path, body, options) =>
        path.endsWith('index.json') ? fail(cut) : store.write(path, body, options),
    };
    expect(unwrap(await publishUpload(upload, failing)).indexProblem).toEqual(cut);
    expect(store.objects.has(`${upload.prefix}/_COMMIT.json`)).toBe(true);
  });

  it('writes the index anew while others publish, three times at most', async () => {
    const store = createMemoryDestination();
    const commit = upload.files.at(-1)?.body;
    if (!(commit instanceof Uint8Array)) throw new Error('no commit');
    const text = new TextDecoder().decode(commit);
    let others = 0;
    const busy: Destination = {
      ...store,
      write: async (path, body, options) => {
        const written = await store.write(path, body, options);
        if (path.endsWith('index.json') && others < 5) {
          others += 1;
          const theirs = text.replace('"version": "1.0.0"\n', `"version": "1.0.${others}"\n`);
          store.objects.set(`hr/people/v/1.0.${others}/_COMMIT.json`, new TextEncoder().encode(theirs));
        }
        return written;
      },
    };
    const published = unwrap(await publishUpload(upload, busy));
    expect(published.indexProblem?.code).toBe('publish-index-behind');
    expect(store.writes.filter((path) => path.endsWith('index.json')).length).toBe(3);
  });

  it('is published where it is cancelled while the commit is written', async () => {
    const store = createMemoryDestination();
    const controller = new AbortController();
    const decisive: string[] = [];
    const cancelling: Destination = {
      ...store,
      read: async (path, options) => (options?.signal?.aborted ? fail(cancelled(path)) : store.read(path)),
      write: async (path, body, options) => {
        if (options.isDecisive) decisive.push(path);
        const written = await store.write(path, body, options);
        if (path.endsWith('_COMMIT.json')) controller.abort();
        return written;
      },
    };
    const published = unwrap(await publishUpload(upload, cancelling, { signal: controller.signal }));
    expect(published.commitSha256).toBe(upload.commitSha256);
    expect(decisive).toEqual([`${upload.prefix}/_COMMIT.json`]);
  });

  it('reads nothing of another size to learn that it is not its own', async () => {
    const store = createMemoryDestination();
    store.objects.set(`${upload.prefix}/README.md`, new Uint8Array(100_000));
    const read: string[] = [];
    const taken: Destination = {
      ...store,
      read: (path) => {
        read.push(path);
        return store.read(path);
      },
    };
    const published = await publishUpload(upload, taken);
    expect(published.ok ? '' : published.error.code).toBe('publish-version-taken');
    expect(read.filter((path) => path.endsWith('README.md'))).toEqual([]);
  });

  it('writes no commit where another machine replaced a file of the same size meanwhile', async () => {
    const store = createMemoryDestination();
    const shared: Destination = {
      ...store,
      isUnguarded: true,
      write: async (path, body, options) => {
        const written = await store.write(path, body, options);
        const readme = store.objects.get(`${upload.prefix}/README.md`);
        if (path.includes('/data/') && readme) readme.reverse();
        return written;
      },
    };
    const published = await publishUpload(upload, shared);
    expect(published.ok ? '' : published.error.code).toBe('publish-version-taken');
    expect(store.objects.has(`${upload.prefix}/_COMMIT.json`)).toBe(false);
  });

  it('stops when it is cancelled, and goes on from there', async () => {
    const store = createMemoryDestination();
    const controller = new AbortController();
    const stopped = await publishUpload(upload, store, {
      signal: controller.signal,
      onProgress: ({ filesDone }) => {
        if (filesDone === 3) controller.abort();
      },
    });
    expect(stopped.ok ? '' : stopped.error.code).toBe('destination-cancelled');
    expect(store.writes.length).toBe(3);
    unwrap(await publishUpload(upload, store));
    expect(new Set(store.writes).size).toBe(store.writes.length);
  });
});
