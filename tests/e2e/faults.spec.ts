// Everything that can go wrong between the publisher's page and a store: what is told, what is there, and that a later try succeeds.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { reasonWithoutS3 } from '../s3/endpoint.ts';
import { describeBucket, writeVersion } from './faults/bucket-state.ts';
import type { FaultCase, Outcome } from './faults/case-types.ts';
import { ANSWER_CASES, CONFIGURATION_CASES, COURSE_CASES, RACES, VERSION_CASES } from './faults/cases.ts';
import { compareLedger } from './faults/ledger-check.ts';
import { runRace } from './faults/races.ts';
import { ALWAYS_CASES, ONCE_CASES, STEPS } from './faults/request-cases.ts';
import { recordCleanRun, runCase, type CleanRun } from './faults/run-case.ts';
import { smallJob } from './faults/small-module.ts';
import { formatPage, formatTable } from './faults/table.ts';
import { startWorld, type World } from './faults/world.ts';

const PAGE = fileURLToPath(new URL('../../docs/publishing-faults.md', import.meta.url));
const HEAD = ['case', 'what the person sees', 'in the bucket', 'ledger = server', 'later try'];
const LANES = 4;

interface Named {
  readonly name: string;
  readonly expected: Omit<Outcome, 'later'> & { readonly later?: string };
}

interface Work extends Named {
  readonly run: (world: World, prefix: string) => Promise<Outcome>;
}

function workOf(each: FaultCase): Work {
  return { ...each, run: (world, prefix) => runCase(world, each, prefix) };
}

const SECTIONS: readonly { readonly title: string; readonly cases: readonly Work[] }[] = [
  { title: 'Key, bucket and its configuration', cases: CONFIGURATION_CASES.map(workOf) },
  { title: 'What the store answers', cases: ANSWER_CASES.map(workOf) },
  {
    title: 'Whose version it is',
    cases: [
      ...VERSION_CASES.map(workOf),
      ...RACES.map((race) => ({
        ...race,
        run: (world: World, prefix: string) => runRace(world, race, prefix),
      })),
    ],
  },
  { title: 'Silence, slowness, and a browser that goes away', cases: COURSE_CASES.map(workOf) },
  { title: 'Every request, broken once', cases: ONCE_CASES.map(workOf) },
  { title: 'Every request, broken until the page gives up', cases: ALWAYS_CASES.map(workOf) },
];

function cellsOf(name: string, outcome: Named['expected']): readonly string[] {
  return [name, outcome.person, outcome.bucket, outcome.ledger, outcome.later ?? ''];
}

/** Each case in turn in one of the lanes; what throws is an outcome too. */
async function runAll(world: World): Promise<ReadonlyMap<string, Outcome>> {
  const waiting = SECTIONS.flatMap(({ cases }) => cases).map((work, i) => ({ work, prefix: `case-${i}` }));
  const outcomes = new Map<string, Outcome>();
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { work, prefix } = next;
      const outcome = await work.run(world, prefix).catch((error: unknown) => ({
        ...{ person: `The case broke off: ${String(error)}`, receipt: '', bucket: '', ledger: '', later: '' },
      }));
      outcomes.set(work.name, outcome);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return outcomes;
}

/** The list of requests that are broken one by one is that of a real publication. */
function expectOrder({ requests }: CleanRun): void {
  expect(requests.map(({ method }) => method)).toEqual(STEPS.map(({ method }) => method));
  for (const [i, { match }] of STEPS.entries())
    expect(`${requests[i]?.path}${requests[i]?.query}`).toMatch(match);
}

/** What looks at bucket and ledger sees a half version and a request that one side lacks. */
async function expectSharpEyes(world: World, { ledger, requests }: CleanRun): Promise<void> {
  const place = { admin: world.s3.admin, bucket: world.buckets.plain.name, prefix: 'half' };
  const { job, bodies } = smallJob('ours');
  const changed = Buffer.from(String(bodies.get('croissant.json')).replace('ours', 'hers'));
  await writeVersion(place, { job, bodies: new Map([...bodies, ['croissant.json', changed]]) });
  expect(await describeBucket(place)).toBe('HALF 1.0.0: croissant.json is another');
  expect(compareLedger(ledger, requests)).toBe('equal');
  expect(compareLedger(ledger, requests.slice(1))).toMatch(/^only in the ledger: /);
  expect(compareLedger(ledger.slice(1), requests)).toMatch(/^only at the server: /);
  const more = requests.map((each, i) =>
    i === 1 ? { ...each, bytesReceived: each.bytesReceived + 1 } : each,
  );
  expect(compareLedger(ledger, more)).toMatch(/^only in the ledger: PUT /);
}

test('whatever breaks is told, leaves no half version, and can be mended', async ({ browser, baseURL }) => {
  test.setTimeout(900_000);
  test.skip(reasonWithoutS3() !== null, 'no S3 server');
  const world = await startWorld(browser, baseURL ?? '');
  try {
    const clean = await recordCleanRun(world, 'order');
    expectOrder(clean);
    await expectSharpEyes(world, clean);
    const begun = performance.now();
    const outcomes = await runAll(world);
    const found = SECTIONS.map(({ title, cases }) => ({
      title,
      rows: cases.flatMap(({ name }) => {
        const outcome = outcomes.get(name);
        return outcome ? [cellsOf(name, outcome)] : [];
      }),
    }));
    console.log(`${outcomes.size} cases in ${Math.round((performance.now() - begun) / 1000)} s`);
    console.log(
      formatTable(
        HEAD,
        found.flatMap(({ rows }) => rows),
      ),
    );
    if (process.env['SLUICE_PICTURES']) writeFileSync(PAGE, formatPage(HEAD, found));
    const all = SECTIONS.flatMap(({ cases }) => cases);
    const expected = all.map(({ name, expected: { later = '', ...rest } }) => ({ name, ...rest, later }));
    expect(all.map(({ name }) => ({ name, ...outcomes.get(name) }))).toEqual(expected);
  } finally {
    await world.s3.stop();
  }
});
