// Brings a release that passed to where it goes: written here, laid down for the publisher, or packed into a zip file; must not know what is shown of it.
import { succeed, type Result } from '../base/result.ts';
import { createMemoryDestination } from '../publish/memory.ts';
import { zipModule } from '../publish/zip.ts';
import { buildReleaseModule, completeRelease, type Release } from '../release/release.ts';
import type { DestinationDesk, Target } from './destination-desk.svelte.ts';
import type { PublicationView } from './publication-types.ts';

/** What a publication shows afterwards; `deliveryId` where the module waits to be sent. */
export type Delivered = Pick<PublicationView, 'stage' | 'published' | 'nextVersion' | 'download'> & {
  readonly deliveryId: string | null;
};

const DONE = { stage: 'published', download: null, deliveryId: null } as const;

export async function deliverRelease(
  release: Release,
  target: Target,
  destinations: DestinationDesk,
): Promise<Result<Delivered>> {
  if (target.s3) return stageModule(release, target.s3, destinations);
  if (!target.writer) return saveAsZip(release);
  const completed = await completeRelease(release, target.writer);
  if (!completed.ok) return completed;
  const { summary } = completed.value;
  return succeed({ ...DONE, published: summary, nextVersion: summary.version });
}

async function stageModule(
  release: Release,
  s3: NonNullable<Target['s3']>,
  destinations: DestinationDesk,
): Promise<Result<Delivered>> {
  const module = await buildReleaseModule(release);
  if (!module.ok) return module;
  const staged = await destinations.stage(module.value, s3);
  if (!staged.ok) return staged;
  const { summary } = module.value;
  return succeed({
    ...DONE,
    stage: 'staged',
    deliveryId: staged.value,
    published: summary,
    nextVersion: summary.version,
  });
}

/** The layout of a destination: unpacked into a folder of modules it takes its place there. */
async function saveAsZip(release: Release): Promise<Result<Delivered>> {
  const memory = createMemoryDestination('the zip file');
  const completed = await completeRelease(release, memory.destination);
  if (!completed.ok) return completed;
  const { summary } = completed.value;
  const bytes = zipModule(memory.files()) as Uint8Array<ArrayBuffer>;
  return succeed({
    ...DONE,
    published: summary,
    nextVersion: summary.version,
    download: {
      fileName: `${summary.namespace}-${summary.module}-${summary.version}.zip`,
      blob: new Blob([bytes], { type: 'application/zip' }),
    },
  });
}
