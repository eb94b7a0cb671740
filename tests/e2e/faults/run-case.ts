// Runs one case: breaks it, collects what is told and what is there, mends it, tries again.
import { expect } from '@playwright/test';
import type { WireRecord } from '../../../src/lib/store/publisher-types.ts';
import type { SeenRequest } from '../../s3/fault-proxy.ts';
import { readRecords, send, stage } from '../publisher-page.ts';
import { ACTS } from './acts.ts';
import { describeBucket } from './bucket-state.ts';
import type { FaultCase, Outcome } from './case-types.ts';
import { compareLedger } from './ledger-check.ts';
import { smallJob } from './small-module.ts';
import {
  addPlace,
  cardOf,
  enterKey,
  openDesk,
  readReceiptState,
  readWords,
  type Desk,
  type World,
} from './world.ts';

/** The server counts the end of an answer a moment after the page has read it. */
async function readLedgerWords(desk: Desk): Promise<string> {
  const read = async (): Promise<string> => {
    const { ledger } = await readRecords(desk.page);
    return compareLedger(ledger, desk.proxy.requests);
  };
  await expect
    .poll(read, { timeout: 2000, intervals: [20, 100, 200] })
    .toMatch(/^equal/)
    .catch(() => undefined);
  return read();
}

async function prepare(desk: Desk, { setting = {} }: FaultCase, world: World): Promise<void> {
  const isReading = setting.key === 'may not write';
  const keys = isReading ? world.readingKeys : desk.keys;
  const accessKeyId = setting.key === 'unknown' ? 'NOBODYSKEY0000000000' : keys.accessKeyId;
  const bucket = setting.bucket === 'missing' ? `${desk.place.bucket}-missing` : desk.place.bucket;
  await addPlace(desk, { accessKeyId, bucket });
  await enterKey(desk, setting.key === 'wrong secret' ? `${keys.secretAccessKey}x` : keys.secretAccessKey);
}

async function chooseMended(desk: Desk): Promise<void> {
  await addPlace(desk, { name: 'mended' });
  await cardOf(desk).getByLabel('Destination').selectOption({ label: 'mended' });
  await enterKey(desk);
}

/** The same version where it can be, the next one where the number is taken. */
async function tryLater(desk: Desk, { later = 'again' }: FaultCase): Promise<string> {
  let module = desk.module;
  if (later === 'another destination') await chooseMended(desk);
  if (later === 'another key') {
    await cardOf(desk).getByRole('button', { name: 'Enter another key' }).click();
    await enterKey(desk);
  }
  if (later === 'next version') {
    await expect(cardOf(desk).getByRole('button', { name: /send/i })).toHaveCount(0);
    module = smallJob('ours', '1.0.1');
    await stage(desk.page, module.job, module.bodies);
  }
  const name = `Module hr/users ${module.job.version}`;
  await send(desk.page.getByRole('article', { name }));
  const words = await readWords(desk, module);
  const state = await describeBucket(desk.place);
  return words.startsWith(`hr/users ${module.job.version} is in `) ? `sent: ${state}` : `${words} (${state})`;
}

export async function runCase(world: World, each: FaultCase, prefix: string): Promise<Outcome> {
  const { setting = {} } = each;
  const bucket = setting.bucket === undefined || setting.bucket === 'missing' ? 'plain' : setting.bucket;
  const desk = await openDesk({ world, prefix, bucket, isImpatient: each.isSilent === true });
  try {
    await prepare(desk, each, world);
    for (const rule of each.rules ?? []) desk.proxy.add(rule);
    const act = each.act === undefined ? null : ACTS[each.act];
    await act?.before?.(desk);
    await send(cardOf(desk));
    await act?.during?.(desk);
    const person = await readWords(desk);
    const bucketState = await describeBucket(desk.place);
    const ledger = await readLedgerWords(desk);
    const receipt = await readReceiptState(desk);
    desk.proxy.clear();
    await act?.after?.(desk);
    const isDone = receipt === 'done';
    const later = isDone && each.later === undefined ? '' : await tryLater(desk, each);
    return { person, receipt, bucket: bucketState, ledger, later };
  } finally {
    await desk.context.close();
    await desk.proxy.close();
  }
}

export interface CleanRun {
  readonly ledger: readonly WireRecord[];
  /** Preflight requests left out. */
  readonly requests: readonly SeenRequest[];
}

/** Both sides of a publication that nothing spoils. */
export async function recordCleanRun(world: World, prefix: string): Promise<CleanRun> {
  const desk = await openDesk({ world, prefix, bucket: 'plain', isImpatient: false });
  try {
    await prepare(desk, { name: '', expected: { person: '', receipt: '', bucket: '', ledger: '' } }, world);
    await send(cardOf(desk));
    await readWords(desk);
    const { ledger } = await readRecords(desk.page);
    return { ledger, requests: desk.proxy.requests.filter(({ method }) => method !== 'OPTIONS') };
  } finally {
    await desk.context.close();
    await desk.proxy.close();
  }
}
