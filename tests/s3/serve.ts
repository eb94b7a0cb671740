// The S3 server for development: starts it with a bucket for the app and prints what the publisher's form asks for.
import { parseArgs } from 'node:util';
import { createBucket, openClient } from './buckets.ts';
import { reasonWithoutCeph } from './ceph-programs.ts';
import { startRgw } from './rgw.ts';

const APP_PORTS = [4173, 4174, 4175, 4273, 5173];
const REGION = 'us-east-1';
const BUCKET = 'sluice';

async function serve(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9000' },
      origin: { type: 'string', multiple: true, default: [] },
    },
  });
  const reason = reasonWithoutCeph();
  if (reason !== null) throw new Error(`${reason}. Any S3 endpoint of your own serves as well.`);
  const server = await startRgw({ port: Number(values.port) });
  const local = APP_PORTS.flatMap((port) => [`http://127.0.0.1:${port}`, `http://localhost:${port}`]);
  const origins = [...local, ...values.origin];
  const admin = openClient(server.endpoint, REGION, server.keys);
  await createBucket(admin, { name: BUCKET, corsOrigins: origins });
  admin.destroy();
  console.log(`
  S3 is ready (in memory: it forgets everything when it ends; Ctrl+C ends it).

    Endpoint     ${server.endpoint}
    Region       ${REGION}
    Bucket       ${BUCKET}
    Path style   on
    Access key   ${server.keys.accessKeyId}
    Secret key   ${server.keys.secretAccessKey}

  Pages allowed to use the bucket: http://127.0.0.1 and http://localhost, ports ${APP_PORTS.join(', ')}${values.origin.map((origin) => `, ${origin}`).join('')}
  Another one: npm run s3 -- --origin http://127.0.0.1:8080
`);
  const end = () => void server.stop().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  // The script that started this one holds the other end for as long as it lives.
  process.stdin.once('end', end).resume();
}

try {
  await serve();
} catch (error) {
  console.error(`S3 did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
