// Two browsers that publish one version at the same moment; each with its own module, or both with the very same.
import { expect } from '@playwright/test';
import { startFaultProxy } from '../../s3/fault-proxy.ts';
import { send } from '../publisher-page.ts';
import { describeBucket } from './bucket-state.ts';
import type { Outcome } from './case-types.ts';
import { compareLedger } from './ledger-check.ts';
import { readRecords, stage } from '../publisher-page.ts';
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

export interface RaceCase {
  readonly name: string;
  readonly authors: readonly [string, string];
  readonly expected: Outcome;
}

async function sendNext(desk: Desk): Promise<string> {
  await expect(cardOf(desk).getByRole('button', { name: /send/i })).toHaveCount(0);
  const next = smallJob('second', '1.0.1');
  await stage(desk.page, next.job, next.bodies);
  await send(desk.page.getByRole('article', { name: 'Module hr/users 1.0.1' }));
  await readWords(desk, next);
  return `sent: ${(await describeBucket(desk.place)).replace(/\b(first|second) whole/, 'whole')}`;
}

/** Both tabs write through one proxy, which counts for both and decides as AWS does who was first with a key. */
export async function runRace(world: World, { authors }: RaceCase, prefix: string): Promise<Outcome> {
  const proxy = await startFaultProxy({ upstream: world.s3.endpoint, conditionalWrites: world.s3.admin });
  const options = { world, prefix, bucket: 'plain', isImpatient: false, proxy } as const;
  const desks = await Promise.all(authors.map((author) => openDesk({ ...options, author })));
  try {
    for (const desk of desks) {
      await addPlace(desk);
      await enterKey(desk);
    }
    await Promise.all(desks.map((desk) => send(cardOf(desk))));
    const told = await Promise.all(
      desks.map(async (desk) => ({
        desk,
        words: await readWords(desk),
        receipt: await readReceiptState(desk),
      })),
    );
    told.sort((a, b) => (a.receipt < b.receipt ? -1 : 1));
    const records = await Promise.all(desks.map(async ({ page }) => (await readRecords(page)).ledger));
    const owners = Object.fromEntries(
      told.map(({ desk, receipt }) => [receipt === 'done' ? 'of the first' : 'of the other', desk.module]),
    );
    const place = desks[0]?.place;
    const loser = told.find(({ receipt }) => receipt !== 'done')?.desk;
    return {
      // Which of the two is said depends on how far the other writer was when asked.
      person: told.map(({ words }) => words.replace('was begun by', 'was written by')).join(' · '),
      receipt: told.map(({ receipt }) => receipt).join(' · '),
      bucket: place ? await describeBucket(place, owners) : '',
      ledger: compareLedger(records.flat(), proxy.requests),
      later: loser ? await sendNext(loser) : '',
    };
  } finally {
    await Promise.all(desks.map(({ context }) => context.close()));
    await proxy.close();
  }
}
