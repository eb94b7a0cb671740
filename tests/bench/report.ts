// Figures as they are kept (JSON) and as they are read (Markdown); must not know how they came about.
import { median } from './figures.ts';
import type { AppReport } from './app-driver.ts';
import type { ContestGroup } from './contest.ts';
import type { ComparedRow, Comparison, Runner } from './comparison.ts';
import type { JobReport } from './page/bench-contract.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly browser: string;
  /** Mean number of runnable processes over the last minute, before and after. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

export interface BenchResult {
  readonly date: string;
  readonly command: string;
  readonly rows: number;
  readonly fileBytes: number;
  readonly rounds: number;
  readonly machine: Machine;
  readonly comparison: Comparison;
  readonly jobs: readonly JobReport[];
  readonly contests: readonly ContestGroup[];
  /** Null where the app was left out. */
  readonly app: AppReport | null;
}

export interface Aim {
  readonly aim: string;
  readonly limit: number;
  readonly unit: string;
  /** Null where it was not measured. */
  readonly measured: number | null;
  readonly note: string;
}

function medianOf(row: ComparedRow, runner: Runner): number | null {
  const times = row.times[runner];
  return times === undefined ? null : median(times);
}

function ratio(row: ComparedRow, to: readonly Runner[]): number | null {
  const own = medianOf(row, 'sluice');
  const others = to.map((runner) => medianOf(row, runner)).filter((time) => time !== null);
  return own === null || others.length === 0 ? null : own / Math.min(...others);
}

function isCell(row: ComparedRow): boolean {
  return !row.name.startsWith('import') && row.name !== 'detection';
}

function sumOf(rows: readonly ComparedRow[], runner: Runner): number {
  return rows.reduce((sum, row) => sum + (medianOf(row, runner) ?? 0), 0);
}

