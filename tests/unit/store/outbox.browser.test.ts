import { beforeEach, describe, expect, it } from 'vitest';
import {
  listJobs,
  openStagedFile,
  readJob,
  removeAbandonedJobs,
  removeJob,
  stageJob,
} from '../../../src/lib/store/outbox-files.ts';
import type { OutboxJob, PublishJob } from '../../../src/lib/store/publisher-types.ts';

const done = { ok: true, value: null };
const sha256 = 'a'.repeat(64);
const lookup: OutboxJob = {
  format: 'sluice-outbox/1',
  kind: 'lookup',
  id: 'look-1',
  createdAt: '2024-01-02T00:00:00.000Z',
  destinationId: 'd1',
  namespace: 'hr',
  module: 'users',
  version: null,
};
const publish: PublishJob = {
  format: 'sluice-outbox/1',
  kind: 'publish',
  id: 'send-1',
  createdAt: '2024-01-01T00:00:00.000Z',
  destinationId: null,
  namespace: 'hr',
  module: 'users',
  version: '1.0.0',
  files: [
    { path: 'data/users.csv', sizeBytes: 3, sha256 },
    { path: '_COMMIT.json', sizeBytes: 2, sha256 },
  ],
};
const bodies = new Map<string, Uint8Array | Blob>([
  ['data/users.csv', new TextEncoder().encode('a,b')],
  ['_COMMIT.json', new Blob(['{}'])],
]);

async function outbox(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle('outbox', { create: true });
}

async function writeDescription(id: string, text: string): Promise<void> {
  const folder = await (await outbox()).getDirectoryHandle(id, { create: true });
  const writable = await (await folder.getFileHandle('job.json', { create: true })).createWritable();
  await writable.write(text);
  await writable.close();
}

async function textOf(id: string, path: string): Promise<string> {
  const file = await openStagedFile(id, path);
  return file.ok ? file.value.text() : file.error.code;
}

beforeEach(async () => {
  const folder = await outbox();
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  for (const name of names) await folder.removeEntry(name, { recursive: true });
});

describe('the outbox', () => {
  it('gives back staged jobs, oldest first, with their files', async () => {
    expect(await stageJob(lookup, new Map())).toEqual(done);
    expect(await stageJob(publish, bodies)).toEqual(done);
    expect(await listJobs()).toEqual({ ok: true, value: { jobs: [publish, lookup], unsoundIds: [] } });
    expect([await textOf('send-1', 'data/users.csv'), await textOf('send-1', '_COMMIT.json')]).toEqual([
      'a,b',
      '{}',
    ]);
  });

  it('shows no job whose description is not written yet', async () => {
    await stageJob(publish, bodies);
    await (await (await outbox()).getDirectoryHandle('send-1')).removeEntry('job.json');
    expect(await listJobs()).toEqual({ ok: true, value: { jobs: [], unsoundIds: [] } });
    expect(await readJob('send-1')).toMatchObject({ ok: false, error: { code: 'outbox-missing' } });
  });

  it('stages nothing where files and description do not fit', async () => {
    const fewer = new Map([...bodies].slice(1));
    expect(await stageJob(publish, fewer)).toMatchObject({ ok: false, error: { code: 'outbox-job' } });
    expect(await stageJob({ ...publish, id: '../x' }, bodies)).toMatchObject({ ok: false });
    expect(await listJobs()).toEqual({ ok: true, value: { jobs: [], unsoundIds: [] } });
  });

  it('forgets a removed job, and removing twice is no failure', async () => {
    await stageJob(publish, bodies);
    expect([await removeJob('send-1'), await removeJob('send-1')]).toEqual([done, done]);
    expect(await textOf('send-1', 'data/users.csv')).toBe('outbox-missing');
  });
});

describe('a hostile outbox', () => {
  const hostile: readonly [string, unknown][] = [
    ['another id', { ...publish, id: 'other' }],
    ['a path that climbs', { ...publish, files: [{ path: '../x', sizeBytes: 1, sha256 }] }],
    ['a doubled path', { ...publish, files: [publish.files[0], publish.files[0]] }],
    ['no files', { ...publish, files: [] }],
    ['a namespace that climbs', { ...publish, namespace: '..' }],
    ['a size that is no count', { ...publish, files: [{ path: 'a', sizeBytes: -1, sha256 }] }],
    ['a member nobody knows', { ...publish, endpoint: 'https://evil.example' }],
    ['another kind', { ...publish, kind: 'run' }],
    [
      'a lookup of a version without a module',
      { ...lookup, id: 'send-1', namespace: null, module: null, version: '1.0.0' },
    ],
  ];

  it.each(hostile)('with %s is told as unsound', async (_name, description) => {
    await writeDescription('send-1', JSON.stringify(description));
    expect(await readJob('send-1')).toMatchObject({ ok: false, error: { code: 'outbox-job' } });
    expect(await listJobs()).toEqual({ ok: true, value: { jobs: [], unsoundIds: ['send-1'] } });
  });

  it('that is no JSON is told as unsound, and does not hide the others', async () => {
    await writeDescription('junk', '{');
    await stageJob(lookup, new Map());
    expect(await listJobs()).toEqual({ ok: true, value: { jobs: [lookup], unsoundIds: ['junk'] } });
  });

  it.each(['../look-1/job.json', '/etc', '', 'a//b'])('opens no file at “%s”', async (path) => {
    await stageJob(publish, bodies);
    expect(await textOf('send-1', path)).toBe('outbox-missing');
  });
});

describe('what tabs left that ended while they laid a job down', () => {
  it('is removed; whole jobs and those that are being laid down stay', async () => {
    expect(await stageJob(publish, bodies)).toEqual(done);
    for (const id of ['abandoned', 'live']) await (await outbox()).getDirectoryHandle(id, { create: true });
    await navigator.locks.request('sluice-outbox:live', async () => {
      expect(await removeAbandonedJobs()).toEqual(done);
    });
    const left: string[] = [];
    for await (const name of (await outbox()).keys()) left.push(name);
    expect(left.sort()).toEqual(['live', publish.id]);
    expect(await textOf(publish.id, '_COMMIT.json')).toBe('{}');
  });
});
