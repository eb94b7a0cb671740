import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { sha256Hex } from '../../../src/lib/base/sha256.ts';
import { createZipReader, zipModule } from '../../../src/lib/publish/zip.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const FILES = [
  { path: 'data/part-00000-0123456789abcdef.parquet', bytes: bytes('PAR1') },
  { path: 'README.md', bytes: bytes('# ü\n') },
  { path: '_COMMIT.json', bytes: bytes('{}\n') },
];

function refusal(archive: Uint8Array, limits?: { readonly files: number; readonly bytes: number }): string {
  const opened = createZipReader(archive, limits);
  return opened.ok ? 'opened' : opened.error.message;
}

describe('zipModule', () => {
  it('gives the same bytes for the same files in any order', async () => {
    const digest = await sha256Hex(zipModule(FILES));
    expect(await sha256Hex(zipModule([...FILES].reverse()))).toBe(digest);
  });

  it('comes back as it was', async () => {
    const reader = unwrap(createZipReader(zipModule(FILES)));
    expect(unwrap(await reader.list('')).map((object) => object.path)).toEqual([
      'README.md',
      '_COMMIT.json',
      'data/part-00000-0123456789abcdef.parquet',
    ]);
    for (const file of FILES) expect(unwrap(await reader.read(file.path))).toEqual(file.bytes);
    const missing = await reader.read('data/none');
    expect(missing.ok ? '' : missing.error.code).toBe('destination-missing');
  });
});

describe('createZipReader refuses', () => {
  it('what is no archive', () => {
    const damaged = 'The file is not a zip archive, or it is damaged.';
    expect(refusal(new Uint8Array())).toBe(damaged);
    expect(refusal(bytes('hello'))).toBe(damaged);
    expect(refusal(zipModule(FILES).slice(0, -30))).toBe(damaged);
    expect(refusal(zipSync({}))).toBe('The archive is empty.');
  });

  it('paths that lead out of the folder', () => {
    for (const path of ['../evil', 'a/../../evil', '/etc/passwd', 'C:\\evil', 'a\\..\\b', 'a//b', './a']) {
      expect(refusal(zipSync({ [path]: bytes('x') }))).toBe(
        'The archive holds a path that leads out of its folder.',
      );
    }
  });

  it('bombs, before unpacking them', () => {
    const bomb = zipSync({ zeros: new Uint8Array(50_000_000) });
    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(refusal(bomb, { files: 10, bytes: 1_000_000 })).toBe(
      'The archive unpacks to more than 1000000 bytes.',
    );
    expect(refusal(zipSync({ a: bytes('1'), b: bytes('2') }), { files: 1, bytes: 10 })).toBe(
      'The archive holds more than 1 files.',
    );
  });

  it('to unpack more than an archive says it holds', async () => {
    const bomb = zipSync({ zeros: new Uint8Array(5_000_000) });
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
    for (let at = 0; at + 4 <= bomb.byteLength; at += 1) {
      const signature = view.getUint32(at, true);
      if (signature === 0x04034b50) view.setUint32(at + 22, 10, true);
      if (signature === 0x02014b50) view.setUint32(at + 24, 10, true);
    }
    const reader = unwrap(createZipReader(bomb, { files: 10, bytes: 1000 }));
    expect(unwrap(await reader.read('zeros')).byteLength).toBe(10);
  });
});
