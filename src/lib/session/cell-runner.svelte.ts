// Runs cells in graph order and keeps their live states; must not know how sources are bound or what is published.
import { SvelteMap } from 'svelte/reactivity';
import type { Problem } from '../base/result.ts';
import type { Engine, RunReport } from '../engine/contract.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { CellId, SqlCell } from '../notebook/notebook-types.ts';
import {
  analyzeCells,
  type AsyncParse,
  type CellAnalysis,
  type NotebookAnalysis,
} from '../run/notebook-analysis.ts';
import { sqlCellsOf, upstreamProblem } from '../run/replay.ts';
import { levelsOfSource, type SourceColumnLevel } from '../run/source-levels.ts';
import { describeOutputColumns } from './output-columns.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { CellRun } from './session-types.ts';
import type { SourceShelf } from './source-shelf.svelte.ts';

export const NEW_RUN: CellRun = {
  state: 'new',
  elapsedMs: null,
  startedAtMs: null,
  rowCount: null,
  columns: [],
  problem: null,
  progress: null,
  reads: [],
  generation: 0,
};

/** The macros that hash with the project key. A cell that has the word elsewhere becomes stale for nothing. */
const NEEDS_KEY = /\b_?hmac_/i;

interface RunnerParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly shelf: SourceShelf;
  readonly registry: MacroRegistry;
  readonly parse: AsyncParse;
  readonly announce: (text: string) => void;
  readonly missKey: () => void;
  /** Called with what came of a cell that ran, or could not. */
  readonly ran: (name: string, run: CellRun) => void;
}

