// The files of a folder a person picked, tried on a folder of the origin's private files, which has the same handles.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  holdsChosenBytes,
  listChosenFiles,
  readChosenFile,
  writeChosenFile,
  type ChosenWriteOptions,
} from '../../../src/lib/store/chosen-folder.ts';
import { sha256Hex } from '../../../src/lib/base/sha256.ts';
import { closeDatabase } from '../../../src/lib/store/database.ts';
import {
  askFolderPermission,
  isFolderPermitted,
  pickFolder,
  readFolderHandle,
} from '../../../src/lib/store/folder-handle.ts';

const DONE = { ok: true, value: null };
const ONCE = { ifAbsent: true } as const;
const encode = (text: string) => new TextEncoder().encode(text);

let root: FileSystemDirectoryHandle;

beforeEach(async () => {
  const all = await navigator.storage.getDirectory();
  await all.removeEntry('picked', { recursive: true }).catch(() => undefined);
  root = await all.getDirectoryHandle('picked', { create: true });
});

afterEach(() => {
  vi.restoreAllMocks();
});

const write = (path: string, body: string | Blob, options: ChosenWriteOptions = ONCE) =>
  writeChosenFile(root, path, typeof body === 'string' ? encode(body) : body, options);

async function codeOf(work: Promise<{ ok: boolean; error?: { code: string } }>): Promise<string> {
  return (await work).error?.code ?? 'ok';
}

async function textOf(path: string): Promise<string> {
  const read = await readChosenFile(root, path);
  return read.ok ? new TextDecoder().decode(read.value) : read.error.code;
}

async function paths(prefix = ''): Promise<readonly string[] | string> {
  const listed = await listChosenFiles(root, prefix);
  return listed.ok ? listed.value.map(({ path }) => path) : listed.error.code;
}

/** Everything that lies there, partial files too. */
async function names(folder = root, path = ''): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [name, handle] of folder.entries())
    if (handle.kind === 'file') found.push(path + name);
    else found.push(...(await names(handle as FileSystemDirectoryHandle, `${path}${name}/`)));
  return found.sort();
}

