import { describe, expect, it } from 'vitest';
import { listNotebooks } from '../../../src/lib/store/database.ts';
import { splitPath } from '../../../src/lib/store/library-files.ts';
import { storageProblem } from '../../../src/lib/store/storage-problem.ts';

const what = 'The notebook could not be saved';

describe('a failure of the storage', () => {
  it.each([
    [
      new DOMException('', 'QuotaExceededError'),
      'storage-full',
      'the browser gives this site no more space.',
    ],
    [
      new DOMException('', 'VersionError'),
      'storage-unavailable',
      'its storage was written by a newer version of Sluice.',
    ],
    [
      new DOMException('Denied.', 'SecurityError'),
      'storage-unavailable',
      'the browser gives this page no storage (Denied).',
    ],
    [new TypeError('x is broken'), 'storage-failed', 'x is broken.'],
    ['text', 'storage-failed', 'text.'],
  ])('%s is said in plain words', (error, code, why) => {
    expect(storageProblem(error, what)).toEqual({
      code,
      message: `${what}: ${why}`,
      hint: expect.any(String),
    });
  });

  it('comes back as data where there is no storage at all', async () => {
    expect(await listNotebooks()).toMatchObject({ ok: false, error: { code: 'storage-unavailable' } });
  });
});

describe('a path within the library', () => {
  it.each(['a', 'a/b.json', 'hr/users/v/1.0.0/_COMMIT.json', '...', 'дані/😀', '.hidden', '__proto__'])(
    '%j is one',
    (path) => {
      expect(splitPath(path)).toEqual(path.split('/'));
    },
  );

  it.each(['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', 'a/./b', '../../etc', 'a\\b', 'a\0b', 'a\nb'])(
    '%j is none',
    (path) => {
      expect(splitPath(path)).toBeNull();
    },
  );
});
