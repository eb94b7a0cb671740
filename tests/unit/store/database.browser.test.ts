import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import {
  closeDatabase,
  deleteKey,
  deleteNotebook,
  listNotebooks,
  listSourceRecords,
  readAllNotebooks,
  readKey,
  readNotebook,
  readSetting,
  writeKey,
  writeNotebook,
  writeSetting,
  writeSourceRecord,
} from '../../../src/lib/store/database.ts';

const at = (text: string) => ({ now: () => new Date(text) });
const done = { ok: true, value: null };

afterEach(async () => {
  await closeDatabase();
  await deleteDB('sluice');
});

describe('notebooks', () => {
  it('are listed without their text, last changed first, and survive a new connection', async () => {
    expect(await writeNotebook({ id: 'a', title: 'A', text: 'old' }, at('2024-01-01T00:00:00Z'))).toEqual(
      done,
    );
    await writeNotebook({ id: 'b', title: '😀', text: '' }, at('2024-01-02T00:00:00Z'));
    await writeNotebook({ id: 'a', title: 'A2', text: 'new\r\n' }, at('2024-01-03T00:00:00Z'));
    await closeDatabase();
    expect(await listNotebooks()).toEqual({
      ok: true,
      value: [
        { id: 'a', title: 'A2', updatedAt: '2024-01-03T00:00:00.000Z' },
        { id: 'b', title: '😀', updatedAt: '2024-01-02T00:00:00.000Z' },
      ],
    });
    expect(await readNotebook('a')).toEqual({
      ok: true,
      value: { id: 'a', title: 'A2', text: 'new\r\n', updatedAt: '2024-01-03T00:00:00.000Z' },
    });
  });

  it('are gone once deleted, and deleting twice is no failure', async () => {
    await writeNotebook({ id: 'a', title: '', text: '' });
    expect([await deleteNotebook('a'), await deleteNotebook('a')]).toEqual([done, done]);
    expect([await readNotebook('a'), await readAllNotebooks()]).toEqual([
      { ok: true, value: null },
      { ok: true, value: [] },
    ]);
  });
});

describe('the key', () => {
  const importKey = (extractable: boolean) =>
    crypto.subtle.importKey('raw', new Uint8Array(32).fill(7), 'HKDF', extractable, ['deriveBits']);

  it('comes back usable and non-extractable', async () => {
    expect(await readKey()).toEqual(done);
    expect(await writeKey({ key: await importKey(false), wrapped: 'a.b.c.d.e', fingerprint: 'f' })).toEqual(
      done,
    );
    await closeDatabase();
    const stored = await readKey();
    const key = stored.ok ? stored.value?.key : undefined;
    if (!key) throw new Error('no key');
    expect([key.extractable, key.algorithm.name, key.usages]).toEqual([false, 'HKDF', ['deriveBits']]);
    const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new Uint8Array() };
    expect(await crypto.subtle.deriveBits(params, key, 256)).toEqual(
      await crypto.subtle.deriveBits(params, await importKey(false), 256),
    );
    await deleteKey();
    expect(await readKey()).toEqual(done);
  });
});

describe('a key that can be extracted', () => {
  it('is refused', async () => {
    const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
    expect(await writeKey({ key, wrapped: '', fingerprint: '' })).toMatchObject({
      ok: false,
      error: { code: 'storage-failed' },
    });
    expect(await readKey()).toEqual(done);
  });
});

describe('settings and source records', () => {
  it('are plain data', async () => {
    await writeSetting('theme', { dark: true });
    expect([await readSetting('theme'), await readSetting('none')]).toEqual([
      { ok: true, value: { dark: true } },
      done,
    ]);
    expect(await writeSetting('bad', () => 0)).toMatchObject({
      ok: false,
      error: { code: 'storage-failed' },
    });
    const source = { sha256: 'a', fileName: 'a.csv', sizeBytes: 1, addedAt: '2024-01-01T00:00:00.000Z' };
    await writeSourceRecord(source);
    expect(await listSourceRecords()).toEqual({ ok: true, value: [source] });
  });
});

describe('a database', () => {
  it('of a newer version is left alone and said so', async () => {
    (await openDB('sluice', 999)).close();
    expect(await listNotebooks()).toMatchObject({
      ok: false,
      error: { code: 'storage-unavailable', hint: 'Reload the page to get the newest version.' },
    });
  });

  it('makes way for a newer version in another tab, and says so afterwards', async () => {
    await writeNotebook({ id: 'a', title: '', text: '' });
    const newer = await openDB('sluice', 999);
    expect(await newer.get('notebooks', 'a')).toMatchObject({ id: 'a' });
    expect(await readNotebook('a')).toMatchObject({ ok: false, error: { code: 'storage-unavailable' } });
    newer.close();
  });
});
