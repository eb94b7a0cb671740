import { beforeEach, describe, expect, it } from 'vitest';
import commit from '../../golden/module/output/_COMMIT.json?raw';
import { createLibraryDestination } from '../../../src/lib/publish/library.ts';
import { sweepLibrary, whilePublishing } from '../../../src/lib/publish/library-sweep.ts';
import { removeLibraryFiles } from '../../../src/lib/store/library-files.ts';

const library = createLibraryDestination();
const nothing = { ok: true, value: [] };

async function paths(): Promise<readonly string[]> {
  const listed = await library.list('');
  return listed.ok ? listed.value.map(({ path }) => path) : [listed.error.code];
}

async function write(path: string, text = 'half'): Promise<void> {
  expect(await library.write(path, new TextEncoder().encode(text), { ifAbsent: false })).toMatchObject({
    ok: true,
  });
}

async function readIndex(): Promise<unknown> {
  const read = await library.read('hr/people/index.json');
  return read.ok ? JSON.parse(new TextDecoder().decode(read.value)) : read.error.code;
}

const writeVersion = (version: string) =>
  write(
    `hr/people/v/${version}/_COMMIT.json`,
    commit.replace('"version": "1.0.0"', `"version": "${version}"`),
  );

beforeEach(async () => {
  for (const path of await paths()) await removeLibraryFiles(path.split('/')[0] ?? '');
});

describe('the sweep of the library', () => {
  it('has nothing to do in an empty one', async () => {
    expect([await sweepLibrary(), await paths()]).toEqual([nothing, []]);
  });

  it('removes a version without its commit, and nothing else', async () => {
    await writeVersion('1.0.0');
    await write('hr/people/v/1.0.0/README.md');
    await write('hr/people/v/1.0.1/README.md');
    await write('hr/people/v/1.0.1/data/part-00000-0123456789abcdef.parquet');
    await write('ops/totals/v/1.0.0/README.md');
    await write('notes.txt');
    expect(await sweepLibrary()).toEqual({
      ok: true,
      value: ['hr/people/v/1.0.1', 'ops/totals/v/1.0.0'],
    });
    expect(await paths()).toEqual([
      'hr/people/index.json',
      'hr/people/v/1.0.0/README.md',
      'hr/people/v/1.0.0/_COMMIT.json',
      'notes.txt',
    ]);
  });

  it('writes the index that a kill after the commit left behind, and only then', async () => {
    await writeVersion('1.0.0');
    await sweepLibrary();
    expect(await readIndex()).toMatchObject({ newest: '1.0.0', versions: [{ version: '1.0.0' }] });
    await writeVersion('1.1.0');
    await sweepLibrary();
    expect(await readIndex()).toMatchObject({
      newest: '1.1.0',
      versions: [{ version: '1.1.0' }, { version: '1.0.0' }],
    });
    const root = await navigator.storage.getDirectory();
    const folder = await (await root.getDirectoryHandle('library')).getDirectoryHandle('hr');
    const handle = await (await folder.getDirectoryHandle('people')).getFileHandle('index.json');
    const { lastModified } = await handle.getFile();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await sweepLibrary();
    expect((await handle.getFile()).lastModified).toBe(lastModified);
    await write('hr/people/index.json', 'torn');
    await sweepLibrary();
    expect(await readIndex()).toMatchObject({ newest: '1.1.0' });
  });

  it('does nothing while anyone publishes', async () => {
    await write('hr/people/v/1.0.0/README.md');
    await whilePublishing(async () => {
      expect(await sweepLibrary()).toEqual(nothing);
      expect(await paths()).toEqual(['hr/people/v/1.0.0/README.md']);
    });
    expect(await sweepLibrary()).toEqual({ ok: true, value: ['hr/people/v/1.0.0'] });
  });
});
