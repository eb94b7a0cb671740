// Runs cells in graph order, one wish after the other; must not know how sources are bound or what is published.
import type { Problem } from '../base/result.ts';
import type { Engine } from '../engine/contract.ts';
import { disabledNames } from '../notebook/cell-flags.ts';
import type { CellId, SqlCell } from '../notebook/notebook-types.ts';
import { runModeOf } from '../notebook/run-mode.ts';
import { problemAsWritten } from '../run/bind-statement.ts';
import type { CellAnalysis, NotebookAnalysis } from '../run/notebook-analysis.ts';
import type { AuditLog } from './audit-view-types.ts';
import { noteRun } from './audit-notes.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { CellRun, Runs } from './cell-run-types.ts';
import type { CheckDesk } from './check-desk.svelte.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { KeyChange } from './key-ring.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import type { SourceShelf } from './source-shelf.svelte.ts';

interface RunnerParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly shelf: SourceShelf;
  readonly board: CellBoard;
  readonly edits: NotebookEditor;
  readonly audit: AuditLog;
  readonly announce: (text: string) => void;
  readonly missKey: () => void;
  /** Check cells follow the cells of a run of the whole notebook, and count as running. */
  readonly checks: () => Pick<CheckDesk, 'isRunning' | 'runMany' | 'cancel'>;
  /** Whoever measures results stops until the cells are done. */
  readonly makeWay: () => void;
}

