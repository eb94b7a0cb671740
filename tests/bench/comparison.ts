// One statement over all engines in turn, equal results asserted; must not know how an engine is reached.
import { openBenchPage, pageSide } from './page-driver.ts';
import type { BrowserContext, Page } from 'playwright';
import type { PageFacts } from './page/bench-contract.ts';
import { NativeSide } from './native-side.ts';
import type { Column, HexPads, OpenSideRequest, Side, SideFacts, TableCheck } from './side.ts';
import { compareSteps, type Step } from './steps.ts';

/** Who ran what: the product's own statement, the same statement, or the same result written without macros. */
export type Runner = 'sluice' | 'raw' | 'rawByHand' | 'rawHandle' | 'native' | 'nativeByHand';

/** Milliseconds of every measured round. */
export type Times = Partial<Record<Runner, number[]>>;

export interface ComparedRow {
  readonly name: string;
  readonly materializes: string;
  readonly times: Times;
  /** Rows that every engine had in the end, with one checksum. */
  rows: number;
  checksum: string;
}

export interface ComparisonFacts {
  readonly page: PageFacts;
  readonly sides: Readonly<Record<'sluice' | 'raw' | 'native', SideFacts>>;
  readonly columns: readonly Column[];
  readonly findings: readonly string[];
}

export interface Comparison {
  readonly facts: ComparisonFacts;
  readonly rows: readonly ComparedRow[];
}

interface Contest {
  readonly page: Page;
  readonly sides: Readonly<Record<'sluice' | 'raw' | 'native', Side>>;
  readonly pads: HexPads;
  readonly request: OpenSideRequest;
  readonly columns: readonly Column[];
  readonly facts: ComparisonFacts['sides'];
}

/** Whoever runs a statement first has its code compiled for all: each has its turn at it. */
const RUNS_A_ROUND = 3;

/** Every round begins with another runner. */
function rotate<T>(list: readonly T[], by: number): readonly T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

class Ledger {
  readonly #rows = new Map<string, ComparedRow>();

