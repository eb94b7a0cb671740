// The checks of the open notebook: run on a wish, kept with what they were run on, so that they go stale; must not know how a check is judged.
import { SvelteMap } from 'svelte/reactivity';
import { fail, type Problem, type Result } from '../base/result.ts';
import type { Engine } from '../engine/contract.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import { isDisabled } from '../notebook/cell-flags.ts';
import { readCheck } from '../notebook/check-body.ts';
import type { CheckKind } from '../notebook/check-kinds.ts';
import { bindCheck } from '../notebook/inputs/bind-inputs.ts';
import { inputsOf } from '../notebook/inputs/edit-inputs.ts';
import type { InputSpecs } from '../notebook/inputs/input-types.ts';
import type { CellId, CheckCell, CheckSpec } from '../notebook/notebook-types.ts';
import type { CheckResult } from '../quality/check-types.ts';
import { findFailingRows, type CheckEngine } from '../quality/evaluate.ts';
import { relationsOfCheck } from '../quality/guard-check.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import { sqlCellsOf } from '../run/replay.ts';
import { checkCellsOf, replayChecks } from '../run/replay-checks.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import { checkFromFields } from './check-fields.ts';
import { markOf, outcomeWords, viewChecks, type FoundRelation, type KeptRun } from './check-judgement.ts';
import type { CheckFields, CheckRunView, Checks, FailingRows } from './check-view-types.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import { fetchRows } from './failing-rows.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';

/** Failing rows that are fetched to be looked at. */
const MOST_ROWS_SHOWN = 50;

interface CheckDeskParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly bindings: SourceBindings;
  readonly board: CellBoard;
  readonly edits: NotebookEditor;
  readonly registry: MacroRegistry;
  readonly parse: AsyncParse;
  readonly runs: () => { runReads(names: readonly string[]): Promise<void> };
  readonly announce: (text: string) => void;
}

const GONE: Problem = { code: 'check-gone', message: 'The check is gone.', hint: 'Run the checks again.' };
const STALE: Problem = {
  code: 'check-stale',
  message: 'What is checked has changed since.',
  hint: 'Run the checks again.',
};
const CRASHED: Problem = {
  code: 'engine-crashed',
  message: 'The database engine stopped during the checks.',
  hint: 'Run the checks again; what they read is made again first.',
};
const CANCELLED: Problem = { code: 'engine-cancelled', message: 'The checks were cancelled.' };

export class CheckDesk implements Checks {
  readonly #parts: CheckDeskParts;
  readonly #kept = new SvelteMap<CellId, KeptRun>();
  /** Those under way, each with the turn it was asked for in. */
  readonly #running = new SvelteMap<CellId, number>();
  /** Runs of an earlier turn are not waited for any more. */
  #turn = 0;

