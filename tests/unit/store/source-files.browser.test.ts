import { beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/lib/base/sha256.ts';
import { listSourceRecords } from '../../../src/lib/store/database.ts';
import { createSourceVault } from '../../../src/lib/store/source-files.ts';
import { SourceHolds } from '../../../src/lib/store/source-holds.ts';

const makeWorker = () =>
  new Worker(new URL('../../../workers/store.worker.ts', import.meta.url), { type: 'module' });
const now = new Date('2024-05-06T07:08:09Z');
const vault = createSourceVault(makeWorker, { now: () => now });
const root = () => navigator.storage.getDirectory();

/** Bytes that differ from chunk to chunk. */
function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed;
  for (let index = 0; index < words.length; index++)
    words[index] = state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return new Uint8Array(words.buffer, 0, length);
}

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await (await root()).getDirectoryHandle(folder, { create: true })).keys())
    names.push(name);
  return names.sort();
}

const missing = { ok: false, error: { code: 'source-missing' } };

beforeEach(async () => {
  await vault.removeUnused([], -1e15);
});

describe('a kept source', () => {
  it.each([0, 1, 4 * 1024 * 1024, 9_000_001])(
    'of %d bytes comes back whole under its SHA-256',
    async (length) => {
      const bytes = noise(length);
      const sha256 = await sha256Hex(bytes);
      const seen: number[] = [];
      const file = new File([bytes], 'users.csv');
      const kept = await vault.keep(file, { onProgress: (bytesSoFar) => seen.push(bytesSoFar) });
      expect(kept).toEqual({ ok: true, value: { sha256, sizeBytes: length } });
      const opened = await vault.open(sha256);
      if (!opened.ok) throw new Error(opened.error.message);
      expect([opened.value.size, await sha256Hex(new Uint8Array(await opened.value.arrayBuffer()))]).toEqual([
        length,
        sha256,
      ]);
      expect([await namesIn('sources'), await namesIn('partial')]).toEqual([[sha256], []]);
      expect((await listSourceRecords()) as unknown).toEqual({
        ok: true,
        value: [{ sha256, fileName: 'users.csv', sizeBytes: length, addedAt: now.toISOString() }],
      });
      expect(seen.at(-1) ?? 0).toBe(length);
    },
  );

  it('is not written again, nor twice by two at once', async () => {
    const file = new File([noise(5_000_000)], 'a.csv');
    const [first, second] = await Promise.all([vault.keep(file), vault.keep(file)]);
    expect(second).toEqual(first);
    const written = first.ok ? await vault.open(first.value.sha256) : first;
    await new Promise((resolve) => setTimeout(resolve, 20));
    await vault.keep(file);
    const again = first.ok ? await vault.open(first.value.sha256) : first;
    expect(written.ok && again.ok && written.value.lastModified === again.value.lastModified).toBe(true);
    expect([(await namesIn('sources')).length, await namesIn('partial')]).toEqual([1, []]);
  });

  it('is not confused with another of the same size', async () => {
    const kept = await Promise.all([1, 2].map((seed) => vault.keep(new File([noise(3_000_000, seed)], 'a'))));
    expect(await vault.keep(new File([noise(3_000_000, 3)], 'b'))).toMatchObject({ ok: true });
    expect([
      new Set(kept.map((one) => one.ok && one.value.sha256)).size,
      (await namesIn('sources')).length,
    ]).toEqual([2, 3]);
  });

  it('is not kept where it is only digested', async () => {
    const bytes = noise(20_000_000);
    expect(await vault.digest(new Blob([bytes]))).toEqual({
      ok: true,
      value: { sha256: await sha256Hex(bytes), sizeBytes: bytes.length },
    });
    expect([await namesIn('sources'), await namesIn('partial')]).toEqual([[], []]);
  });

  it('too large to be read at once comes back the same, and leaves nothing when cancelled half-way', async () => {
    const part = noise(10_000_001);
    const file = new File(Array(14).fill(part), 'large.csv');
    const cancelling = new AbortController();
    const cancelled = vault.keep(file, { signal: cancelling.signal, onProgress: () => cancelling.abort() });
    expect(await cancelled).toMatchObject({ ok: false, error: { code: 'storage-cancelled' } });
    expect([await namesIn('sources'), await namesIn('partial')]).toEqual([[], []]);
    const sha256 = await sha256Hex(new Uint8Array(await file.arrayBuffer()));
    expect(await vault.keep(file)).toEqual({ ok: true, value: { sha256, sizeBytes: 140_000_014 } });
    const opened = await vault.open(sha256);
    expect(opened.ok && opened.value.size).toBe(140_000_014);
  });

  it('is not kept where it was cancelled before it began', async () => {
    const file = new File([noise(1_000_000)], 'a');
    expect(await vault.keep(file, { signal: AbortSignal.abort() })).toMatchObject({
      error: { code: 'storage-cancelled' },
    });
    expect([await namesIn('sources'), await namesIn('partial')]).toEqual([[], []]);
  });

  it('is missing where it never was, or lost bytes', async () => {
    for (const sha256 of ['0'.repeat(64), '', '../x', '__proto__'])
      expect(await vault.open(sha256)).toMatchObject(missing);
    const kept = await vault.keep(new File(['abc'], 'a'));
    const sha256 = kept.ok ? kept.value.sha256 : '';
    const handle = await (await (await root()).getDirectoryHandle('sources')).getFileHandle(sha256);
    const writable = await handle.createWritable();
    await writable.write('a');
    await writable.close();
    expect(await vault.open(sha256)).toMatchObject(missing);
    await handle.createWritable().then((again) => again.close());
  });
});

