import { beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../../src/lib/base/result.ts';
import {
  openMirrorFile,
  readMirrorListing,
  removeMirror,
  writeMirror,
} from '../../../src/lib/store/mirror-files.ts';
import type { MirrorFile } from '../../../src/lib/store/mirror-files.ts';
import type { MirrorListing } from '../../../src/lib/store/publisher-types.ts';

const done = { ok: true, value: null };

function listing(prefix: string, day: number, ...paths: readonly string[]): MirrorListing {
  const objects = paths.map((path) => ({ path, sizeBytes: path.length }));
  return { destinationId: 'd1', prefix, lookedUpAt: `2024-01-0${day}T00:00:00.000Z`, objects };
}

const file = (path: string): MirrorFile => ({ path, body: new TextEncoder().encode(path) });

async function textOf(path: string): Promise<string> {
  const opened = await openMirrorFile('d1', path);
  return opened.ok ? opened.value.text() : opened.error.code;
}

async function pathsBelow(prefix: string): Promise<readonly string[] | null> {
  const read = await readMirrorListing('d1', prefix);
  if (!read.ok) throw new ProblemError(read.error);
  return read.value && read.value.objects.map(({ path }) => path);
}

beforeEach(async () => {
  await removeMirror('d1');
});

describe('the mirror', () => {
  it('gives back the listing and the files that were fetched', async () => {
    const seen = listing('hr/users/', 1, 'hr/users/v/1.0.0/_COMMIT.json', 'hr/users/v/1.0.0/data/a.csv');
    expect(await writeMirror('d1', seen, [file('hr/users/v/1.0.0/_COMMIT.json')])).toEqual(done);
    expect(await readMirrorListing('d1', 'hr/users/')).toEqual({ ok: true, value: seen });
    expect(await textOf('hr/users/v/1.0.0/_COMMIT.json')).toBe('hr/users/v/1.0.0/_COMMIT.json');
    expect(await textOf('hr/users/v/1.0.0/data/a.csv')).toBe('mirror-missing');
  });

  it('writes a large file piece by piece, and keeps none that broke off', async () => {
    async function* pieces(isWhole: boolean): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('one ');
      if (!isWhole) throw new ProblemError({ code: 'destination-failed', message: 'The line is cut.' });
      yield new TextEncoder().encode('two');
    }
    const seen = listing('hr/', 1, 'hr/whole', 'hr/half');
    expect(await writeMirror('d1', seen, [{ path: 'hr/whole', body: pieces(true) }])).toEqual(done);
    expect(await textOf('hr/whole')).toBe('one two');
    expect(await writeMirror('d1', seen, [{ path: 'hr/half', body: pieces(false) }])).toMatchObject({
      error: { code: 'destination-failed' },
    });
    expect(await textOf('hr/half')).toBe('mirror-missing');
  });

  it('answers for what lies below a listed prefix, and for nothing else', async () => {
    await writeMirror('d1', listing('hr/', 1, 'hr/a/x', 'hr/b/x'), []);
    expect([
      await pathsBelow('hr/a/'),
      await pathsBelow('hr/c/'),
      await pathsBelow(''),
      await pathsBelow('it/'),
    ]).toEqual([['hr/a/x'], [], null, null]);
    expect(await readMirrorListing('d2', 'hr/')).toEqual(done);
  });

  it('lets what was seen later speak for its part', async () => {
    await writeMirror('d1', listing('', 1, 'hr/a/1', 'it/a/1'), []);
    await writeMirror('d1', listing('hr/a/', 2, 'hr/a/2'), []);
    expect(await pathsBelow('')).toEqual(['hr/a/2', 'it/a/1']);
    await writeMirror('d1', listing('', 3, 'it/a/1'), []);
    expect([await pathsBelow(''), await pathsBelow('hr/a/')]).toEqual([['it/a/1'], []]);
  });

  it('drops files that are not in the destination any more', async () => {
    await writeMirror('d1', listing('hr/a/', 1, 'hr/a/1', 'hr/a/2'), [file('hr/a/1'), file('hr/a/2')]);
    await writeMirror('d1', listing('hr/b/', 1, 'hr/b/1'), [file('hr/b/1')]);
    await writeMirror('d1', listing('hr/a/', 2, 'hr/a/2'), []);
    expect([await textOf('hr/a/1'), await textOf('hr/a/2'), await textOf('hr/b/1')]).toEqual([
      'mirror-missing',
      'hr/a/2',
      'hr/b/1',
    ]);
  });

  it('keeps the old listing where fetching breaks off', async () => {
    await writeMirror('d1', listing('hr/', 1, 'hr/1'), []);
    const problem = { code: 'destination-failed', message: 'gone', hint: 'again' };
    const broken = (function* () {
      yield file('hr/2');
      throw new ProblemError(problem);
    })();
    expect(await writeMirror('d1', listing('hr/', 2, 'hr/2'), broken)).toEqual({ ok: false, error: problem });
    expect(await pathsBelow('hr/')).toEqual(['hr/1']);
  });

  it.each(['../x', 'a//b', '/a', 'a\\b'])('keeps no file at “%s”', async (path) => {
    expect(await writeMirror('d1', listing('', 1), [file(path)])).toMatchObject({ ok: false });
    expect(await writeMirror('d1', listing('', 1, path), [])).toMatchObject({ ok: false });
    expect(await textOf(path)).toBe('mirror-missing');
  });
});