  constructor(parts: CheckDeskParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  of(id: CellId): CheckRunView {
    const kept = this.#kept.get(id);
    const cell = this.#cell(id);
    return viewChecks(cell && kept, {
      isDisabled: cell !== undefined && isDisabled(cell),
      isRunning: this.#running.has(id),
      mark: cell && kept ? this.#mark(cell, this.#find(kept.reads)) : '',
    });
  }

  run(id: CellId): Promise<void> {
    return this.#run(id, true);
  }

  /** Every check cell that is not disabled, or those that are not current, on what was run before. */
  async runMany(which: 'all' | 'stale'): Promise<void> {
    const turn = this.#turn;
    for (const { id } of checkCellsOf(this.#parts.desk.notebook)) {
      if (turn !== this.#turn) return;
      if (which === 'all' || this.of(id).state !== 'done') await this.#run(id, false);
    }
  }

  /** The statement under way ends; no other follows, and what was found before stays. */
  cancel(): void {
    this.#turn += 1;
  }

  /** Another notebook is opened, or none. */
  clear(): void {
    this.cancel();
    this.#kept.clear();
    this.#running.clear();
  }

  async #run(id: CellId, mayRunReads: boolean): Promise<void> {
    const { desk, edits, announce } = this.#parts;
    edits.settle();
    const cell = this.#cell(id);
    if (!cell || desk.isReadOnly || this.#running.has(id)) return;
    if (isDisabled(cell)) return announce('This check cell is disabled and does not run.');
    const turn = this.#turn;
    this.#running.set(id, turn);
    try {
      const found = await this.#judge(cell, turn, mayRunReads);
      if (turn !== this.#turn) return;
      this.#kept.set(id, found);
      announce(outcomeWords(cell.of, found));
    } finally {
      if (this.#running.get(id) === turn) this.#running.delete(id);
    }
  }

  async #judge(cell: CheckCell, turn: number, mayRunReads: boolean): Promise<KeptRun> {
    const { host, runs } = this.#parts;
    const reads = await this.#readsOf(cell);
    if (mayRunReads) await runs().runReads(reads);
    await host.restored();
    const relations = this.#find(reads);
    const kept = { results: [], reads, mark: this.#mark(cell, relations) };
    const ready = await host.ready();
    if (!ready.ok) return { ...kept, problem: ready.error };
    const problem = relations.find((relation) => relation.problem)?.problem ?? null;
    if (problem) return { ...kept, problem };
    const results = await this.#replay(this.#guard(ready.value, turn), cell);
    const hasCrashed = results.some((result) => result.problem === CRASHED.code);
    return hasCrashed ? { ...kept, problem: CRASHED } : { ...kept, problem: null, results };
  }

  /** Watched for a crash, and still once the run is cancelled. */
  #guard(engine: Engine, turn: number): CheckEngine {
    const unlessOver = <T>(ask: () => Promise<Result<T>>): Promise<Result<T>> =>
      turn === this.#turn ? this.#parts.host.guard(ask()) : Promise.resolve(fail(CANCELLED));
    return {
      describe: (request) => unlessOver(() => engine.describe(request)),
      query: (request) => unlessOver(() => engine.query(request)),
    };
  }

  /** What the checks say, inputs as literals, of what. */
  #mark(cell: CheckCell, relations: readonly FoundRelation[]): string {
    const checks = cell.checks.map((check) => bindCheck(check, this.#inputs));
    return markOf({ ...cell, checks }, relations);
  }

  #replay(engine: CheckEngine, cell: CheckCell): Promise<readonly CheckResult[]> {
    const { desk, board, parse, registry } = this.#parts;
    const cells = board.cells.map(({ id, name }) => {
      const { state, problem } = board.run(id);
      const notRun = { code: 'cell-not-run', message: `${name} has not run.`, hint: 'Run it.' };
      return { name, problem: state === 'done' ? null : (problem ?? notRun) };
    });
    const sources = Object.keys(desk.notebook.sources).map((name) => ({ name }));
    const notebook = { ...desk.notebook, cells: [...sqlCellsOf(desk.notebook), cell] };
    const effects = { now: () => new Date() };
    return replayChecks(engine, { notebook, parse, registry, effects }, null, { sources, cells });
  }

  async failingRows(id: CellId, index: number): Promise<FailingRows | Problem> {
    const { host, parse, registry } = this.#parts;
    const cell = this.#cell(id);
    const check = cell?.checks[index];
    if (!cell || !check) return GONE;
    if (this.of(id).state !== 'done') return STALE;
    const ready = await host.ready();
    if (!ready.ok) return ready.error;
    const engine = this.#guard(ready.value, this.#turn);
    const about = { engine, relation: cell.of, parse, registry, now: () => new Date() };
    const bound = bindCheck(check, this.#inputs);
    const found = await findFailingRows({ ...about, check: bound, limit: MOST_ROWS_SHOWN });
    if (!found.ok) return found.error;
    const rows = await fetchRows(found.value, (offset, limit) => host.page(cell.of, offset, limit));
    return this.of(id).state === 'done' ? rows : STALE;
  }

  changeRelation(id: CellId, relation: string): void {
    this.#parts.edits.apply({ kind: 'change-checks', id, change: { of: relation } });
  }

  changeText(id: CellId, text: string): Problem | null {
    const read = readCheck('check', text, 1);
    if (!read.ok) return read.error;
    return this.#replace(id, () => read.value.checks);
  }

  put(id: CellId, index: number | null, kind: CheckKind, fields: CheckFields): Problem | null {
    const made = checkFromFields(kind, fields);
    if (!made.ok) return made.error;
    return this.#replace(id, (checks) =>
      index === null || index >= checks.length ? [...checks, made.value] : checks.with(index, made.value),
    );
  }

  removeCheck(id: CellId, index: number): void {
    this.#replace(id, (checks) => checks.filter((_, at) => at !== index));
  }

  moveCheck(id: CellId, index: number, by: -1 | 1): void {
    this.#replace(id, (checks) => {
      const moved = checks[index];
      if (!moved || checks[index + by] === undefined) return checks;
      return checks.toSpliced(index, 1).toSpliced(index + by, 0, moved);
    });
  }

  #replace(id: CellId, change: (checks: readonly CheckSpec[]) => readonly CheckSpec[]): Problem | null {
    const cell = this.#cell(id);
    if (!cell) return GONE;
    const message = this.#parts.edits.apply({
      kind: 'change-checks',
      id,
      change: { checks: change(cell.checks) },
    });
    return message === null ? null : { code: 'check-edit', message, hint: 'Try again.' };
  }

  get #inputs(): InputSpecs {
    return inputsOf(this.#parts.desk.notebook);
  }

  #cell(id: CellId): CheckCell | undefined {
    return this.#parts.desk.notebook.cells
      .filter((cell) => cell.kind === 'check')
      .find((cell) => cell.id === id);
  }

  async #readsOf(cell: CheckCell): Promise<readonly string[]> {
    const reads = new Set([cell.of]);
    for (const check of cell.checks)
      for (const name of await relationsOfCheck(bindCheck(check, this.#inputs), this.#parts.parse))
        reads.add(name);
    return [...reads];
  }

  #find(names: readonly string[]): readonly FoundRelation[] {
    const { board, bindings } = this.#parts;
    return names.map((name) => {
      const cell = board.cellNamed(name);
      const { state, generation } = cell ? board.run(cell.id) : { state: '', generation: 0 };
      if (cell) return { name, mark: [cell.name, state, generation], problem: null };
      const source = bindings.find(name);
      if (!source) return { name, mark: [], problem: null };
      const mark = [source.state, source.sha256, source.rowCount, bindings.get(source.name)?.options ?? null];
      const missing: Problem = {
        code: 'source-missing',
        message: `No file is bound to the source ${source.name}.`,
        hint: `Bind ${source.spec.file} to it.`,
      };
      return { name, mark, problem: source.state === 'bound' ? null : (source.problem ?? missing) };
    });
  }
}