export class CellRunner {
  readonly #parts: RunnerParts;
  readonly #runs = new SvelteMap<CellId, CellRun>();
  /** The SQL each cell was last run with, whatever came of it, to tell what was edited since. */
  readonly #ranSql = new Map<CellId, string>();
  #isRunning = $state.raw(false);
  /** Runs asked for so far, and the last of them that was cancelled. */
  #asked = 0;
  #cancelledThrough = 0;
  #current: string | null = null;
  #stopWaiting: (() => void) | null = null;
  #queue: Promise<void> = Promise.resolve();
  #analysis: NotebookAnalysis | null = null;
  #turn = 0;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  run(id: CellId): CellRun {
    return this.#runs.get(id) ?? NEW_RUN;
  }

  #set(id: CellId, change: Partial<CellRun>): void {
    this.#runs.set(id, { ...this.run(id), ...change });
  }

  #cells(): readonly SqlCell[] {
    return sqlCellsOf(this.#parts.desk.notebook);
  }

  #cellNamed(name: string): SqlCell | undefined {
    return this.#cells().find((cell) => cell.name.toLowerCase() === name.toLowerCase());
  }

  /** Levels of every bound source's columns. */
  levels(): readonly SourceColumnLevel[] {
    return this.#parts.shelf.views.flatMap((view) =>
      levelsOfSource(
        view.name,
        view.columns.flatMap((column) => (column.finding ? [column.finding] : [])),
        view.spec.columns ?? {},
      ),
    );
  }

  /** Parses and traces the notebook as it stands; later calls win over earlier ones still under way. */
  async analyze(): Promise<NotebookAnalysis> {
    const { shelf, desk, parse, registry } = this.#parts;
    this.#turn += 1;
    const turn = this.#turn;
    const analysis = await analyzeCells({
      cells: this.#cells(),
      sources: shelf.views
        .filter((view) => view.state === 'bound')
        .map((view) => ({ name: view.name, columns: view.columns.map((column) => column.name) })),
      sourceNames: Object.keys(desk.notebook.sources),
      outputs: this.#cells().flatMap((cell) => this.#actualColumns(cell)),
      parse,
      registry,
    });
    if (turn === this.#turn) {
      this.#analysis = analysis;
      this.#showAnalysis(analysis);
    }
    return analysis;
  }

  /** Columns of a cell whose table was made from its present text. */
  #actualColumns(cell: SqlCell): { name: string; columns: string[] }[] {
    const { state, columns } = this.run(cell.id);
    const isCurrent = state === 'done' && this.#ranSql.get(cell.id) === cell.sql;
    return isCurrent ? [{ name: cell.name, columns: columns.map((column) => column.name) }] : [];
  }

  #showAnalysis(analysis: NotebookAnalysis): void {
    const levels = this.levels();
    for (const cell of this.#cells()) {
      const known = analysis.cells.get(cell.name.toLowerCase());
      const run = this.run(cell.id);
      const columns = describeOutputColumns(
        run.columns,
        known?.lineage ?? null,
        levels,
        this.#parts.registry,
      );
      this.#set(cell.id, { reads: known?.reads ?? [], columns });
    }
  }

  /** Marks what an edit or a newly bound source made stale. */
  markStale(changedNames: readonly string[]): void {
    const edited = this.#cells().flatMap((cell) => (this.#isEdited(cell) ? [cell.name] : []));
    const lower = new Set([...changedNames, ...edited].map((name) => name.toLowerCase()));
    for (const name of [...lower])
      for (const dependent of this.#analysis?.dependents(name) ?? []) lower.add(dependent);
    for (const cell of this.#cells()) {
      const run = this.run(cell.id);
      const isTouched = lower.has(cell.name.toLowerCase());
      if (isTouched && (run.state === 'done' || run.state === 'failed' || run.state === 'blocked'))
        this.#set(cell.id, { state: 'stale' });
    }
  }

  #isEdited(cell: SqlCell): boolean {
    const ran = this.#ranSql.get(cell.id);
    return ran !== undefined && ran !== cell.sql;
  }

  /** Frees what a removed cell holds; undone, it has to run again. */
  async release(cell: SqlCell): Promise<void> {
    this.#runs.delete(cell.id);
    this.#ranSql.delete(cell.id);
    const ready = await this.#parts.host.ready();
    if (ready.ok && !this.#cellNamed(cell.name)) await ready.value.drop({ relation: cell.name });
  }

  /** A new engine holds no results: what ran is stale; what brought the old one down stays failed and says so. */
  forget(): void {
    for (const [id, run] of [...this.#runs]) {
      const brokeIt = run.problem?.code === 'engine-crashed' && run.state === 'failed';
      const wasRun = this.#ranSql.has(id) || run.state !== 'new';
      this.#set(id, {
        ...NEW_RUN,
        generation: run.generation + 1,
        reads: run.reads,
        ...(brokeIt ? { state: 'failed', problem: run.problem } : { state: wasRun ? 'stale' : 'new' }),
      });
    }
  }

  /** Marks the cells whose results depend on the project key, after it was replaced. */
  markKeyed(): void {
    this.markStale(this.#cells().flatMap((cell) => (NEEDS_KEY.test(cell.sql) ? [cell.name] : [])));
  }

  clear(): void {
    this.#runs.clear();
    this.#ranSql.clear();
    this.#analysis = null;
  }

  runAll(): Promise<void> {
    return this.#enqueue(() => this.#cells().map((cell) => cell.name));
  }

  runStale(): Promise<void> {
    return this.#enqueue(() =>
      this.#cells().flatMap((cell) => (this.run(cell.id).state === 'done' ? [] : [cell.name])),
    );
  }

  /** Runs a cell and, before it, whatever it reads that is not current. */
  runOne(id: CellId): Promise<void> {
    return this.#enqueue((analysis) => {
      const cell = this.#cells().find((candidate) => candidate.id === id);
      if (!cell) return [];
      const above = [...analysis.ancestors(cell.name)].flatMap((name) => this.#cellNamed(name) ?? []);
      return [
        ...above.filter((other) => this.run(other.id).state !== 'done').map((other) => other.name),
        cell.name,
      ];
    });
  }

  async cancel(): Promise<void> {
    this.#cancelledThrough = this.#asked;
    this.#stopWaiting?.();
    const ready = await this.#parts.host.ready();
    if (ready.ok && this.#current) await ready.value.cancel({ id: this.#current });
  }

  #enqueue(choose: (analysis: NotebookAnalysis) => readonly string[]): Promise<void> {
    if (this.#parts.desk.isReadOnly) return Promise.resolve();
    this.#asked += 1;
    const turn = this.#asked;
    this.#queue = this.#queue
      .then(() => this.#runChosen(turn, choose))
      .catch((error: unknown) => this.#parts.announce(`The run stopped: ${String(error)}`))
      .finally(() => {
        this.#isRunning = false;
      });
    return this.#queue;
  }

  #isCancelled(turn: number): boolean {
    return turn <= this.#cancelledThrough;
  }

  async #runChosen(turn: number, choose: (analysis: NotebookAnalysis) => readonly string[]): Promise<void> {
    if (this.#isCancelled(turn)) return;
    this.#isRunning = true;
    let analysis = await this.analyze();
    const chosen = new Set(choose(analysis).map((name) => name.toLowerCase()));
    const ordered = this.#inOrder(analysis, chosen);
    for (const cell of ordered) this.#set(cell.id, { state: 'queued', problem: null });
    if (await this.#waitForImports()) analysis = await this.analyze();
    const ready = await this.#parts.host.ready();
    for (const cell of ordered) {
      const wasCancelled = this.#isCancelled(turn);
      if (wasCancelled) this.#leave(cell);
      else if (!ready.ok) this.#set(cell.id, { state: 'failed', problem: ready.error });
      else await this.#runCell(ready.value, cell, analysis.cells.get(cell.name.toLowerCase()) ?? null);
      if (!wasCancelled) this.#parts.ran(cell.name, this.run(cell.id));
    }
    this.#isRunning = false;
    this.#announceOutcome(ordered);
  }

  /** The engine imports first in any case; what is bound is known only then. False where there was nothing to wait for. */
  async #waitForImports(): Promise<boolean> {
    const { shelf } = this.#parts;
    if (!shelf.isImporting) return false;
    const stopped = new Promise<void>((resolve) => (this.#stopWaiting = resolve));
    await Promise.race([shelf.settled(), stopped]);
    this.#stopWaiting = null;
    return true;
  }

  #inOrder(analysis: NotebookAnalysis, chosen: ReadonlySet<string>): readonly SqlCell[] {
    const ordered = analysis.order.filter((name) => chosen.has(name.toLowerCase()));
    const rest = [...chosen].filter((name) => !ordered.some((other) => other.toLowerCase() === name));
    return [...ordered, ...rest].flatMap((name) => this.#cellNamed(name) ?? []);
  }

  /** A cell whose turn did not come. */
  #leave(cell: SqlCell): void {
    this.#set(cell.id, { state: this.#ranSql.has(cell.id) ? 'stale' : 'new' });
  }

  async #runCell(engine: Engine, cell: SqlCell, known: CellAnalysis | null): Promise<void> {
    const upstream = this.#brokenRead(known);
    if (upstream) return this.#set(cell.id, { state: 'blocked', problem: upstream, progress: null });
    if (known?.problem) return this.#fail(cell, known.problem);
    this.#current = crypto.randomUUID();
    this.#set(cell.id, { state: 'running', startedAtMs: performance.now(), progress: null });
    const ran = await this.#parts.host.guard(
      engine.run({ runId: this.#current, sql: cell.sql, into: cell.name }, ({ fraction }) =>
        this.#set(cell.id, { progress: fraction }),
      ),
    );
    this.#current = null;
    if (ran.ok) this.#finish(cell, known, ran.value);
    else if (ran.error.code === 'engine-cancelled')
      this.#set(cell.id, { state: 'stale', startedAtMs: null, progress: null, problem: ran.error });
    else this.#fail(cell, ran.error);
    // The rest would only fail with it: a new engine is on its way.
    if (!ran.ok && ran.error.code === 'engine-crashed') this.#cancelledThrough = this.#asked;
  }

  #brokenRead(known: CellAnalysis | null): Problem | null {
    for (const name of known?.reads ?? []) {
      const source = this.#parts.shelf.find(name);
      if (source && source.state !== 'bound')
        return {
          code: 'source-missing',
          message: `No file is bound to the source ${name}.`,
          hint: `Bind ${source.spec.file} to it.`,
        };
      const cell = this.#cellNamed(name);
      const state = cell ? this.run(cell.id).state : 'done';
      if (state === 'failed' || state === 'blocked') return upstreamProblem(name);
    }
    return null;
  }

  #fail(cell: SqlCell, problem: Problem): void {
    this.#ranSql.set(cell.id, cell.sql);
    if (/no project key/i.test(problem.message)) this.#parts.missKey();
    this.#set(cell.id, { state: 'failed', problem, startedAtMs: null, progress: null, elapsedMs: null });
  }

  #finish(cell: SqlCell, known: CellAnalysis | null, report: RunReport): void {
    const now = this.#cells().find((other) => other.id === cell.id);
    if (!now) return;
    this.#ranSql.set(cell.id, cell.sql);
    const run = this.run(cell.id);
    this.#set(cell.id, {
      state: now.sql === cell.sql && now.name === cell.name ? 'done' : 'stale',
      elapsedMs: report.elapsedMs,
      startedAtMs: null,
      rowCount: report.rowCount,
      columns: describeOutputColumns(
        report.columns,
        known?.lineage ?? null,
        this.levels(),
        this.#parts.registry,
      ),
      problem: null,
      progress: null,
      generation: run.generation + 1,
    });
    const below = [...(this.#analysis?.dependents(cell.name) ?? [])].flatMap(
      (name) => this.#cellNamed(name) ?? [],
    );
    for (const other of below)
      if (this.run(other.id).state === 'done') this.#set(other.id, { state: 'stale' });
  }

  #announceOutcome(cells: readonly SqlCell[]): void {
    const failed = cells.filter((cell) => ['failed', 'blocked'].includes(this.run(cell.id).state));
    const text =
      failed.length === 0
        ? `${cells.length} cells done.`
        : `Failed: ${failed.map((cell) => cell.name).join(', ')}.`;
    this.#parts.announce(text);
  }
}
