// `s3://…` on the command line: options and environment become a destination; must not know what is published.
import type { Destination } from '../lib/publish/destination.ts';
import { wrongUse } from './command-outcome.ts';

export interface ObjectStoreOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly pathStyle?: boolean;
}

export interface VersionInStore {
  readonly destination: Destination;
  /** Folder of the version below the destination, e.g. `hr/users/v/1.0.0`. */
  readonly prefix: string;
}

export function isObjectStore(target: string): boolean {
  return /^s3:\/\//i.test(target);
}

/** `AWS_ENDPOINT_URL_S3` before `AWS_ENDPOINT_URL`, as the AWS tools do; `AWS_REGION` before `AWS_DEFAULT_REGION`. */
function readEnvironment(): { readonly endpoint: string; readonly region: string } {
  const { env } = process;
  return {
    endpoint: env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL ?? '',
    region: env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? '',
  };
}

/** @throws ProblemError where target or endpoint cannot be one. Nothing is sent yet. */
export async function openObjectStore(target: string, options: ObjectStoreOptions): Promise<Destination> {
  const { createS3NodeDestination } = await import('../lib/publish/s3-node.ts');
  const environment = readEnvironment();
  const opened = createS3NodeDestination({
    target,
    endpoint: options.endpoint ?? environment.endpoint,
    region: options.region ?? environment.region,
    ...(options.pathStyle === true ? { forcePathStyle: true } : {}),
  });
  if (opened.ok) return opened.value;
  throw wrongUse(opened.error.message, opened.error.hint ?? 'Write for example s3://bucket/prefix.');
}

/** @throws ProblemError where the target is not a version's folder, or as `openObjectStore`. */
export async function openVersionInStore(
  target: string,
  options: ObjectStoreOptions,
): Promise<VersionInStore> {
  const found = /^(s3:\/\/[^/]+(?:\/.*)?)\/([^/]+\/[^/]+\/v\/\d+\.\d+\.\d+)\/?$/i.exec(target);
  const [, root, prefix] = found ?? [];
  if (root === undefined || prefix === undefined)
    throw wrongUse(
      `${target} is not the folder of a version.`,
      'Name it whole, e.g. s3://bucket/prefix/hr/users/v/1.0.0.',
    );
  return { destination: await openObjectStore(root, options), prefix };
}
