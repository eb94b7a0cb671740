// One S3 server and its buckets for every case, and the publisher's page of one case; must not know any fault.
import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startS3, type S3Environment, type TestBucket } from '../../s3/endpoint.ts';
import { startFaultProxy, type FaultProxy } from '../../s3/fault-proxy.ts';
import type { S3Keys } from '../../s3/rgw.ts';
import {
  addDestination,
  enterSecret,
  moduleCard,
  openPublisher,
  problemOf,
  readRecords,
  sentCard,
  stage,
  type StagedModule,
  type TypedDestination,
} from '../publisher-page.ts';
import type { Place } from './bucket-state.ts';
import { smallJob } from './small-module.ts';

export interface World {
  readonly browser: Browser;
  readonly baseURL: string;
  readonly s3: S3Environment;
  readonly buckets: Readonly<Record<BucketKind, TestBucket>>;
  /** May read and list, not write. */
  readonly readingKeys: S3Keys;
}

/** A bucket a page may use, one without CORS, one whose CORS rule exposes no header. */
export type BucketKind = 'plain' | 'no CORS' | 'no exposed headers';

export async function startWorld(browser: Browser, baseURL: string): Promise<World> {
  const s3 = await startS3();
  const corsOrigins = [new URL(baseURL).origin];
  const plain = await s3.makeBucket({ corsOrigins });
  const hiding = await s3.makeBucket();
  const rule = { AllowedOrigins: corsOrigins, AllowedMethods: ['GET', 'HEAD', 'PUT'], AllowedHeaders: ['*'] };
  await s3.admin.send(
    new PutBucketCorsCommand({ Bucket: hiding.name, CORSConfiguration: { CORSRules: [rule] } }),
  );
  const buckets = { plain, 'no CORS': await s3.makeBucket(), 'no exposed headers': hiding };
  return { browser, baseURL, s3, buckets, readingKeys: await s3.makeKey(plain, { access: 'read' }) };
}

export interface DeskOptions {
  readonly world: World;
  readonly prefix: string;
  readonly bucket: BucketKind;
  /** Silence of the store is given up after 1.5 s in place of a minute. */
  readonly isImpatient: boolean;
  readonly proxy?: FaultProxy;
  readonly author?: string;
}

/** A browser of its own with the publisher's page, a module staged in it, and the proxy between it and the store. */
export interface Desk {
  readonly context: BrowserContext;
  readonly proxy: FaultProxy;
  readonly place: Place;
  /** Changes where it is staged again. */
  module: StagedModule;
  /** Changes where the tab is closed and opened again. */
  page: Page;
  /** Keys that may do everything. */
  readonly keys: S3Keys;
}

/**
 * Pauses between attempts run 40 times as fast, so that giving up takes no half minute; the timers are those of the
 * page, and the page has no switch for them.
 */
async function hurry(context: BrowserContext, isImpatient: boolean): Promise<void> {
  await context.addInitScript(
    (silence: number) => {
      const setLater = window.setTimeout.bind(window);
      const later = (work: () => void, ms = 0): number => setLater(work, ms / (ms >= 10_000 ? silence : 40));
      Reflect.set(window, 'setTimeout', later);
    },
    isImpatient ? 40 : 1,
  );
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { world, prefix, bucket, isImpatient, author = 'ours' } = options;
  const proxy = options.proxy ?? (await startFaultProxy({ upstream: world.s3.endpoint }));
  const context = await world.browser.newContext({ baseURL: world.baseURL });
  await hurry(context, isImpatient);
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.accept());
  await openPublisher(page);
  const module = smallJob(author);
  await stage(page, module.job, module.bodies);
  const place = { admin: world.s3.admin, bucket: world.buckets[bucket].name, prefix };
  return { context, proxy, place, module, page, keys: world.s3.keys };
}

export function cardOf({ page, module: { job } }: Desk) {
  return moduleCard(page, `${job.namespace}/${job.module} ${job.version}`);
}

/** Adds a destination in the page; what is not told is right. */
export async function addPlace(desk: Desk, typed: Partial<TypedDestination> = {}): Promise<void> {
  await addDestination(desk.page, {
    name: 'team',
    endpoint: desk.proxy.endpoint,
    bucket: desk.place.bucket,
    prefix: desk.place.prefix,
    accessKeyId: desk.keys.accessKeyId,
    ...typed,
  });
}

export async function enterKey(desk: Desk, secret = desk.keys.secretAccessKey): Promise<void> {
  await enterSecret(cardOf(desk), secret);
}

/** What the page says when the run has ended: the bold words, and those of a warning. */
export async function readWords(desk: Desk, module: StagedModule = desk.module): Promise<string> {
  const subject = `${module.job.namespace}/${module.job.module} ${module.job.version}`;
  const sent = sentCard(desk.page, subject);
  const problem = problemOf(moduleCard(desk.page, subject));
  await sent.or(problem).first().waitFor();
  const told = (await sent.isVisible()) ? sent : problem;
  const words = await told.locator('strong').allInnerTexts();
  if (told === problem && (await problem.innerText()).trim() === words.join('').trim())
    return `${words.join(' ')} (no advice)`;
  return words.join(' ').replaceAll(desk.proxy.endpoint, '<store>').replaceAll(desk.place.bucket, '<bucket>');
}

/** The receipt of the staged module. */
export async function readReceiptState(desk: Desk): Promise<string> {
  const { receipts } = await readRecords(desk.page);
  return receipts.find(({ jobId }) => jobId === desk.module.job.id)?.state ?? 'none';
}
