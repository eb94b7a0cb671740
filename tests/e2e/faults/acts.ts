// What happens around the click that sends, where it is not the proxy that spoils; must not know what should follow.
import { randomUUID } from 'node:crypto';
import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { expect } from '@playwright/test';
import { corsJson } from '../../../src/lib/publish/s3-policies.ts';
import { openPublisher, stage } from '../publisher-page.ts';
import { writeVersion } from './bucket-state.ts';
import { smallJob } from './small-module.ts';
import { enterKey, type Desk } from './world.ts';

interface Act {
  readonly before?: (desk: Desk) => Promise<void>;
  readonly during?: (desk: Desk) => Promise<void>;
  readonly after?: (desk: Desk) => Promise<void>;
}

async function waitForPut(desk: Desk, file: string): Promise<void> {
  const isThere = (): boolean =>
    desk.proxy.requests.some(({ method, path }) => method === 'PUT' && path.endsWith(file));
  await expect.poll(isThere, { intervals: [10] }).toBe(true);
}

export type ActName =
  | 'theirs is there'
  | 'theirs comes'
  | 'tab closed'
  | 'offline'
  | 'CORS is added'
  | 'cancelled'
  | 'staged again';

export const ACTS: Readonly<Record<ActName, Act>> = {
  'theirs is there': { before: (desk) => writeVersion(desk.place, smallJob('theirs')) },
  'theirs comes': {
    during: async (desk) => {
      await waitForPut(desk, '_COMMIT.json');
      const { job, bodies } = smallJob('ours');
      const commit = String(bodies.get('_COMMIT.json')).replace('2025-01-02', '2025-01-03');
      await writeVersion(desk.place, { job, bodies: new Map([['_COMMIT.json', Buffer.from(commit)]]) });
    },
  },
  'tab closed': {
    during: async (desk) => {
      await waitForPut(desk, 'part-1.csv');
      await desk.page.close();
      desk.page = await desk.context.newPage();
      await openPublisher(desk.page);
    },
    after: (desk) => enterKey(desk),
  },
  offline: {
    during: async (desk) => {
      await waitForPut(desk, 'part-0.csv');
      await desk.context.setOffline(true);
    },
    after: (desk) => desk.context.setOffline(false),
  },
  'CORS is added': {
    after: async ({ place: { admin, bucket }, page }) => {
      const CORSConfiguration = { CORSRules: JSON.parse(corsJson(new URL(page.url()).origin)) };
      await admin.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration }));
    },
  },
  'staged again': {
    after: async (desk) => {
      desk.module = { ...desk.module, job: { ...desk.module.job, id: randomUUID() } };
      await desk.page.reload();
      await stage(desk.page, desk.module.job, desk.module.bodies);
      await enterKey(desk);
    },
  },
  cancelled: {
    during: async (desk) => {
      await waitForPut(desk, 'part-0.csv');
      await desk.page.getByRole('button', { name: 'Cancel' }).click();
    },
  },
};
