import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Module } from '../../../src/lib/module/module-types.ts';
import { publishUpload } from '../../../src/lib/publish/publish-upload.ts';
import type { StagedListing } from '../../../src/lib/publish/upload.ts';
import { uploadOfModule, uploadOfStagedFiles } from '../../../src/lib/publish/upload.ts';
import { buildExample, prepareExample } from '../module/example-module.ts';
import type { Example } from '../module/example-module.ts';
import { createMemoryDestination } from '../module/memory-destination.ts';

let example: Example;
let module: Module;
let listing: StagedListing;
let staged: Map<string, Uint8Array>;

beforeAll(async () => {
  example = await prepareExample();
  module = await buildExample(example.request);
  const { namespace, module: name, version } = module.summary;
  listing = { namespace, module: name, version, files: uploadOfModule(module).files };
  staged = new Map(module.files.map((file) => [file.path, file.bytes]));
});
afterAll(() => example.engine.dispose());

const opening = (files: ReadonlyMap<string, Uint8Array>) => async (path: string) => {
  const bytes = files.get(path);
  if (!bytes) throw new Error('not there');
  return new Blob([bytes as Uint8Array<ArrayBuffer>]);
};

async function refusal(changed: Partial<StagedListing>, files = staged): Promise<string> {
  const upload = await uploadOfStagedFiles({ ...listing, ...changed }, opening(files));
  if (upload.ok) return 'accepted';
  expect(upload.error.code).toBe('upload-refused');
  return upload.error.message;
}

describe('uploadOfModule', () => {
  it('writes documents, then data, the commit last, each with its digest', () => {
    const { files, prefix, commitSha256 } = uploadOfModule(module);
    const ranks = files.map(({ path }) => (path === '_COMMIT.json' ? 2 : path.startsWith('data/') ? 1 : 0));
    expect(ranks).toEqual([...ranks].sort());
    expect([prefix, files.at(-1)?.sha256]).toEqual(['hr/people/v/1.0.0', commitSha256]);
  });
});

describe('uploadOfStagedFiles', () => {
  it('accepts what its own commit vouches for, and publishes the same bytes', async () => {
    const seen: number[] = [];
    const upload = unwrap(
      await uploadOfStagedFiles(listing, opening(staged), { onProgress: (bytes) => seen.push(bytes) }),
    );
    const [ours, theirs] = [createMemoryDestination(), createMemoryDestination()];
    const published = unwrap(await publishUpload(upload, ours));
    expect(published).toEqual({
      ...unwrap(await publishUpload(uploadOfModule(module), theirs)),
    });
    expect(ours.objects).toEqual(theirs.objects);
    expect(seen.at(-1)).toBe(module.commit.files.reduce((sum, file) => sum + file.sizeBytes, 0));
  });

  it('refuses other names than those of the commit', async () => {
    expect(await refusal({ version: '2.0.0' })).toBe(
      '_COMMIT.json is of hr/people 1.0.0, but hr/people 2.0.0 was to be sent.',
    );
    expect(await refusal({ namespace: 'other' })).toContain('but other/people 1.0.0 was to be sent');
  });

  it('refuses a changed byte, another size, and a missing file', async () => {
    const readme = staged.get('README.md') ?? new Uint8Array();
    const changed = readme.slice();
    changed[0] = (changed[0] ?? 0) ^ 1;
    expect(await refusal({}, new Map([...staged, ['README.md', changed]]))).toBe(
      'README.md was changed: its SHA-256 is not that of _COMMIT.json.',
    );
    expect(await refusal({}, new Map([...staged, ['README.md', readme.slice(1)]]))).toBe(
      `README.md has ${readme.byteLength - 1} bytes; _COMMIT.json says ${readme.byteLength}.`,
    );
    const without = new Map([...staged].filter(([path]) => path !== 'README.md'));
    expect(await refusal({}, without)).toBe('README.md is missing among the files that lie ready.');
    expect(await refusal({}, new Map())).toContain('_COMMIT.json is missing');
  });

  it('refuses files that the commit does not name, twice named, unsafe or unlisted', async () => {
    const extra = { path: 'extra.csv', sizeBytes: 1, sha256: '0'.repeat(64) };
    expect(await refusal({ files: [...listing.files, extra] })).toBe(
      'extra.csv is not part of the module: _COMMIT.json does not name it.',
    );
    expect(await refusal({ files: [...listing.files, { ...extra, path: '../evil' }] })).toBe(
      'A path among the files leads out of their folder.',
    );
    expect(await refusal({ files: [...listing.files, ...listing.files] })).toBe('A file is listed twice.');
    expect(await refusal({ files: listing.files.filter(({ path }) => path !== 'README.md') })).toBe(
      'README.md is missing, which _COMMIT.json names.',
    );
  });

  it('refuses a commit that cannot be read', async () => {
    const broken = new Map([...staged, ['_COMMIT.json', new TextEncoder().encode('{}')]]);
    expect(await refusal({}, broken)).toBe('_COMMIT.json is not of the format sluice-module/1.');
  });

  it('ends when it is cancelled', async () => {
    const upload = await uploadOfStagedFiles(listing, opening(staged), { signal: AbortSignal.abort() });
    expect(upload.ok ? '' : upload.error.code).toBe('destination-cancelled');
  });
});
