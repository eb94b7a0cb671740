import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createLibraryDestination } from '../../../src/lib/publish/library.ts';
import { removeLibraryFiles } from '../../../src/lib/store/library-files.ts';
import { measureStorage, requestPersistence } from '../../../src/lib/store/storage-space.ts';

const library = createLibraryDestination();
const bytes = (text: string) => new TextEncoder().encode(text);
const done = { ok: true, value: null };

async function textOf(path: string): Promise<string> {
  const read = await library.read(path);
  return read.ok ? new TextDecoder().decode(read.value) : read.error.code;
}

async function list(prefix: string): Promise<readonly string[] | string> {
  const listed = await library.list(prefix);
  return listed.ok ? listed.value.map(({ path, sizeBytes }) => `${path} ${sizeBytes}`) : listed.error.code;
}

async function partialNames(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  const names: string[] = [];
  for await (const name of (await root.getDirectoryHandle('partial', { create: true })).keys())
    names.push(name);
  return names;
}

beforeEach(async () => {
  const listed = await library.list('');
  for (const { path } of listed.ok ? listed.value : []) await removeLibraryFiles(path.split('/')[0] ?? '');
});

describe('the library', () => {
  it('gives back what was written, by path and by prefix', async () => {
    for (const path of [
      'hr/users/v/1.0.0/_COMMIT.json',
      'hr/users/index.json',
      'hr/users2/index.json',
      'x',
    ]) {
      expect(await library.write(path, bytes(path), { ifAbsent: true })).toEqual(done);
    }
    expect(await textOf('hr/users/index.json')).toBe('hr/users/index.json');
    expect([
      await list(''),
      await list('hr/users'),
      await list('hr/users/'),
      await list('hr/users/v/1'),
      await list('y/z'),
    ]).toEqual([
      ['hr/users/index.json 19', 'hr/users/v/1.0.0/_COMMIT.json 29', 'hr/users2/index.json 20', 'x 1'],
      ['hr/users/index.json 19', 'hr/users/v/1.0.0/_COMMIT.json 29', 'hr/users2/index.json 20'],
      ['hr/users/index.json 19', 'hr/users/v/1.0.0/_COMMIT.json 29'],
      ['hr/users/v/1.0.0/_COMMIT.json 29'],
      [],
    ]);
    expect([library.describe('hr/users'), await partialNames()]).toEqual(['library:hr/users', []]);
  });

  it('keeps bytes as they are, none among them, under any name', async () => {
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    await library.write('дані/😀 %2e.bin', all, { ifAbsent: true });
    await library.write('empty', new Uint8Array(), { ifAbsent: true });
    expect([await library.read('дані/😀 %2e.bin'), await library.read('empty')]).toEqual([
      { ok: true, value: all },
      { ok: true, value: new Uint8Array() },
    ]);
  });

  it('writes a part of a larger buffer', async () => {
    await library.write('part', new Uint8Array([1, 2, 3, 4]).subarray(1, 3), { ifAbsent: true });
    expect(await library.read('part')).toEqual({ ok: true, value: new Uint8Array([2, 3]) });
  });

  it('never replaces what it should not, and replaces what it may', async () => {
    await library.write('a', bytes('first'), { ifAbsent: true });
    expect(await library.write('a', bytes('second'), { ifAbsent: true })).toMatchObject({
      ok: false,
      error: { code: 'destination-exists' },
    });
    expect(await textOf('a')).toBe('first');
    expect(await library.write('a', bytes('third, longer'), { ifAbsent: false })).toEqual(done);
    expect([await textOf('a'), await partialNames()]).toEqual(['third, longer', []]);
  });

  it('lets one of ten racing writers win, and its bytes are whole', async () => {
    const writers = Array.from({ length: 10 }, (_, index) => bytes(String(index).repeat(100_000)));
    const outcomes = await Promise.all(
      writers.map((own) => library.write('race/a', own, { ifAbsent: true })),
    );
    const winners = outcomes.flatMap(({ ok }, index) => (ok ? [index] : []));
    expect(winners.length).toBe(1);
    expect(await library.read('race/a')).toEqual({ ok: true, value: writers[winners[0] ?? -1] });
  });

  it('works without rename as well', async () => {
    const move = Object.getOwnPropertyDescriptor(FileSystemFileHandle.prototype, 'move');
    if (!move) throw new Error('this browser has no move');
    Reflect.deleteProperty(FileSystemFileHandle.prototype, 'move');
    onTestFinished(() => void Object.defineProperty(FileSystemFileHandle.prototype, 'move', move));
    await library.write('copied', bytes('x'), { ifAbsent: true });
    await library.write('copied', bytes('yy'), { ifAbsent: false });
    expect([await textOf('copied'), await partialNames()]).toEqual(['yy', []]);
  });

  it.each(['../x', 'a/../../x', '/x', 'a//x', '', 'a/./x', 'a\\..\\x'])(
    'refuses the path %j',
    async (path) => {
      expect([
        await textOf(path),
        await library.write(path, bytes('x'), { ifAbsent: false }),
        await removeLibraryFiles(path),
      ]).toMatchObject([
        'destination-path',
        { ok: false, error: { code: 'destination-path' } },
        { ok: false },
      ]);
    },
  );

  it('refuses to list above itself', async () => {
    expect([await list('../'), await list('a/../../')]).toEqual(['destination-path', 'destination-path']);
  });

  it('says what is missing, and where a file stands in the way of a folder', async () => {
    await library.write('a/b', bytes('x'), { ifAbsent: true });
    expect([
      await textOf('none'),
      await textOf('none/at/all'),
      await textOf('a'),
      await textOf('a/b/c'),
    ]).toEqual(Array(4).fill('destination-missing'));
    expect(await library.write('a/b/c', bytes('x'), { ifAbsent: true })).toMatchObject({
      error: { code: 'destination-failed' },
    });
    expect(await library.write('a', bytes('x'), { ifAbsent: false })).toMatchObject({ ok: false });
    expect([await textOf('a/b'), await partialNames()]).toEqual(['x', []]);
  });
});

describe('the storage', () => {
  it('says what is used and asks to last', async () => {
    const measured = await measureStorage();
    expect(measured).toEqual({
      ok: true,
      value: {
        usedBytes: expect.any(Number),
        quotaBytes: expect.any(Number),
        isPersistent: expect.any(Boolean),
      },
    });
    expect(measured.ok && measured.value.quotaBytes > measured.value.usedBytes).toBe(true);
    expect(await requestPersistence()).toEqual({ ok: true, value: expect.any(Boolean) });
  });
});