describe('a chosen folder', () => {
  it('tells whether a file has a size and a digest', async () => {
    await write('a/b', 'ours');
    const expected = { sizeBytes: 4, sha256: await sha256Hex(encode('ours')) };
    expect(await holdsChosenBytes(root, 'a/b', expected)).toEqual({ ok: true, value: true });
    await write('a/b', 'hers', { ifAbsent: false });
    expect(await holdsChosenBytes(root, 'a/b', expected)).toEqual({ ok: true, value: false });
    expect(await holdsChosenBytes(root, 'a/c', expected)).toEqual({ ok: true, value: false });
  });

  it('gives back what was written, by path and by prefix', async () => {
    const progress: number[] = [];
    for (const path of ['hr/users/v/1.0.0/README.md', 'hr/users/index.json', 'hr/users2/index.json', 'x'])
      expect(await write(path, path, { ...ONCE, onProgress: (bytes) => progress.push(bytes) })).toEqual(DONE);
    expect(progress).toEqual([26, 19, 20, 1]);
    expect(await textOf('hr/users/index.json')).toBe('hr/users/index.json');
    expect(await paths()).toEqual([
      'hr/users/index.json',
      'hr/users/v/1.0.0/README.md',
      'hr/users2/index.json',
      'x',
    ]);
    expect(await paths('hr/users/')).toEqual(['hr/users/index.json', 'hr/users/v/1.0.0/README.md']);
    expect(await paths('hr/us')).toHaveLength(3);
    expect(await paths('nobody/')).toEqual([]);
    expect(await textOf('hr/nothing')).toBe('destination-missing');
    expect(await textOf('hr/users')).not.toBe('ok');
  });

  it('writes once where it is told to, replaces elsewhere, and mends what a broken write left empty', async () => {
    expect(await write('a/b', 'one')).toEqual(DONE);
    expect(await codeOf(write('a/b', 'two'))).toBe('destination-exists');
    expect(await textOf('a/b')).toBe('one');
    expect(await write('a/b', 'three', { ifAbsent: false })).toEqual(DONE);
    expect(await textOf('a/b')).toBe('three');
    await root.getFileHandle('empty', { create: true });
    expect(await write('empty', 'whole')).toEqual(DONE);
    expect(await textOf('empty')).toBe('whole');
  });

  it('lets one of many writers win, and its bytes stay', async () => {
    const bodies = Array.from({ length: 12 }, (_, n) => `writer ${n}`);
    const outcomes = await Promise.all(bodies.map((body) => codeOf(write('v/_COMMIT.json', body))));
    expect(outcomes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(outcomes.filter((code) => code === 'destination-exists')).toHaveLength(11);
    expect(await textOf('v/_COMMIT.json')).toBe(bodies[outcomes.indexOf('ok')]);
    expect(await names()).toEqual(['v/_COMMIT.json']);
  });

  it('leaves nothing of a write that breaks off, or is cancelled before or during it', async () => {
    const broken = vi
      .spyOn(FileSystemWritableFileStream.prototype, 'close')
      .mockRejectedValue(new DOMException('The disk is full.', 'QuotaExceededError'));
    const failed = await write('a/large', new Blob(['x'.repeat(100_000)]));
    expect(failed).toMatchObject({
      ok: false,
      error: { code: 'destination-failed', message: expect.stringContaining('the disk is full') },
    });
    broken.mockRestore();
    expect(await names()).toEqual([]);
    expect(await codeOf(write('a/b', 'x', { ...ONCE, signal: AbortSignal.abort() }))).toBe(
      'destination-cancelled',
    );
    const during = new AbortController();
    vi.spyOn(FileSystemWritableFileStream.prototype, 'close').mockImplementationOnce(function (
      this: FileSystemWritableFileStream,
    ) {
      during.abort();
      return WritableStream.prototype.close.call(this);
    });
    expect(await codeOf(write('a/c', 'x', { ...ONCE, signal: during.signal }))).toBe('destination-cancelled');
    expect(await names()).toEqual([]);
    expect(await write('a/b', 'x')).toEqual(DONE);
  });

  it('does not list what another writer has not finished', async () => {
    await root.getFileHandle('data.csv.sluice-partial-0a1b', { create: true });
    await write('data.csv', 'n');
    expect(await paths()).toEqual(['data.csv']);
  });

  it('stays below the folder, whatever the path', async () => {
    for (const path of ['../x', 'a/../../x', '/x', 'a//b', 'a\\b', './x', '', 'a/', 'a\0b', 'a\nb', '..']) {
      expect(await codeOf(write(path, 'x')), JSON.stringify(path)).toBe('destination-path');
      expect(await textOf(path), JSON.stringify(path)).toBe('destination-path');
    }
    for (const prefix of ['../', 'a/../', '/', 'a//']) expect(await paths(prefix)).toBe('destination-path');
    expect(await names()).toEqual([]);
  });

  it('says what stands in the way, and that the folder is gone', async () => {
    await write('taken', 'a file');
    expect(await write('taken/below', 'x')).toMatchObject({ ok: false });
    expect(await textOf('taken')).toBe('a file');
    const all = await navigator.storage.getDirectory();
    await all.removeEntry('picked', { recursive: true });
    expect(await paths()).toBe('destination-failed');
    expect(await codeOf(write('a', 'x'))).toBe('destination-failed');
  });
});

interface Permitting {
  queryPermission(): Promise<PermissionState>;
  requestPermission(): Promise<PermissionState>;
}

describe('the permission of a chosen folder', () => {
  beforeEach(async () => {
    await closeDatabase();
    await deleteDB('sluice');
  });

  it('is kept as a handle, without what it allows', async () => {
    expect(await readFolderHandle()).toEqual({ ok: true, value: null });
    vi.stubGlobal('showDirectoryPicker', () => Promise.resolve(root));
    expect(await pickFolder()).toMatchObject({ ok: true, value: { name: 'picked' } });
    const kept = await readFolderHandle();
    expect(kept.ok && (await kept.value?.isSameEntry(root))).toBe(true);
    vi.unstubAllGlobals();
  });

  it('a closed picker chooses nothing, and one the browser refuses is told', async () => {
    vi.stubGlobal('showDirectoryPicker', () => Promise.reject(new DOMException('', 'AbortError')));
    expect(await pickFolder()).toEqual({ ok: true, value: null });
    expect(await readFolderHandle()).toEqual({ ok: true, value: null });
    vi.stubGlobal('showDirectoryPicker', () => Promise.reject(new DOMException('No.', 'SecurityError')));
    expect(await pickFolder()).toMatchObject({ ok: false });
    vi.unstubAllGlobals();
  });

  it('is asked for and may be denied', async () => {
    const handle = root as FileSystemDirectoryHandle & Permitting;
    for (const state of ['granted', 'denied', 'prompt'] as const) {
      vi.spyOn(handle, 'queryPermission').mockResolvedValue(state);
      vi.spyOn(handle, 'requestPermission').mockResolvedValue(state);
      expect(await isFolderPermitted(root)).toBe(state === 'granted');
      expect(await askFolderPermission(root)).toBe(state === 'granted');
    }
    vi.spyOn(handle, 'requestPermission').mockRejectedValue(new DOMException('', 'SecurityError'));
    expect(await askFolderPermission(root)).toBe(false);
  });

  it('a folder that lost it says so, and changes nothing', async () => {
    vi.spyOn(root, 'getDirectoryHandle').mockRejectedValue(new DOMException('', 'NotAllowedError'));
    expect(await codeOf(write('a/b', 'x'))).toBe('folder-permission');
    expect(await textOf('a/b')).toBe('folder-permission');
    vi.restoreAllMocks();
    expect(await names()).toEqual([]);
  });
});