describe('a file that lost its bytes', () => {
  it('is kept anew when it is given again', async () => {
    const file = new File(['abcdef'], 'a');
    const kept = await vault.keep(file);
    const sha256 = kept.ok ? kept.value.sha256 : '';
    const handle = await (await (await root()).getDirectoryHandle('sources')).getFileHandle(sha256);
    const writable = await handle.createWritable();
    await writable.write('a');
    await writable.close();
    await vault.keep(file);
    const opened = await vault.open(sha256);
    expect(opened.ok && (await opened.value.text())).toBe('abcdef');
  });
});

describe('cleaning up', () => {
  it('leaves what is in use, what is new, and what is being written', async () => {
    const shas: string[] = [];
    for (const text of ['used', 'unused']) {
      const kept = await vault.keep(new File([text], text));
      if (kept.ok) shas.push(kept.value.sha256);
    }
    const partial = await (await root()).getDirectoryHandle('partial', { create: true });
    for (const name of ['abandoned', 'live']) await partial.getFileHandle(name, { create: true });
    const old = createSourceVault(makeWorker, { now: () => new Date() });
    await navigator.locks.request('sluice-partial:live', async () => {
      expect(await old.removeUnused([shas[0] ?? ''])).toEqual({
        ok: true,
        value: { count: 0, freedBytes: 0 },
      });
      expect(await namesIn('partial')).toEqual(['live']);
    });
    expect(await old.removeUnused([shas[0] ?? ''], -1000)).toEqual({
      ok: true,
      value: { count: 1, freedBytes: 6 },
    });
    expect([await namesIn('sources'), await listSourceRecords()]).toMatchObject([
      [shas[0]],
      { value: [{ sha256: shas[0] }] },
    ]);
  });
});

describe('a source that a tab needs', () => {
  it('is not removed though no notebook names it, until the tab needs it no more', async () => {
    const shas: string[] = [];
    for (const text of ['open elsewhere', 'come back to by undo']) {
      const kept = await vault.keep(new File([text], text));
      if (kept.ok) shas.push(kept.value.sha256);
    }
    const [first = '', second = ''] = shas;
    const holds = new SourceHolds();
    holds.add([first]);
    holds.add([first, second]);
    expect(await vault.removeUnused([], -1e15)).toMatchObject({ value: { count: 0 } });
    holds.set([second]);
    expect(await vault.removeUnused([], -1e15)).toMatchObject({ value: { count: 1 } });
    expect(await namesIn('sources')).toEqual([second]);
    holds.set([]);
    expect(await vault.removeUnused([], -1e15)).toMatchObject({ value: { count: 1 } });
  });
});

describe('a worker that dies', () => {
  it('fails what waits for it, and another one does the next', async () => {
    const broken = () =>
      new Worker(URL.createObjectURL(new Blob(['throw new Error("broken")'])), { type: 'module' });
    let starts = 0;
    const mortal = createSourceVault(() => (starts++ === 0 ? broken() : makeWorker()));
    expect(await mortal.keep(new File(['x'], 'x'))).toMatchObject({
      ok: false,
      error: { code: 'storage-failed' },
    });
    expect(await mortal.keep(new File(['x'], 'x'))).toMatchObject({ ok: true });
    mortal.dispose();
  });
});

describe('90 MB', () => {
  it('are kept in seconds even on a busy machine, and leave the page free', async () => {
    const file = new File([noise(90_000_000)], 'customers.csv');
    let longestPauseMs = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longestPauseMs = Math.max(longestPauseMs, performance.now() - last);
      last = performance.now();
    }, 5);
    const started = performance.now();
    const kept = await vault.keep(file);
    const elapsedMs = performance.now() - started;
    clearInterval(timer);
    console.info(`kept 90 MB in ${elapsedMs.toFixed(0)} ms, longest pause ${longestPauseMs.toFixed(0)} ms`);
    expect(kept).toMatchObject({ ok: true, value: { sizeBytes: 90_000_000 } });
    expect(elapsedMs).toBeLessThan(10_000);
    expect(longestPauseMs).toBeLessThan(1_000);
  });
});