export class CellRunner implements Runs {
  readonly #parts: RunnerParts;
  #isRunning = $state.raw(false);
  /** Runs asked for so far, and the last of them that was cancelled. */
  #asked = 0;
  #cancelledThrough = 0;
  #current: string | null = null;
  #stopWaiting: (() => void) | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#isRunning || this.#parts.checks().isRunning;
  }

  of(id: CellId): CellRun {
    return this.#parts.board.run(id);
  }

  async runAll(): Promise<void> {
    this.#parts.edits.settle();
    await this.#thenChecks(
      'all',
      this.#enqueue(() => this.#parts.board.cells.map((cell) => cell.name)),
    );
  }

  async runStale(): Promise<void> {
    this.#parts.edits.settle();
    await this.#thenChecks('stale', this.#runUnfinished());
  }

  async #thenChecks(which: 'all' | 'stale', cells: Promise<void>): Promise<void> {
    const turn = this.#asked;
    await cells;
    if (!this.#isCancelled(turn)) await this.#parts.checks().runMany(which);
  }

  #runUnfinished(): Promise<void> {
    const { board } = this.#parts;
    return this.#enqueue(() =>
      board.cells.flatMap((cell) => (board.run(cell.id).state === 'done' ? [] : [cell.name])),
    );
  }

  runOne(id: CellId): Promise<void> {
    const { desk, edits } = this.#parts;
    edits.settle();
    const isAuto = runModeOf(desk.notebook) === 'auto';
    return this.#enqueue((analysis) => this.#withReads(analysis, [id], isAuto));
  }

  runUpTo(id: CellId): Promise<void> {
    return this.#runPart((at) => [0, at + 1], id);
  }

  runFrom(id: CellId): Promise<void> {
    return this.#runPart((at) => [at, undefined], id);
  }

  /** Some cells, what they read that is not current, and all that depends on them. */
  runWithDependents(ids: readonly CellId[]): Promise<void> {
    return this.#enqueue((analysis) => this.#withReads(analysis, ids, true));
  }

  /** What these relations are made of, where it is not current. Nothing begins once the signal came. */
  runReads(names: readonly string[], signal?: AbortSignal): Promise<void> {
    const { board } = this.#parts;
    return this.#enqueue((analysis) => {
      if (signal?.aborted) return [];
      const cells = names.flatMap((name) => board.cellNamed(name) ?? []);
      const outdated = cells.filter((cell) => board.run(cell.id).state !== 'done');
      return this.#withReads(
        analysis,
        outdated.map((cell) => cell.id),
        false,
      );
    });
  }

  #runPart(part: (at: number) => [number, number | undefined], id: CellId): Promise<void> {
    const { desk, edits } = this.#parts;
    edits.settle();
    return this.#enqueue((analysis) => {
      const { cells } = desk.notebook;
      const at = cells.findIndex((cell) => cell.id === id);
      const ids = at < 0 ? [] : cells.slice(...part(at)).map((cell) => cell.id);
      return this.#withReads(analysis, ids, false);
    });
  }

  #withReads(analysis: NotebookAnalysis, ids: readonly CellId[], andDependents: boolean): readonly string[] {
    const { board } = this.#parts;
    const cells = board.cells.filter((cell) => ids.includes(cell.id));
    const below = andDependents ? cells.flatMap((cell) => [...analysis.dependents(cell.name)]) : [];
    const names = [...cells.map((cell) => cell.name), ...below];
    const above = names
      .flatMap((name) => [...analysis.ancestors(name)])
      .flatMap((name) => board.cellNamed(name) ?? [])
      .filter((other) => board.run(other.id).state !== 'done');
    return [...above.map((other) => other.name), ...names];
  }

  /** The engine hashes with this key from now on: what another one hashed is stale, what waited for a key runs. */
  async takeKey({ pads, wasMissed, isReplaced }: KeyChange): Promise<void> {
    const ready = await this.#parts.host.ready();
    if (ready.ok) await ready.value.setHmacPads(pads);
    if (isReplaced) this.#parts.board.markKeyed();
    if (wasMissed) void this.#runUnfinished();
  }

  async cancel(): Promise<void> {
    this.#cancelledThrough = this.#asked;
    this.#parts.checks().cancel();
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
    this.#parts.makeWay();
    let analysis = await this.#parts.board.analyze();
    const disabled = disabledNames(this.#parts.desk.notebook);
    const chosen = new Set(
      choose(analysis)
        .map((name) => name.toLowerCase())
        .filter((name) => !disabled.has(name)),
    );
    const ordered = this.#inOrder(analysis, chosen);
    for (const cell of ordered) this.#parts.board.change(cell.id, { state: 'queued', problem: null });
    if (await this.#waitForImports()) analysis = await this.#parts.board.analyze();
    const ready = await this.#parts.host.ready();
    for (const cell of ordered) {
      const wasCancelled = this.#isCancelled(turn);
      if (wasCancelled) this.#parts.board.leave(cell);
      else if (!ready.ok) this.#parts.board.change(cell.id, { state: 'failed', problem: ready.error });
      else await this.#runCell(ready.value, cell, analysis.cells.get(cell.name.toLowerCase()) ?? null);
      if (!wasCancelled) this.#parts.audit.note(noteRun(cell.name, this.#parts.board.run(cell.id)));
    }
    this.#isRunning = false;
    this.#announceOutcome(ordered);
  }

  /** The engine imports first in any case; what is bound is known only then. False where there was nothing to wait for. */
  async #waitForImports(): Promise<boolean> {
    const { shelf, host } = this.#parts;
    await host.restored();
    if (!shelf.isImporting) return false;
    const stopped = new Promise<void>((resolve) => (this.#stopWaiting = resolve));
    await Promise.race([shelf.settled(), stopped]);
    this.#stopWaiting = null;
    return true;
  }

  #inOrder(analysis: NotebookAnalysis, chosen: ReadonlySet<string>): readonly SqlCell[] {
    const ordered = analysis.order.filter((name) => chosen.has(name.toLowerCase()));
    const rest = [...chosen].filter((name) => !ordered.some((other) => other.toLowerCase() === name));
    return [...ordered, ...rest].flatMap((name) => this.#parts.board.cellNamed(name) ?? []);
  }

  async #runCell(engine: Engine, cell: SqlCell, known: CellAnalysis | null): Promise<void> {
    const { board, host } = this.#parts;
    const upstream = board.brokenRead(known);
    if (upstream) return board.change(cell.id, { state: 'blocked', problem: upstream, progress: null });
    if (known?.problem) return this.#fail(cell, known.problem, known);
    this.#current = crypto.randomUUID();
    board.change(cell.id, { state: 'running', startedAtMs: performance.now(), progress: null });
    const ran = await host.guard(
      engine.run(
        { runId: this.#current, sql: known?.bound.sql ?? cell.sql, into: cell.name },
        ({ fraction }) => board.change(cell.id, { progress: fraction }),
      ),
    );
    this.#current = null;
    if (ran.ok) board.finish(cell, known, ran.value);
    else if (ran.error.code === 'engine-cancelled')
      board.change(cell.id, { state: 'stale', startedAtMs: null, progress: null, problem: ran.error });
    else this.#fail(cell, known ? problemAsWritten(ran.error, cell.sql, known.bound) : ran.error, known);
    // The rest would only fail with it: a new engine is on its way.
    if (!ran.ok && ran.error.code === 'engine-crashed') this.#cancelledThrough = this.#asked;
  }

  #fail(cell: SqlCell, problem: Problem, known: CellAnalysis | null): void {
    if (/no project key/i.test(problem.message)) this.#parts.missKey();
    this.#parts.board.fail(cell, problem, known);
  }

  #announceOutcome(cells: readonly SqlCell[]): void {
    const failed = cells.filter((cell) =>
      ['failed', 'blocked'].includes(this.#parts.board.run(cell.id).state),
    );
    const text =
      failed.length === 0
        ? `${cells.length} cells done.`
        : `Failed: ${failed.map((cell) => cell.name).join(', ')}.`;
    this.#parts.announce(text);
  }
}
