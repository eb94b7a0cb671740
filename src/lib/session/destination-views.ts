// Destinations, questions and deliveries in the form and the words the interface shows; must not know where they are kept.
import type { Problem } from '../base/result.ts';
import { modulePrefix } from '../module/paths.ts';
import type { JobReceipt, LookupJob, PublishJob, S3Settings } from '../store/publisher-types.ts';
import type {
  DeliveryView,
  DestinationChoice,
  FolderView,
  LookupScope,
  LookupView,
} from './destination-types.ts';

/** Relative, so that it works below any path; without a job, where destinations are set up. */
export function publisherAddress(jobId: string | null): string {
  return jobId === null ? 'publisher.html#setup' : `publisher.html#job=${jobId}`;
}

export function addressOf({ endpoint, bucket, prefix }: S3Settings): string {
  return [endpoint, bucket, ...(prefix === '' ? [] : [prefix])].join('/');
}

export const LIBRARY: DestinationChoice = {
  name: 'library',
  kind: 'library',
  label: 'This browser’s library',
  detail: 'At once, without network; goes when the site’s data are deleted.',
  isUsable: true,
};

export const ZIP: DestinationChoice = {
  name: 'zip',
  kind: 'zip',
  label: 'Zip file (download)',
  detail: 'Numbered after the newest version in this browser’s library, 1.0.0 where there is none.',
  isUsable: true,
};

export function describeFolder(folder: FolderView): DestinationChoice {
  const unsupported = 'This browser does not let a page write into a folder; those based on Chromium do.';
  return {
    name: 'folder',
    kind: 'folder',
    label: folder.name === null ? 'Folder on this machine' : `Folder ${folder.name} on this machine`,
    detail: folder.state === 'unsupported' ? unsupported : 'Written by this page, without network.',
    isUsable: folder.state !== 'unsupported',
  };
}

export function describeS3(settings: S3Settings): DestinationChoice {
  return {
    name: settings.name,
    kind: 's3',
    label: settings.name,
    detail: addressOf(settings),
    isUsable: true,
  };
}

export function labelLookup({ namespace, module, version }: LookupScope, destination: string): string {
  if (namespace === null || module === null) return `all modules in ${destination}`;
  return `${modulePrefix(namespace, module)}${version === null ? '' : ` ${version}`} in ${destination}`;
}

/** Why the folder cannot be written to now. */
export function folderProblem(folder: FolderView): Problem {
  if (folder.state === 'locked')
    return {
      code: 'folder-permission',
      message: `The browser asks again before this page may write into ${folder.name ?? 'the folder'}.`,
      hint: 'Allow access in the publish cell, and check again.',
    };
  return {
    code: 'folder-none',
    message: folder.state === 'none' ? 'No folder was chosen.' : describeFolder(folder).detail,
    hint: 'Choose a folder, or another destination, in the publish cell.',
  };
}

const LOOKUP_STATES = {
  waiting: 'waiting',
  sending: 'looking',
  done: 'looking',
  failed: 'failed',
  refused: 'failed',
  cancelled: 'cancelled',
} as const;

export function viewLookup(job: LookupJob, receipt: JobReceipt | undefined, name: string): LookupView {
  const { id, namespace, module, version, destinationId } = job;
  const scope = { namespace, module, version };
  return {
    jobId: id,
    destinationId,
    scope,
    label: labelLookup(scope, name),
    href: publisherAddress(id),
    state: LOOKUP_STATES[receipt?.state ?? 'waiting'],
    problem: receipt?.problem ?? null,
  };
}

export function viewDelivery(job: PublishJob, receipt: JobReceipt | undefined, name: string): DeliveryView {
  const { id, namespace, module, version } = job;
  return {
    jobId: id,
    namespace,
    module,
    version,
    destinationName: receipt?.destinationName ?? name,
    href: publisherAddress(id),
    state: receipt?.state === 'done' ? 'sent' : (receipt?.state ?? 'waiting'),
    bytesSent: receipt?.bytesSent ?? 0,
    bytesTotal: job.files.reduce((sum, file) => sum + file.sizeBytes, 0),
    uri: receipt?.uri ?? null,
    commitSha256: receipt?.commitSha256 ?? null,
    problem: receipt?.problem ?? null,
  };
}

/** What every job begins with. */
export function newJob(destinationId: string) {
  return {
    format: 'sluice-outbox/1',
    id: crypto.randomUUID(),
    createdAt: new Date().toISOString(),
    destinationId,
  } as const;
}
