// The command with a bucket of a real server, as a pipeline sees it: exit codes, words and JSON.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasonWithoutS3, startS3 } from './endpoint.ts';
import type { S3Environment, TestBucket } from './endpoint.ts';

const project = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const NOTEBOOK = `---
sluice: 1
title: Test
timezone: UTC
sources:
  users:
    file: users.csv
    import: { format: csv }
policy: { k: 5, quasi: [] }
---
\`\`\`sql name=counted
SELECT count(*) AS people FROM users
\`\`\`

\`\`\`publish of=counted
namespace: hr
module: people
formats: [csv]
\`\`\`
`;

interface Outcome {
  readonly code: number;
  readonly json: { readonly [name: string]: unknown };
  readonly stderr: string;
}

describe.skipIf(reasonWithoutS3() !== null)('sluice with a bucket', () => {
  let s3: S3Environment;
  let bucket: TestBucket;
  let folder: string;
  let root: string;

  beforeAll(async () => {
    s3 = await startS3();
    bucket = await s3.makeBucket();
    folder = await mkdtemp(join(tmpdir(), 'sluice-s3-command-'));
    await writeFile(join(folder, 'n.sluice.md'), NOTEBOOK);
    root = `s3://${[bucket.name, bucket.prefix, 'modules'].filter((part) => part !== '').join('/')}`;
  }, 180_000);
  afterAll(async () => {
    await s3?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function sluice(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
    const keys = {
      AWS_ACCESS_KEY_ID: s3.keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.keys.secretAccessKey,
      AWS_ENDPOINT_URL: s3.endpoint,
      AWS_REGION: s3.region,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const options = { env: { ...Object.fromEntries(inherited), ...keys, ...env } };
    return new Promise((resolve) => {
      const words = [project('bin/sluice.mjs'), ...args, '--json'];
      execFile(process.execPath, words, options, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, json: JSON.parse(stdout), stderr });
      });
    });
  }
  const publish = (target: string, env?: Record<string, string>) =>
    sluice(
      [
        'run',
        join(folder, 'n.sluice.md'),
        '--source',
        `users=${project('tests/data/users.csv')}`,
        '--publish',
        target,
      ],
      env,
    );
  const codeOf = ({ code, json }: Outcome) => [code, Reflect.get(json['error'] ?? {}, 'code')];

  it('publishes, counts versions up, and verifies', async () => {
    const first = await publish(root);
    expect([first.code, first.json['module']]).toEqual([
      0,
      expect.objectContaining({ version: '1.0.0', uri: `${root}/hr/people/v/1.0.0` }),
    ]);
    const second = await publish(root);
    expect([second.code, second.json['module']]).toEqual([0, expect.objectContaining({ version: '1.0.1' })]);
    const verified = await sluice(
      ['verify', `${root}/hr/people/v/1.0.1`, '--endpoint', s3.endpoint, '--path-style'],
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    );
    expect([verified.code, verified.json['valid']]).toEqual([0, true]);
  });

  it('ends with 4 where the destination fails, listing included', async () => {
    expect(codeOf(await sluice(['verify', `${root}/hr/none/v/1.0.0`]))).toEqual([4, 'destination-missing']);
    expect(codeOf(await publish(root, { AWS_SECRET_ACCESS_KEY: 'wrong' }))).toEqual([
      4,
      'destination-secret-wrong',
    ]);
    expect(codeOf(await publish(root, { AWS_ACCESS_KEY_ID: '', AWS_CONFIG_FILE: '/none' }))).toEqual([
      4,
      'destination-no-credentials',
    ]);
  });

  it('ends with 2 where no version, no bucket or no safe address is named', async () => {
    expect(codeOf(await sluice(['verify', root]))).toEqual([2, 'usage']);
    expect(codeOf(await publish('s3://Not_A_Bucket/x'))).toEqual([2, 'usage']);
    expect(codeOf(await publish(root, { AWS_ENDPOINT_URL: 'http://s3.example.com' }))).toEqual([2, 'usage']);
  });
});