export function medianJob(jobs: readonly JobReport[]): JobReport | null {
  const sorted = [...jobs].sort((a, b) => a.totalMs - b.totalMs);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

/** What the project set out to reach, with what was measured beside. */
export function judgeAims(result: Pick<BenchResult, 'comparison' | 'jobs' | 'app'>): readonly Aim[] {
  const { rows } = result.comparison;
  const imported = rows.find((row) => row.name === 'import');
  const cells = rows.filter(isCell);
  const worst = cells
    .map((row) => ({ name: row.name, ratio: ratio(row, ['raw']) ?? 0 }))
    .sort((a, b) => b.ratio - a.ratio)[0];
  const job = medianJob(result.jobs);
  const { app } = result;
  const blockages = result.jobs.flatMap(({ stages }) => stages.map(({ blockage }) => blockage));
  return [
    {
      aim: 'import against the faster raw import',
      limit: 1.15,
      unit: '×',
      measured: imported ? ratio(imported, ['raw', 'rawHandle']) : null,
      note: imported
        ? `${format(ratio(imported, ['rawHandle']), 2)} × raw through a file handle with one thread, ${format(ratio(imported, ['raw']), 2)} × raw from a buffer with all threads`
        : '',
    },
    {
      aim: 'cells against the same statements in raw duckdb-wasm, all together',
      limit: 1.05,
      unit: '×',
      measured: cells.length > 0 ? sumOf(cells, 'sluice') / sumOf(cells, 'raw') : null,
      note: worst ? `worst single statement: ${worst.name}, ${format(worst.ratio, 2)} ×` : '',
    },
    {
      aim: 'whole job, from the file to the published module',
      limit: 20,
      unit: 's',
      measured: job ? job.totalMs / 1000 : null,
      note: 'import, digest and copy, detection, 3 cells; then publication: replay with one thread in a fresh engine, Parquet, gate, module',
    },
    {
      aim: 'longest time the page was blocked during the job',
      limit: 100,
      unit: 'ms',
      measured: blockages.length > 0 ? Math.max(...blockages.map((each) => each.longestGapMs)) : null,
      note: `longest task of the page's own thread: ${format(Math.max(0, ...blockages.map((each) => each.longestTaskMs)), 0)} ms (0: none of 50 ms or more); gaps count waiting for a core as well`,
    },
    {
      aim: 'longest time the app was blocked while it imported and ran a cell',
      limit: 100,
      unit: 'ms',
      measured: app ? app.blockage.longestGapMs : null,
      note: app ? `longest task of the page's own thread: ${format(app.blockage.longestTaskMs, 0)} ms` : '',
    },
    {
      aim: 'shell usable, as a share of the time until the engine is ready',
      limit: 1,
      unit: '×',
      measured: app ? app.shellMs / app.engineMs : null,
      note: app
        ? `heading and “Open files” after ${format(app.shellMs, 0)} ms, engine ready after ${format(app.engineMs, 0)} ms, first visit, empty cache`
        : '',
    },
  ];
}

function format(value: number | null, digits: number): string {
  return value === null
    ? '—'
    : value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function comparedTable(rows: readonly ComparedRow[]): string {
  const columns: readonly Runner[] = ['sluice', 'raw', 'rawHandle', 'rawByHand', 'native', 'nativeByHand'];
  return tableOf(
    [
      'ms (median)',
      'Sluice',
      'raw wasm',
      'raw wasm, file handle',
      'raw wasm, by hand',
      'native',
      'native, by hand',
      'Sluice ÷ raw',
      'Sluice ÷ raw by hand',
      'Sluice ÷ native',
    ],
    rows.map((row) => [
      row.name,
      ...columns.map((runner) => format(medianOf(row, runner), 0)),
      format(ratio(row, ['raw']), 2),
      format(ratio(row, ['rawByHand']), 2),
      format(ratio(row, ['native']), 2),
    ]),
  );
}

function aimTable(aims: readonly Aim[]): string {
  const verdict = (aim: Aim): string =>
    aim.measured === null ? 'not measured' : aim.measured <= aim.limit ? 'met' : '**missed**';
  return [
    '| Aim | Limit | Measured | | What it says |',
    '| --- | ---: | ---: | --- | --- |',
    ...aims.map((aim) => {
      const digits = aim.unit === 'ms' ? 0 : 2;
      return `| ${aim.aim} | ${format(aim.limit, digits)} ${aim.unit} | ${format(aim.measured, digits)} ${aim.unit} | ${verdict(aim)} | ${aim.note} |`;
    }),
  ].join('\n');
}

function jobTable(jobs: readonly JobReport[]): string {
  const first = jobs[0];
  if (first === undefined) return '';
  const stages = first.stages.map(({ name }, index) => {
    const all = jobs.flatMap((job) => job.stages[index] ?? []);
    return [
      name,
      format(median(all.map(({ elapsedMs }) => elapsedMs)), 0),
      format(Math.max(...all.map(({ blockage }) => blockage.longestGapMs)), 0),
      format(Math.max(...all.map(({ blockage }) => blockage.longestTaskMs)), 0),
    ];
  });
  const total = format(median(jobs.map((job) => job.totalMs)), 0);
  return tableOf(
    ['Stage', 'ms (median)', 'longest gap, ms', 'longest task, ms'],
    [...stages, ['**all**', `**${total}**`, '', '']],
  );
}

function contestSection(groups: readonly ContestGroup[]): string {
  const rows = groups.flatMap(({ about, results }) =>
    results.map(({ name, other, ownMs, otherMs }) => [
      `${name}; ${about}`,
      format(ownMs, 0),
      format(otherMs, 0),
      format(ownMs / otherMs, 2),
      other,
    ]),
  );
  return tableOf(['What', 'Sluice, ms', 'other, ms', 'ratio', 'other way'], rows);
}

const WEAK = `## What is weak in these figures
- One machine, headless, few rounds: read ratios, not milliseconds. A ratio near 1 of a statement that takes a few ms says little.
- The columns “by hand” are written for these very data; the macros also take what these data do not hold (other types, other spellings, broken values), so they may cost more or, by their fast paths, less.
- All engines wait in memory while one is measured, and the browser and native DuckDB take turns on the same cores.
- Native DuckDB has its own allocator, 64-bit memory and SIMD code; it is a yardstick for what the hardware gives.
- “Sluice” import also guesses the dialect, looks for values a guessed type would change, and keeps account of broken lines; the raw imports are told all that. The file copy and digest run beside it and are in the whole job only.
- Gate, Parquet and module have no counterpart in raw duckdb-wasm (its Parquet extension would be fetched from a server), so they are given as times alone.
- Gaps are measured by a timer of 10 ms and include waiting for a core that an engine's thread holds.`;

function describeMaterials(rows: readonly ComparedRow[]): string {
  return rows.map((row) => `- **${row.name}**: ${row.materializes}; ${format(row.rows, 0)} rows.`).join('\n');
}

function appSection(app: AppReport | null): string {
  if (app === null) return 'The built app was left out of this run.';
  return `Driven as a person would, with the same file. First visit with an empty cache: heading and “Open files” after ${format(app.shellMs, 0)} ms, engine ready after ${format(app.engineMs, 0)} ms. Import by the file picker: ${format(app.importMs, 0)} ms from the click on Import until the source shows its rows (import, digest, copy, detection). A group-by cell: ${format(app.cellMs, 0)} ms from the click on Run until its result is drawn. Longest gap ${format(app.blockage.longestGapMs, 0)} ms, longest task ${format(app.blockage.longestTaskMs, 0)} ms. A letter typed in a notebook of a hundred cells is painted after ${format(app.keystrokes.medianMs, 0)} ms (median; 95 of 100 within ${format(app.keystrokes.p95Ms, 0)} ms).`;
}

/** Why the figures of this run should not be quoted; empty where nothing speaks against them. */
function reservations({ rounds, machine }: BenchResult): string {
  const reasons = [
    ...(rounds < 3 ? ['fewer than three rounds, so that not every engine had its turn at going first'] : []),
    ...(machine.loadBefore > machine.cores / 2 ? ['the machine had other work when it began'] : []),
  ];
  return reasons.length === 0 ? '' : `\n**Preliminary, not to be quoted:** ${reasons.join('; ')}.\n`;
}

export function writeMarkdown(result: BenchResult, aims: readonly Aim[]): string {
  const { machine, comparison } = result;
  const { facts } = comparison;
  const job = medianJob(result.jobs);
  return `# Benchmarks

Measured ${result.date} by \`${result.command}\`: ${format(result.rows, 0)} generated customers, ${format(result.fileBytes / 1e6, 0)} MB of CSV with ${facts.columns.length} columns, ${result.rounds === 1 ? 'one round' : `${result.rounds} rounds`}, engines in turn; the median counts (each statement runs three times a round, imports and detection once). Raw figures: [benchmarks.json](benchmarks.json).
${reservations(result)}
Machine: ${machine.processor}, ${machine.cores} cores, ${format(machine.memoryGiB, 0)} GiB; ${machine.system}; load ${format(machine.loadBefore, 1)} before, ${format(machine.loadAfter, 1)} after. Chromium ${machine.browser} headless, cross-origin isolation ${facts.page.isIsolated ? 'on' : 'off'}. DuckDB ${facts.sides.sluice.version} in Sluice and raw duckdb-wasm (bundle \`${facts.sides.sluice.bundle}\`, ${facts.sides.sluice.threads} threads), ${facts.sides.native.version} native (Node ${machine.node}, ${facts.sides.native.threads} threads).

## Aims
${aimTable(aims)}

## Sluice beside raw duckdb-wasm and native DuckDB
Every engine makes the same table (\`CREATE TABLE AS\`) of the same statement; after each, number of rows and a checksum over all rows are compared, and a difference ends the run. “By hand” is the same result written without macros.

${comparedTable(comparison.rows)}

${describeMaterials(comparison.rows)}

## The whole job
The app's own functions in the order in which the app calls them, in a page of their own. Result: ${job ? `${format(job.rows, 0)} rows, ${format(job.dataBytes / 1e6, 1)} MB of Parquet in \`${job.module}\`` : '—'}.

${jobTable(result.jobs)}

## Formats, profile and filters
Sluice in WebAssembly under Node with one thread; native DuckDB with one thread too. Each pair in turn, the median of ${result.rounds === 1 ? 'one round' : `${result.rounds} rounds`}.

${contestSection(result.contests)}

## The built app
${appSection(result.app)}

${WEAK}
`;
}