  get rows(): readonly ComparedRow[] {
    return [...this.#rows.values()];
  }

  note(name: string, materializes: string, runner: Runner, elapsedMs: number): void {
    const row = this.#rows.get(name) ?? { name, materializes, times: {}, rows: 0, checksum: '' };
    (row.times[runner] ??= []).push(elapsedMs);
    this.#rows.set(name, row);
  }

  /** @throws Error where this result differs from another engine's or an earlier round's */
  agree(name: string, runner: Runner, check: TableCheck): void {
    const row = this.#rows.get(name);
    if (row === undefined) return;
    if (row.checksum === '') Object.assign(row, check);
    if (row.checksum === check.checksum && row.rows === check.rows) return;
    throw new Error(
      `${name}: ${runner} has ${check.rows} rows (${check.checksum}), others ${row.rows} (${row.checksum}).`,
    );
  }
}

async function openContest(page: Page, file: string, pads: HexPads): Promise<Contest> {
  const sides = {
    sluice: pageSide(page, 'sluice'),
    raw: pageSide(page, 'raw'),
    native: new NativeSide(file),
  };
  const macroScripts = await page.evaluate(() => window.bench.macroScripts());
  const sluice = await sides.sluice.open({ threads: 0, macroScripts, pads });
  const request = { threads: sluice.threads, macroScripts, pads };
  const raw = await sides.raw.open(request);
  const native = await sides.native.open(request);
  const columns = await page.evaluate(() => window.bench.previewColumns());
  return { page, sides, pads, request, columns, facts: { sluice, raw, native } };
}

async function compareImport(contest: Contest, round: number, ledger: Ledger): Promise<void> {
  const { page, sides, columns, request } = contest;
  const rawHandle = pageSide(page, 'rawHandle');
  const runners = [
    ['sluice', sides.sluice],
    ['raw', sides.raw],
    ['rawHandle', rawHandle],
    ['native', sides.native],
  ] as const;
  for (const [runner, side] of rotate(runners, round)) {
    if (runner === 'rawHandle') await side.open(request);
    const elapsedMs = await side.importCustomers({ table: 'customers', columns, isAgain: false });
    ledger.note('import', 'the whole file as a table, types as the product finds them', runner, elapsedMs);
    ledger.agree('import', runner, await side.check('customers'));
    if (runner === 'rawHandle') await side.close();
  }
}

async function compareStep(contest: Contest, step: Step, round: number, ledger: Ledger): Promise<void> {
  const { sluice, raw, native } = contest.sides;
  const runners: readonly (readonly [Runner, Side, string])[] = [
    ['sluice', sluice, step.cell],
    ['raw', raw, step.cell],
    ['native', native, step.cell],
    ...(step.byHand === null
      ? []
      : ([
          ['rawByHand', raw, step.byHand],
          ['nativeByHand', native, step.byHand],
        ] as const)),
  ];
  for (let run = 0; run < RUNS_A_ROUND; run++) {
    for (const [runner, side, sql] of rotate(runners, round + run)) {
      const elapsedMs = await side.materialize(sql, 'result');
      ledger.note(step.name, step.materializes, runner, elapsedMs);
      if (run === 0) ledger.agree(step.name, runner, await side.check('result'));
      await side.drop('result');
    }
  }
}

/** As a replay imports: into an engine that has grown, and with the options of the first import. */
async function compareReimport(contest: Contest, round: number, ledger: Ledger): Promise<void> {
  for (const runner of rotate(['sluice', 'raw', 'native'] as const, round)) {
    const side = contest.sides[runner];
    await side.drop('customers');
    const request = { table: 'customers', columns: contest.columns, isAgain: true };
    const elapsedMs = await side.importCustomers(request);
    ledger.note(
      'import again',
      'the same with the options of the first import, as a replay does',
      runner,
      elapsedMs,
    );
    ledger.agree('import again', runner, await side.check('customers'));
  }
}

/** The statements of the product's detection are put to the other engines as well. */
async function compareDetection(contest: Contest, round: number, ledger: Ledger): Promise<readonly string[]> {
  const { page, sides } = contest;
  const detection = await page.evaluate(() => window.bench.detect('customers'));
  const { statements } = detection;
  const materializes = `${statements.length} statements, one row of counts each; the product also classifies`;
  ledger.note('detection', materializes, 'sluice', detection.elapsedMs);
  const expected = JSON.stringify((await sides.sluice.answer(statements)).rows);
  for (const runner of rotate(['raw', 'native'] as const, round)) {
    const answers = await sides[runner].answer(statements);
    ledger.note('detection', materializes, runner, answers.elapsedMs);
    if (JSON.stringify(answers.rows) !== expected)
      throw new Error(
        `detection: ${runner} counts otherwise: ${JSON.stringify(answers.rows)} against ${expected}`,
      );
  }
  ledger.agree('detection', 'sluice', { rows: statements.length, checksum: 'equal counts' });
  return detection.findings;
}

export interface ComparisonRequest {
  readonly browser: BrowserContext;
  readonly url: string;
  readonly file: string;
  readonly pads: HexPads;
  readonly rounds: number;
}

async function runRound(asked: ComparisonRequest, round: number, ledger: Ledger): Promise<ComparisonFacts> {
  const page = await openBenchPage(asked.browser, asked.url, asked.file);
  try {
    const contest = await openContest(page, asked.file, asked.pads);
    await compareImport(contest, round, ledger);
    await compareReimport(contest, round, ledger);
    const findings = await compareDetection(contest, round, ledger);
    for (const step of compareSteps(asked.pads)) await compareStep(contest, step, round, ledger);
    for (const side of Object.values(contest.sides)) await side.close();
    const facts = await page.evaluate(() => window.bench.facts());
    return { page: facts, sides: contest.facts, columns: contest.columns, findings };
  } finally {
    await page.close();
  }
}

/** Every round opens fresh engines and runs everything once in each. */
export async function compareEngines(asked: ComparisonRequest): Promise<Comparison> {
  const ledger = new Ledger();
  let facts: ComparisonFacts | null = null;
  for (let round = 0; round < asked.rounds; round++) {
    facts = await runRound(asked, round, ledger);
  }
  if (facts === null) throw new Error('No round was asked for.');
  return { facts, rows: ledger.rows };
}
