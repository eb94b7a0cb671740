// Words of the publisher's page as the journeys use them, and jobs laid ready for it as the notebook would lay them.
import { readFileSync, readdirSync } from 'node:fs';
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import type { JobReceipt, OutboxJob, PublishJob, WireRecord } from '../../src/lib/store/publisher-types.ts';

const GOLDEN = fileURLToPath(new URL('../golden/module/output/', import.meta.url));

export interface TypedDestination {
  readonly name: string;
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly accessKeyId: string;
}

export interface StagedModule {
  readonly job: PublishJob;
  /** By path below the version's folder. */
  readonly bodies: ReadonlyMap<string, Buffer>;
}

function filesBelow(folder: string, path = ''): readonly string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(folder, inner) : [inner];
  });
}

const digest = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

export interface ModuleChoice {
  readonly destinationId?: string | null;
  readonly version?: string;
  /** A data file beside the golden ones, of that many bytes, so that sending takes a while. */
  readonly ballastBytes?: number;
}

/** The golden module as a job, whole and sound; another version or more data where asked. */
export function goldenJob({
  destinationId = null,
  version,
  ballastBytes = 0,
}: ModuleChoice = {}): StagedModule {
  const bodies = new Map(filesBelow(GOLDEN).map((path) => [path, readFileSync(join(GOLDEN, path))]));
  const commit = JSON.parse(String(bodies.get('_COMMIT.json')));
  if (version !== undefined) commit.version = version;
  if (ballastBytes > 0) {
    const body = Buffer.alloc(ballastBytes, 'ballast ');
    bodies.set('data/ballast.csv', body);
    commit.files.push({ path: 'data/ballast.csv', sha256: digest(body), sizeBytes: ballastBytes });
  }
  bodies.set('_COMMIT.json', Buffer.from(JSON.stringify(commit)));
  const files = [...bodies].map(([path, body]) => ({
    path,
    sizeBytes: body.byteLength,
    sha256: digest(body),
  }));
  const job: PublishJob = {
    format: 'sluice-outbox/1',
    kind: 'publish',
    id: randomUUID(),
    createdAt: new Date().toISOString(),
    destinationId,
    namespace: commit.namespace,
    module: commit.module,
    version: commit.version,
    files: files.sort((a) => (a.path === '_COMMIT.json' ? 1 : -1)),
  };
  return { job, bodies };
}

export async function openPublisher(page: Page, hash = ''): Promise<void> {
  await page.goto(`publisher.html${hash}`);
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
}

/** Lays a job into the origin's private files, from any page of the origin. `bodies` need not fit: it may be hostile. */
export async function stage(
  page: Page,
  job: OutboxJob | { readonly id: string },
  bodies: ReadonlyMap<string, Buffer> = new Map(),
): Promise<void> {
  const files = [...bodies].map(([path, body]) => [path, body.toString('base64')] as const);
  await page.evaluate(
    async ({ job: description, files: staged }) => {
      const open = async (segments: readonly string[]): Promise<FileSystemDirectoryHandle> => {
        let folder = await navigator.storage.getDirectory();
        for (const segment of segments) folder = await folder.getDirectoryHandle(segment, { create: true });
        return folder;
      };
      const write = async (
        segments: readonly string[],
        body: string | Uint8Array<ArrayBuffer>,
      ): Promise<void> => {
        const folder = await open(segments.slice(0, -1));
        const file = await folder.getFileHandle(segments.at(-1) ?? '', { create: true });
        const writable = await file.createWritable();
        await writable.write(body);
        await writable.close();
      };
      for (const [path, base64] of staged) {
        const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
        await write(['outbox', description.id, 'files', ...path.split('/')], bytes);
      }
      await write(['outbox', description.id, 'job.json'], JSON.stringify(description));
      const channel = new BroadcastChannel('sluice-publisher');
      channel.postMessage({ kind: 'job-added', jobId: description.id });
      channel.close();
    },
    { job, files },
  );
}

/** Stages the golden module and opens the publisher at it. */
export async function stageAndOpen(page: Page, choice: ModuleChoice = {}): Promise<StagedModule> {
  await openPublisher(page);
  const staged = goldenJob(choice);
  await stage(page, staged.job, staged.bodies);
  await openPublisher(page, `#job=${staged.job.id}`);
  return staged;
}

