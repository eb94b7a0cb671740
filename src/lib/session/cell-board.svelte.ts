// The live states of cells, and what the analysis of the notebook says of them: reads, columns, staleness; must not know when cells run.
import { SvelteMap } from 'svelte/reactivity';
import type { Problem } from '../base/result.ts';
import type { ColumnType, RunReport } from '../engine/contract.ts';
import type { RelationLineage } from '../lineage/lineage-types.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import { bindSql } from '../notebook/inputs/bind-inputs.ts';
import { inputsOf } from '../notebook/inputs/edit-inputs.ts';
import { disabledNames } from '../notebook/cell-flags.ts';
import type { CellId, SqlCell } from '../notebook/notebook-types.ts';
import {
  analyzeCells,
  type AnalysisRequest,
  type AsyncParse,
  type CellAnalysis,
  type NamedSql,
  type NotebookAnalysis,
} from '../run/notebook-analysis.ts';
import { sqlCellsOf, upstreamProblem } from '../run/replay.ts';
import { levelsOfSource, type SourceColumnLevel } from '../run/source-levels.ts';
import type { CellRun, OutputColumnView } from './cell-run-types.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import { draftProblem } from './draft-problem.ts';
import { describeOutputColumns } from './output-columns.ts';
import { isSaid } from './run-change.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';

const ANALYSIS_DELAY_MS = 200;

const NEW_RUN: CellRun = {
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

interface BoardParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly bindings: SourceBindings;
  readonly registry: MacroRegistry;
  readonly parse: AsyncParse;
  /** How results are looked at, which outlives a run where it still fits. */
  readonly looks?: {
    remade(name: string, columns: readonly ColumnType[]): void;
    /** The cell of this name was removed or renamed. */
    gone(name: string): void;
    forget(): void;
  };
}

function brokeEngine({ state, problem }: CellRun): boolean {
  return state === 'failed' && problem?.code === 'engine-crashed';
}

