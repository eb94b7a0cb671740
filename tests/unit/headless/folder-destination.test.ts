import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { createFolderDestination } from '../../../src/headless/folder-destination.ts';
import type { Destination } from '../../../src/lib/publish/destination.ts';

let parent: string;
let root: string;
let folder: Destination;
const bytes = (text: string) => new TextEncoder().encode(text);

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'sluice-folder-'));
  root = join(parent, 'modules');
  folder = createFolderDestination(root);
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

async function codeOf(action: Promise<{ readonly ok: boolean }>): Promise<string> {
  const outcome = (await action) as { ok: boolean; error?: { code: string } };
  return outcome.error?.code ?? 'done';
}

describe('a folder as a destination', () => {
  it('is empty before anything is written, and needs not exist', async () => {
    expect(unwrap(await folder.list(''))).toEqual([]);
    expect(await codeOf(folder.read('a/b.txt'))).toBe('destination-missing');
    expect(existsSync(root)).toBe(false);
  });

  it('keeps bytes, lists by prefix in order, and says where they are', async () => {
    unwrap(await folder.write('hr/b/v/1.0.0/x.json', bytes('xx'), { ifAbsent: true }));
    unwrap(await folder.write('hr/a.txt', bytes('ü'), { ifAbsent: true }));
    unwrap(await folder.write('other/c', bytes(''), { ifAbsent: true }));
    expect(unwrap(await folder.list('hr/'))).toEqual([
      { path: 'hr/a.txt', sizeBytes: 2 },
      { path: 'hr/b/v/1.0.0/x.json', sizeBytes: 2 },
    ]);
    expect(unwrap(await folder.list('hr/b/v/1')).length).toBe(1);
    expect(unwrap(await folder.read('hr/a.txt'))).toEqual(bytes('ü'));
    expect(folder.describe('hr/a.txt')).toBe(join(root, 'hr/a.txt'));
  });

  it('never replaces where it may not, not even in a race of twenty', async () => {
    const writes = Array.from({ length: 20 }, (_, i) =>
      folder.write('v/_COMMIT.json', bytes(`${i}`.repeat(1000)), { ifAbsent: true }),
    );
    const codes = await Promise.all(writes.map(codeOf));
    expect(codes.filter((code) => code === 'done').length).toBe(1);
    expect(codes.filter((code) => code === 'destination-exists').length).toBe(19);
    const winner = codes.indexOf('done');
    expect(unwrap(await folder.read('v/_COMMIT.json'))).toEqual(bytes(`${winner}`.repeat(1000)));
    expect(readdirSync(join(root, 'v'))).toEqual(['_COMMIT.json']);
  });

  it('replaces at once where it may', async () => {
    unwrap(await folder.write('index.json', bytes('1'), { ifAbsent: false }));
    unwrap(await folder.write('index.json', bytes('2'), { ifAbsent: false }));
    expect(unwrap(await folder.read('index.json'))).toEqual(bytes('2'));
  });

  it('refuses paths that leave the folder, and does nothing', async () => {
    for (const path of ['../x', 'a/../../x', '/tmp/x', '', 'a//b', 'a\\..\\x', 'a/./b', 'nul\0', 'c:x']) {
      expect(await codeOf(folder.write(path, bytes('x'), { ifAbsent: true }))).toBe('destination-path');
      expect(await codeOf(folder.read(path))).toBe('destination-path');
    }
    expect(await codeOf(folder.list('../'))).toBe('destination-path');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('says in words what the system refused', async () => {
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, 'file'), 'x');
    const written = await folder.write('file/below', bytes('x'), { ifAbsent: true });
    expect(written.ok ? '' : [written.error.code, written.error.message]).toEqual([
      'destination-failed',
      'file/below could not be written: a part of the path is a file.',
    ]);
    expect(await codeOf(folder.read('file/below'))).toBe('destination-missing');
  });

  it('shows links that someone put there, and does not follow them into other folders', async () => {
    mkdirSync(join(parent, 'outside'));
    writeFileSync(join(parent, 'outside', 'secret'), 'x');
    unwrap(await folder.write('v/a', bytes('a'), { ifAbsent: true }));
    symlinkSync(join(parent, 'outside'), join(root, 'v', 'link'));
    expect(unwrap(await folder.list('v/')).map((object) => object.path)).toEqual(['v/a', 'v/link']);
  });
});