export async function addDestination(page: Page, typed: TypedDestination): Promise<void> {
  await page.getByRole('button', { name: 'Add destination' }).first().click();
  const form = page.getByRole('form', { name: 'New S3 destination' });
  await form.getByLabel('Name', { exact: true }).fill(typed.name);
  await form.getByLabel('Endpoint').fill(typed.endpoint);
  await form.getByLabel('Bucket', { exact: true }).fill(typed.bucket);
  await form.getByLabel('Prefix (optional)').fill(typed.prefix);
  await form.getByLabel('Access key id').fill(typed.accessKeyId);
  await form.getByRole('button', { name: 'Save destination' }).click();
  await expect(page.getByRole('article', { name: `Destination ${typed.name}` })).toBeVisible();
}

/** The card of a waiting or finished job. */
export function moduleCard(page: Page, subject: string): Locator {
  return page.getByRole('article', { name: `Module ${subject}` });
}

export function lookupCard(page: Page, subject: string): Locator {
  return page.getByRole('article', {
    name: new RegExp(`^(Look up|Fetch) ${subject.replaceAll('.', '\\.')}`),
  });
}

export function sentCard(page: Page, subject: string): Locator {
  return page.getByRole('article', { name: `Sent ${subject}` });
}

export function destinationCard(page: Page, name: string): Locator {
  return page.getByRole('article', { name: `Destination ${name}` });
}

/** Says that a stored destination is right, where the page asks: once in each tab. */
export async function confirmPlace(card: Locator): Promise<void> {
  const confirm = card.getByRole('button', { name: /^This is right: / });
  if (await confirm.isVisible()) await confirm.click();
  await expect(confirm).toBeHidden();
}

/** Confirms the destination where that is asked, too. */
export async function enterSecret(
  card: Locator,
  secret: string,
  { isRemembered = false }: { readonly isRemembered?: boolean } = {},
): Promise<void> {
  if (isRemembered) await card.getByRole('checkbox', { name: /^Remember on this device/ }).check();
  await card.getByLabel(/^Secret access key/).fill(secret);
  await card.getByRole('button', { name: 'Use this key' }).click();
  await expect(card.getByText(/^The signing key is/)).toBeVisible();
  await confirmPlace(card);
}

/** Presses the button that sends, whatever it says about sizes and place. */
export async function send(card: Locator): Promise<void> {
  const button = card.getByRole('button', { name: /^(Send|Try again: send) \d+ files?/ });
  await button.waitFor();
  await confirmPlace(card);
  await button.click();
}

export function problemOf(card: Locator): Locator {
  return card.getByRole('alert');
}

/** Every request this browser recorded, and every receipt, as they lie in the publisher's own database. */
export function readRecords(
  page: Page,
): Promise<{ readonly ledger: readonly WireRecord[]; readonly receipts: readonly JobReceipt[] }> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('sluice-publisher');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const all = <T>(store: string): Promise<readonly T[]> =>
      new Promise((resolve, reject) => {
        const reading = database.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error);
      });
    const records = { ledger: await all<WireRecord>('ledger'), receipts: await all<JobReceipt>('receipts') };
    database.close();
    return records;
  });
}

/** Numbers of the parts that the publisher remembers as sent. */
export function readMultipartParts(page: Page): Promise<readonly number[]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('sluice-publisher');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const states = await new Promise<readonly { readonly parts: readonly { readonly number: number }[] }[]>(
      (resolve, reject) => {
        const reading = database.transaction('multipart').objectStore('multipart').getAll();
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error);
      },
    );
    database.close();
    return states.flatMap(({ parts }) => parts.map(({ number }) => number));
  });
}

/** Paths below a folder of the origin's private files, sorted. */
export function readPrivateFiles(page: Page, folder: string): Promise<readonly string[]> {
  return page.evaluate(async (name) => {
    const found: string[] = [];
    const collect = async (handle: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [entry, inner] of handle.entries()) {
        if (inner.kind === 'file') found.push(path + entry);
        else await collect(inner as FileSystemDirectoryHandle, `${path}${entry}/`);
      }
    };
    const root = await navigator.storage.getDirectory();
    await collect(await root.getDirectoryHandle(name, { create: true }), '');
    return found.sort();
  }, folder);
}