export class CellBoard {
  readonly #parts: BoardParts;
  readonly #runs = new SvelteMap<CellId, CellRun>();
  /** The SQL each cell was last run with, inputs as literals, whatever came of it, to tell what changed since. */
  readonly #ranSql = new Map<CellId, string>();
  #analysis: NotebookAnalysis | null = null;
  #turn = 0;
  /** Never goes back: a cell that was renamed, or another one of its name, must not pass for a result of before. */
  #generation = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: BoardParts) {
    this.#parts = parts;
  }

  run(id: CellId): CellRun {
    return this.#runs.get(id) ?? NEW_RUN;
  }

  change(id: CellId, change: Partial<CellRun>): void {
    this.#runs.set(id, { ...this.run(id), ...change });
  }

  #nextGeneration(): number {
    this.#generation += 1;
    return this.#generation;
  }

  get cells(): readonly SqlCell[] {
    return sqlCellsOf(this.#parts.desk.notebook);
  }

  cellNamed(name: string): SqlCell | undefined {
    return this.cells.find((cell) => cell.name.toLowerCase() === name.toLowerCase());
  }

  /** Levels of every bound source's columns. */
  #levels(): readonly SourceColumnLevel[] {
    return this.#parts.bindings.views.flatMap((view) =>
      levelsOfSource(
        view.name,
        view.columns.flatMap((column) => (column.finding ? [column.finding] : [])),
        view.spec.columns ?? {},
      ),
    );
  }

  /** After a pause in the editing. */
  analyzeSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#analyzeOpen(), ANALYSIS_DELAY_MS);
  }

  async #analyzeOpen(): Promise<void> {
    if (this.#parts.desk.id === null) return;
    await this.analyze();
    this.markStale([]);
  }

  /** Parses and traces the notebook as it stands; later calls win over earlier ones still under way. */
  async analyze(): Promise<NotebookAnalysis> {
    this.#turn += 1;
    const turn = this.#turn;
    const analysis = await analyzeCells(this.#request([]));
    if (turn === this.#turn) {
      this.#analysis = analysis;
      this.#showAnalysis(analysis);
    }
    return analysis;
  }

  #request(beside: readonly NamedSql[]): AnalysisRequest {
    const { bindings, desk, parse, registry } = this.#parts;
    return {
      cells: [...this.cells, ...beside],
      inputs: inputsOf(desk.notebook),
      sources: bindings.views
        .filter((view) => view.state === 'bound')
        .map((view) => ({ name: view.name, columns: view.columns.map((column) => column.name) })),
      sourceNames: Object.keys(desk.notebook.sources),
      disabled: disabledNames(desk.notebook),
      outputs: this.cells.flatMap((cell) => this.#actualColumns(cell)),
      parse,
      registry,
    };
  }

  /** Columns of a cell whose table was made from its present text. */
  #actualColumns(cell: SqlCell): { name: string; columns: string[] }[] {
    const { state, columns } = this.run(cell.id);
    const isCurrent = state === 'done' && this.#ranSql.get(cell.id) === this.#boundSql(cell);
    return isCurrent ? [{ name: cell.name, columns: columns.map((column) => column.name) }] : [];
  }

  #showAnalysis(analysis: NotebookAnalysis): void {
    const levels = this.#levels();
    for (const cell of this.cells) {
      const known = analysis.cells.get(cell.name.toLowerCase());
      const run = this.run(cell.id);
      const columns = describeOutputColumns(
        run.columns,
        known?.lineage ?? null,
        levels,
        this.#parts.registry,
      );
      const change = {
        reads: known?.reads ?? [],
        columns,
        draftProblem: draftProblem(cell.sql, known, (name) => this.#columnsOf(name, analysis)),
        draftColumns: (known?.lineage?.columns ?? []).map(({ name }) => name).filter((name) => name !== ''),
      };
      // Each change draws the cell anew: with a hundred cells and every pause in the typing that is felt.
      if (!isSaid(run, change)) this.change(cell.id, change);
    }
  }

  #columnsOf(name: string, analysis: NotebookAnalysis): readonly string[] {
    const source = this.#parts.bindings.find(name);
    if (source) return source.columns.map((column) => column.name);
    const cell = this.cellNamed(name);
    const ran = cell ? this.#actualColumns(cell).flatMap(({ columns }) => columns) : [];
    if (ran.length > 0) return ran;
    const told = analysis.cells.get(name.toLowerCase())?.lineage?.columns.map((column) => column.name) ?? [];
    return told.includes('') ? [] : told;
  }

  /** What can be said of a statement that is in no cell. */
  async analyzeBeside(statement: NamedSql): Promise<CellAnalysis | null> {
    const analysis = await analyzeCells(this.#request([statement]));
    return analysis.cells.get(statement.name.toLowerCase()) ?? null;
  }

  describeColumns(
    columns: readonly ColumnType[],
    lineage: RelationLineage | null,
  ): readonly OutputColumnView[] {
    return describeOutputColumns(columns, lineage, this.#levels(), this.#parts.registry);
  }

  /** Marks what an edit or a newly bound source made stale. */
  markStale(changedNames: readonly string[]): void {
    const edited = this.cells.flatMap((cell) => (this.#isEdited(cell) ? [cell.name] : []));
    const lower = new Set([...changedNames, ...edited].map((name) => name.toLowerCase()));
    for (const name of [...lower])
      for (const dependent of this.#analysis?.dependents(name) ?? []) lower.add(dependent);
    for (const cell of this.cells) {
      const run = this.run(cell.id);
      // Its sources are bound again because of it: that makes it no more likely to succeed.
      const isTouched = lower.has(cell.name.toLowerCase()) && (!brokeEngine(run) || this.#isEdited(cell));
      if (isTouched && (run.state === 'done' || run.state === 'failed' || run.state === 'blocked'))
        this.change(cell.id, { state: 'stale' });
    }
  }

  #isEdited(cell: SqlCell): boolean {
    const ran = this.#ranSql.get(cell.id);
    return ran !== undefined && ran !== this.#boundSql(cell);
  }

  #boundSql(cell: SqlCell): string {
    return bindSql(cell.sql, inputsOf(this.#parts.desk.notebook)).sql;
  }

  /** Cells whose result is of their present text; none while cells run, which the engine does one after the other. */
  currentResults(): ReadonlySet<CellId> {
    const runs = this.cells.map((cell) => ({ cell, state: this.run(cell.id).state }));
    if (runs.some(({ state }) => state === 'running' || state === 'queued')) return new Set();
    return new Set(
      runs.flatMap(({ cell, state }) => (state === 'done' && !this.#isEdited(cell) ? [cell.id] : [])),
    );
  }

  /** Before a cell is called otherwise: its table; false where it stays as it was. */
  async moveResult(from: string, to: string): Promise<boolean> {
    const ready = await this.#parts.host.ready();
    if (!ready.ok) return false;
    return (await this.#parts.host.guard(ready.value.rename({ relation: from, to }))).ok;
  }

  /** After it: the results of `kept` are of what their cells say now, since only a name in them changed. */
  keepResults(kept: ReadonlySet<CellId>, renamed: SqlCell): void {
    for (const cell of this.cells) {
      if (!kept.has(cell.id)) continue;
      this.#ranSql.set(cell.id, this.#boundSql(cell));
      this.change(cell.id, { state: 'done' });
    }
    this.change(renamed.id, { generation: this.#nextGeneration() });
    this.#parts.looks?.gone(renamed.name);
  }

  /** Frees what a removed cell holds; undone, it has to run again. */
  async release(cell: SqlCell): Promise<void> {
    this.#runs.delete(cell.id);
    this.#ranSql.delete(cell.id);
    this.#parts.looks?.gone(cell.name);
    const ready = await this.#parts.host.ready();
    if (ready.ok && !this.cellNamed(cell.name)) await ready.value.drop({ relation: cell.name });
  }

  /** A new engine holds no results: what ran is stale; what brought the old one down stays failed and says so. */
  forget(): void {
    for (const [id, run] of [...this.#runs]) {
      const wasRun = this.#ranSql.has(id) || run.state !== 'new';
      this.change(id, {
        ...NEW_RUN,
        generation: this.#nextGeneration(),
        reads: run.reads,
        ...(brokeEngine(run)
          ? { state: 'failed', problem: run.problem }
          : { state: wasRun ? 'stale' : 'new' }),
      });
    }
  }

  /** Marks the cells whose results depend on the project key, after it was replaced. */
  markKeyed(): void {
    this.markStale(this.cells.flatMap((cell) => (NEEDS_KEY.test(cell.sql) ? [cell.name] : [])));
  }

  clear(): void {
    this.#runs.clear();
    this.#ranSql.clear();
    this.#analysis = null;
    this.#parts.looks?.forget();
  }

  /** A cell whose turn did not come. */
  leave(cell: SqlCell): void {
    this.change(cell.id, { state: this.#ranSql.has(cell.id) ? 'stale' : 'new' });
  }

  brokenRead(known: CellAnalysis | null): Problem | null {
    for (const name of known?.reads ?? []) {
      const source = this.#parts.bindings.find(name);
      if (source && source.state !== 'bound')
        return {
          code: 'source-missing',
          message: `No file is bound to the source ${name}.`,
          hint: `Bind ${source.spec.file} to it.`,
        };
      const cell = this.cellNamed(name);
      const state = cell ? this.run(cell.id).state : 'done';
      if (state === 'failed' || state === 'blocked') return upstreamProblem(name);
    }
    return null;
  }

  fail(cell: SqlCell, problem: Problem, known: CellAnalysis | null): void {
    this.#ranSql.set(cell.id, known?.bound.sql ?? cell.sql);
    this.change(cell.id, { state: 'failed', problem, startedAtMs: null, progress: null, elapsedMs: null });
  }

  finish(cell: SqlCell, known: CellAnalysis | null, report: RunReport): void {
    const now = this.cells.find((other) => other.id === cell.id);
    if (!now) return;
    const ran = known?.bound.sql ?? cell.sql;
    this.#ranSql.set(cell.id, ran);
    this.change(cell.id, {
      state: this.#boundSql(now) === ran && now.name === cell.name ? 'done' : 'stale',
      elapsedMs: report.elapsedMs,
      startedAtMs: null,
      rowCount: report.rowCount,
      columns: describeOutputColumns(
        report.columns,
        known?.lineage ?? null,
        this.#levels(),
        this.#parts.registry,
      ),
      problem: null,
      progress: null,
      generation: this.#nextGeneration(),
    });
    this.#parts.looks?.remade(cell.name, report.columns);
    const below = [...(this.#analysis?.dependents(cell.name) ?? [])].flatMap(
      (name) => this.cellNamed(name) ?? [],
    );
    for (const other of below)
      if (this.run(other.id).state === 'done') this.change(other.id, { state: 'stale' });
  }
}
