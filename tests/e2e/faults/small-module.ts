// A small module as a job: two documents, two data files, its commit; knows no page and no store.
import { createHash, randomUUID } from 'node:crypto';
import { writeCommit } from '../../../src/lib/module/commit.ts';
import type { PublishJob } from '../../../src/lib/store/publisher-types.ts';
import type { StagedModule } from '../publisher-page.ts';

const digest = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

/** `hr/users` in a version; the same author makes the same bytes. */
export function smallJob(author: string, version = '1.0.0'): StagedModule {
  const texts = {
    'README.md': `# Users of ${author}\n`,
    'croissant.json': `{"by":"${author}"}\n`,
    'data/part-0.csv': `people\n${'1000\n'.repeat(40_000)}`,
    'data/part-1.csv': `people of ${author}\n2000\n`,
  };
  const bodies = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
  const describe = ([path, body]: readonly [string, Buffer]) => ({
    path,
    sha256: digest(body),
    sizeBytes: body.byteLength,
  });
  const files = [...bodies].map(describe);
  const commit = Buffer.from(
    writeCommit({
      format: 'sluice-module/1',
      namespace: 'hr',
      module: 'users',
      version,
      publishedAt: '2025-01-02T03:04:05.000Z',
      application: { name: 'sluice', version: '0.1.0' },
      gate: { verdict: 'passed' },
      data: { rows: 40_001, columns: [{ name: 'people', type: 'BIGINT' }] },
      files,
      previous: null,
    }),
  );
  const job: PublishJob = {
    format: 'sluice-outbox/1',
    kind: 'publish',
    id: randomUUID(),
    createdAt: new Date().toISOString(),
    destinationId: null,
    namespace: 'hr',
    module: 'users',
    version,
    files: [...files, describe(['_COMMIT.json', commit])],
  };
  return { job, bodies: new Map([...bodies, ['_COMMIT.json', commit]]) };
}
