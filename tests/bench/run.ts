// The bench from end to end: data, page, engines side by side, the whole job, the built app, and the report.
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureApp, type AppReport } from './app-driver.ts';
import { buildBenchPage } from './build-page.ts';
import { compareEngines } from './comparison.ts';
import { ensureCustomers } from './customers.ts';
import { measureFormats } from './formats.ts';
import { FULL_ROWS, readOptions, type BenchOptions } from './options.ts';
import { launchBrowser, openBenchPage } from './page-driver.ts';
import { servePage } from './page-server.ts';
import { measureProfile } from './profile.ts';
import type { JobReport } from './page/bench-contract.ts';
import { judgeAims, writeMarkdown, type BenchResult, type Machine } from './report.ts';
import type { HexPads } from './side.ts';

const project = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const CACHE = project('.cache/bench');
const PAGE = join(CACHE, 'page');
const WARM_UP_ROWS = 20_000;
/** A workbook of all rows would not be one that anybody has. */
const FORMAT_SHARE = 5;

/** Pads of the test key `Jefe` (RFC 4231, test case 2), padded as RFC 2104 says. */
function padsOfTestKey(): HexPads {
  const key = new TextEncoder().encode('Jefe');
  const pad = (byte: number): string =>
    Buffer.from(Array.from({ length: 64 }, (_, at) => (key[at] ?? 0) ^ byte)).toString('hex');
  return { inner: pad(0x36), outer: pad(0x5c) };
}

type Browser = Awaited<ReturnType<typeof launchBrowser>>;

/** Works with a browser that has never seen anything. */
async function withFreshBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const profile = join(CACHE, 'profile');
  rmSync(profile, { recursive: true, force: true });
  const browser = await launchBrowser(profile);
  try {
    return await work(browser);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function measureJobs(url: string, file: string, options: BenchOptions): Promise<JobReport[]> {
  const jobs: JobReport[] = [];
  for (let round = 0; round < options.rounds; round++) {
    console.log(`The whole job, round ${round + 1} of ${options.rounds} …`);
    const job = await withFreshBrowser(async (browser) => {
      const page = await openBenchPage(browser, url, file);
      return page.evaluate((pads) => window.bench.runJob(pads), padsOfTestKey());
    });
    if (jobs[0] !== undefined && job.dataSha256 !== jobs[0].dataSha256)
      throw new Error('Two rounds of the same job published different bytes.');
    jobs.push(job);
  }
  return jobs;
}

async function measureEngines(url: string, file: string, options: BenchOptions) {
  const pads = padsOfTestKey();
  return withFreshBrowser(async (browser) => {
    console.log('Warming up …');
    const small = ensureCustomers(CACHE, WARM_UP_ROWS);
    await compareEngines({ browser, url, file: small, pads, rounds: 1 });
    console.log(`Engines side by side, ${options.rounds} rounds …`);
    const comparison = await compareEngines({ browser, url, file, pads, rounds: options.rounds });
    return { comparison, browserVersion: browser.browser()?.version() ?? '' };
  });
}

function describeMachine(browser: string, loadBefore: number): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memoryGiB: totalmem() / 2 ** 30,
    system: `${platform()} ${release().split('-')[0] ?? ''} ${arch()}`,
    node: process.version,
    browser,
    loadBefore,
    loadAfter: loadavg()[0] ?? 0,
  };
}

/** What was really typed: by npm, or this file directly. */
function commandLine(words: readonly string[]): string {
  if (process.env['npm_lifecycle_event'] !== 'bench') return ['node tests/bench/run.ts', ...words].join(' ');
  return ['npm run bench', ...(words.length > 0 ? ['--', ...words] : [])].join(' ');
}

async function measure(options: BenchOptions): Promise<BenchResult> {
  const loadBefore = loadavg()[0] ?? 0;
  console.log(`Customers: ${options.rows.toLocaleString('en-US')} rows …`);
  const file = ensureCustomers(CACHE, options.rows);
  await buildBenchPage(PAGE);
  const server = await servePage(PAGE, options.isIsolated);
  try {
    const { comparison, browserVersion } = await measureEngines(server.url, file, options);
    const jobs = await measureJobs(server.url, file, options);
    console.log('Formats, profile, filters …');
    const contests = [
      await measureFormats(Math.ceil(options.rows / FORMAT_SHARE), options.rounds),
      await measureProfile(options.rows, options.rounds),
    ];
    let app: AppReport | null = null;
    if (options.withApp) {
      console.log('The built app …');
      app = await withFreshBrowser((browser) => measureApp(browser, file, options.rows));
    }
    return {
      date: new Date().toISOString().slice(0, 10),
      command: commandLine(process.argv.slice(2)),
      rows: options.rows,
      fileBytes: statSync(file).size,
      rounds: options.rounds,
      machine: describeMachine(browserVersion, loadBefore),
      comparison,
      jobs,
      contests,
      app,
    };
  } finally {
    await server.stop();
  }
}

const options = readOptions(process.argv.slice(2));
const result = await measure(options);
const aims = judgeAims(result);
const markdown = writeMarkdown(result, aims);
console.log(`\n${markdown}`);
if (options.writesDocs) {
  writeFileSync(project('docs/benchmarks.json'), `${JSON.stringify({ ...result, aims }, null, 2)}\n`);
  writeFileSync(project('docs/benchmarks.md'), markdown);
  console.log('Written: docs/benchmarks.json, docs/benchmarks.md');
} else {
  console.log(
    `Not written to docs/: that takes ${FULL_ROWS.toLocaleString('en-US')} rows and 3 rounds, or --write.`,
  );
}
