// The whole work on one file, by the very functions the app calls, stage by stage with its time; must not know the yardsticks.
import { platformEffects } from '../../../src/lib/base/effects.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine, HmacPads } from '../../../src/lib/engine/contract.ts';
import { completeNotebook } from '../../../src/lib/notebook/complete.ts';
import type { Notebook, PublishCell } from '../../../src/lib/notebook/notebook-types.ts';
import { parseNotebook } from '../../../src/lib/notebook/text-parse.ts';
import { createLibraryDestination } from '../../../src/lib/publish/library.ts';
import { completeRelease, prepareRelease, type ReleaseStage } from '../../../src/lib/release/release.ts';
import { analyzeCells, type AsyncParse } from '../../../src/lib/run/notebook-analysis.ts';
import { sqlCellsOf } from '../../../src/lib/run/replay.ts';
import { detectColumns } from '../../../src/lib/sensitivity/detect-columns.ts';
import { APP_VERSION } from '../../../src/lib/session/app-version.ts';
import { locateEngineAssets } from '../../../src/lib/session/engine-assets.ts';
import { loadMacroLibrary } from '../../../src/lib/session/macro-library.ts';
import { createParserClient } from '../../../src/lib/session/parser-client.ts';
import { createSourceVault } from '../../../src/lib/store/source-files.ts';
import notebookText from '../customers.sluice.md?raw';
import type { JobReport, JobStage } from './bench-contract.ts';
import { watchBlockage } from './blockage.ts';
import { makeEngine } from './sluice-side.ts';

/** Splits the time that passes into named stages, and watches the page in each. */
class StageClock {
  readonly stages: JobStage[] = [];
  #last = performance.now();
  #stopWatching = watchBlockage();

  end(name: string): void {
    const now = performance.now();
    this.stages.push({ name, elapsedMs: now - this.#last, blockage: this.#stopWatching() });
    this.#last = now;
    this.#stopWatching = watchBlockage();
  }

  total(): number {
    return this.stages.reduce((sum, stage) => sum + stage.elapsedMs, 0);
  }
}

interface Bench {
  readonly file: File;
  readonly notebook: Notebook;
  readonly settings: PublishCell;
  readonly registry: ReturnType<typeof loadMacroLibrary>;
  readonly parse: AsyncParse;
  readonly pads: HmacPads;
}

function prepareBench(file: File, pads: HmacPads): Bench {
  let next = 0;
  const notebook = completeNotebook(unwrap(parseNotebook(notebookText)), () => `cell-${next++}`);
  const settings = notebook.cells.find((cell) => cell.kind === 'publish');
  if (settings === undefined) throw new Error('The notebook of the bench has no publish cell.');
  return { file, notebook, settings, registry: loadMacroLibrary(), parse: createParserClient(), pads };
}

async function openEngine({ registry }: Bench, threads: 1 | 'all'): Promise<Engine> {
  const engine = makeEngine();
  const macroScripts = registry.macros.map((macro) => macro.script);
  unwrap(await engine.open({ threads, macroScripts, assets: locateEngineAssets() }));
  return engine;
}

/** As the app binds a file: digest and copy beside import and detection. @returns SHA-256 of the file */
async function bindFile(engine: Engine, bench: Bench, clock: StageClock): Promise<string> {
  const vault = createSourceVault(
    () => new Worker(new URL('../../../workers/store.worker.ts', import.meta.url), { type: 'module' }),
  );
  const kept = vault.keep(bench.file);
  const request = {
    importId: 'job',
    table: 'customers',
    handle: bench.file,
    options: { format: 'csv' as const },
  };
  const { columns } = unwrap(await engine.importFile(request, () => {}));
  clock.end('import');
  unwrap(await detectColumns({ engine, relation: 'customers', columns }));
  clock.end('detection');
  const { sha256 } = unwrap(await kept);
  clock.end('rest of digest and copy');
  vault.dispose();
  return sha256;
}

async function runCells(engine: Engine, bench: Bench): Promise<void> {
  const { columns } = unwrap(await engine.describe({ relation: 'customers' }));
  const cells = sqlCellsOf(bench.notebook);
  const { parse, registry } = bench;
  const analysis = await analyzeCells({
    cells,
    sources: [{ name: 'customers', columns: columns.map((column) => column.name) }],
    sourceNames: ['customers'],
    parse,
    registry,
  });
  unwrap(await engine.setHmacPads(bench.pads));
  for (const name of analysis.order) {
    const sql = cells.find((cell) => cell.name === name)?.sql ?? '';
    unwrap(await engine.run({ runId: name, sql, into: name }, () => {}));
    unwrap(await engine.page({ relation: name, offset: 0, limit: 100 }));
  }
}

const STAGE_WORDS: Readonly<Record<ReleaseStage, string>> = {
  replaying: 'publication: start a fresh engine',
  writing: 'publication: replay with one thread (import, detection, cells)',
  judging: 'publication: write Parquet',
};

async function publish(bench: Bench, sha256: string, clock: StageClock) {
  const { notebook, settings, registry, parse, pads, file } = bench;
  const library = createLibraryDestination();
  const prepared = unwrap(
    await prepareRelease({
      notebook,
      notebookText,
      settings,
      sources: { customers: { handle: file, sha256 } },
      pads,
      keyFingerprint: null,
      parse,
      registry,
      effects: platformEffects,
      appVersion: APP_VERSION,
      actor: 'bench',
      versions: library,
      goesTo: 'library',
      openEngine: async () => ({ ok: true, value: await openEngine(bench, 1) }),
      onStage: (stage) => clock.end(STAGE_WORDS[stage]),
    }),
  );
  clock.end('publication: gate and version');
  if (prepared.verdict.verdict !== 'passed') {
    throw new Error(`The gate blocked the bench: ${JSON.stringify(prepared.verdict.findings)}`);
  }
  const completed = unwrap(await completeRelease(prepared, library));
  clock.end('publication: module into the library');
  await prepared.dispose();
  return { uri: completed.uri, file: prepared.exported.files[0] };
}

/** From the file to the published module. The exploring engine is open before the clock starts, as in the app. */
export async function runJob(source: File, pads: HmacPads): Promise<JobReport> {
  const bench = prepareBench(source, pads);
  const engine = await openEngine(bench, 'all');
  const clock = new StageClock();
  const sha256 = await bindFile(engine, bench, clock);
  await runCells(engine, bench);
  clock.end('cells (3)');
  const { uri, file } = await publish(bench, sha256, clock);
  await engine.dispose();
  return {
    totalMs: clock.total(),
    stages: clock.stages,
    module: uri,
    rows: file?.rowCount ?? 0,
    dataBytes: file?.bytes.length ?? 0,
    dataSha256: file?.sha256 ?? '',
  };
}
