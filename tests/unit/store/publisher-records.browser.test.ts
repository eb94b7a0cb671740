import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import {
  closePublisherRecords,
  forgetCredentials,
  listReceipts,
  listS3Destinations,
  readCredentials,
  readLedgerPage,
  readLedgerTotals,
  readMultipart,
  readReceipt,
  rememberCredentials,
  removeReceipt,
  removeS3Destination,
  writeMultipart,
  writeReceipt,
  writeS3Destination,
  writeWireRecord,
} from '../../../src/lib/store/publisher-records.ts';
import type { JobReceipt, S3Settings, WireRecord } from '../../../src/lib/store/publisher-types.ts';

const done = { ok: true, value: null };
const settings: S3Settings = {
  id: 'd1',
  name: 'team',
  endpoint: 'https://s3.example.org',
  region: 'us-east-1',
  bucket: 'modules',
  prefix: 'sluice',
  forcePathStyle: true,
  accessKeyId: 'AKIA',
};
const receipt: JobReceipt = {
  jobId: 'j1',
  state: 'sending',
  at: '2024-01-01T00:00:00.000Z',
  destinationId: 'd1',
  destinationName: 'team',
  bytesSent: 0,
  bytesReceived: 0,
  uri: null,
  commitSha256: null,
  problem: null,
};
const wire = (id: string, bytesSent: number, state: WireRecord['state'] = 'open'): WireRecord => ({
  id,
  at: '2024-01-01T00:00:00.000Z',
  method: 'PUT',
  host: 's3.example.org',
  path: '/modules/x',
  bytesSent,
  bytesReceived: state === 'answered' ? 5 : 0,
  status: state === 'answered' ? 200 : null,
  state,
});

function hmacKey(extractable: boolean): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', new Uint8Array(20).fill(1), algorithm, extractable, ['sign']);
}

afterEach(async () => {
  await closePublisherRecords();
  await deleteDB('sluice-publisher');
});

describe('destinations', () => {
  it('are kept by id, listed by name, with one name once', async () => {
    expect(await writeS3Destination(settings)).toEqual(done);
    expect(await writeS3Destination({ ...settings, id: 'd2', name: 'archive' })).toEqual(done);
    expect(await writeS3Destination({ ...settings, id: 'd3' })).toMatchObject({
      ok: false,
      error: { code: 'storage-failed' },
    });
    await closePublisherRecords();
    const listed = await listS3Destinations();
    expect(listed.ok && listed.value.map(({ name }) => name)).toEqual(['archive', 'team']);
    await removeS3Destination('d2');
    expect(await listS3Destinations()).toEqual({ ok: true, value: [settings] });
  });

  it('of an unknown form are left out', async () => {
    await writeS3Destination(settings);
    await closePublisherRecords();
    const database = await openDB('sluice-publisher');
    await database.put('destinations', { id: 'evil', name: { toString: 'x' } });
    database.close();
    expect(await listS3Destinations()).toEqual({ ok: true, value: [settings] });
  });
});

describe('receipts', () => {
  it('are replaced by job and gone once removed', async () => {
    await writeReceipt(receipt);
    const finished: JobReceipt = {
      ...receipt,
      state: 'done',
      uri: 's3://modules/x',
      at: '2024-01-02T00:00:00.000Z',
    };
    await writeReceipt(finished);
    await writeReceipt({ ...receipt, jobId: 'j0' });
    expect(await listReceipts()).toEqual({ ok: true, value: [finished, { ...receipt, jobId: 'j0' }] });
    await removeReceipt('j1');
    expect(await readReceipt('j1')).toEqual(done);
  });
});

describe('the ledger', () => {
  it('counts each request once, with what was last known of it', async () => {
    await writeWireRecord(wire('a', 10));
    await writeWireRecord(wire('a', 10, 'answered'));
    await writeWireRecord(wire('b', 7, 'broken'));
    expect(await readLedgerTotals()).toEqual({
      ok: true,
      value: { requests: 2, bytesSent: 17, bytesReceived: 5 },
    });
  });

  it('is exact when many requests are recorded at once', async () => {
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await writeWireRecord(wire(`r${index}`, 3));
        await writeWireRecord(wire(`r${index}`, 3, 'answered'));
      }),
    );
    expect(await readLedgerTotals()).toEqual({
      ok: true,
      value: { requests: 40, bytesSent: 120, bytesReceived: 200 },
    });
  });

  it('is read newest first, page by page, each request once', async () => {
    for (let index = 0; index < 7; index += 1) {
      await writeWireRecord({ ...wire(`r${index}`, 1), at: `2024-01-0${1 + (index >> 1)}T00:00:00.000Z` });
    }
    const seen: string[] = [];
    let last: WireRecord | undefined;
    for (let hasMore = true; hasMore;) {
      const page = await readLedgerPage(3, last);
      if (!page.ok) throw new Error(page.error.message);
      seen.push(...page.value.records.map(({ id }) => id));
      last = page.value.records.at(-1);
      hasMore = page.value.hasMore;
    }
    expect(seen).toEqual(['r6', 'r5', 'r4', 'r3', 'r2', 'r1', 'r0']);
  });

  it('refuses a record of an unknown form', async () => {
    expect(await writeWireRecord({ ...wire('a', -1) })).toMatchObject({ ok: false });
    expect(await readLedgerTotals()).toMatchObject({ value: { requests: 0 } });
  });
});

describe('remembered credentials', () => {
  it('come back for the address they were given for, usable, until they are forgotten', async () => {
    const credentials = { accessKeyId: 'AKIA', signingKey: await hmacKey(false) };
    expect(await rememberCredentials(settings, credentials)).toEqual(done);
    await closePublisherRecords();
    const kept = await readCredentials(settings);
    const key = kept.ok ? kept.value?.signingKey : undefined;
    if (!key) throw new Error('no key');
    expect([key.extractable, key.usages]).toEqual([false, ['sign']]);
    expect((await crypto.subtle.sign('HMAC', key, new Uint8Array(1))).byteLength).toBe(32);
    expect(await readCredentials({ ...settings, endpoint: 'https://evil.example' })).toEqual(done);
    expect(await readCredentials({ ...settings, accessKeyId: 'OTHER' })).toEqual(done);
    await forgetCredentials('d1');
    expect(await readCredentials(settings)).toEqual(done);
  });

  it('go with their destination', async () => {
    await writeS3Destination(settings);
    await rememberCredentials(settings, { accessKeyId: 'AKIA', signingKey: await hmacKey(false) });
    await removeS3Destination('d1');
    expect(await readCredentials(settings)).toEqual(done);
  });

  it('whose key can be extracted are refused', async () => {
    const credentials = { accessKeyId: 'AKIA', signingKey: await hmacKey(true) };
    expect(await rememberCredentials(settings, credentials)).toMatchObject({
      ok: false,
      error: { code: 'storage-failed' },
    });
    expect(await readCredentials(settings)).toEqual(done);
  });
});

describe('the memory of parts', () => {
  it('is kept by key and forgotten', async () => {
    const state = { uploadId: 'u', partBytes: 8, parts: [{ number: 1, etag: '"e"' }] };
    await writeMultipart('k', state);
    await closePublisherRecords();
    expect(await readMultipart('k')).toEqual({ ok: true, value: state });
    await writeMultipart('k', null);
    expect(await readMultipart('k')).toEqual(done);
  });
});
