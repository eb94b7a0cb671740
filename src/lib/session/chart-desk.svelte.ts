// The charts of the open notebook: asked of the engine, kept with what they were made of, so that they go stale; must not know SQL or drawing.
import { SvelteMap } from 'svelte/reactivity';
import { fail, type Problem, type Result } from '../base/result.ts';
import type { ChartArea } from '../chart/chart-area-types.ts';
import { clausesOfArea, clausesOfMarks } from '../chart/chart-area.ts';
import type { ChartData, ChartPoint } from '../chart/chart-data-types.ts';
import { readChart } from '../chart/read-chart.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { FilterClause } from '../filter/filter-types.ts';
import type { ChartSettings } from '../notebook/chart-cell-types.ts';
import { freeName, namesOf } from '../notebook/names.ts';
import type { CellId, ChartCell } from '../notebook/notebook-types.ts';
import { upstreamProblem } from '../run/replay.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { Charts, ChartView } from './chart-view-types.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { Filters } from './filter-view-types.ts';
import { makeCellId, type NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';

interface ChartDeskParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly bindings: SourceBindings;
  readonly board: CellBoard;
  readonly edits: NotebookEditor;
  readonly filters: Filters;
  readonly runs: { runReads(names: readonly string[]): Promise<void>; runOne(id: CellId): Promise<void> };
  readonly announce: (text: string) => void;
}

/** What a chart is of, as it is now. */
interface Drawn {
  readonly columns: readonly ColumnType[];
  /** Other than before whenever its rows may be. */
  readonly mark: readonly unknown[];
  readonly isStale: boolean;
  readonly problem: Problem | null;
}

interface Kept {
  readonly mark: string;
  readonly data: ChartData | null;
  readonly problem: Problem | null;
  /** Which engine was asked. */
  readonly engine: number;
}

const NOTHING: ChartView = {
  state: 'unasked',
  data: null,
  problem: null,
  columns: [],
  otherFilters: [],
  chosen: [],
};

function originOf(id: CellId): string {
  return `chart:${id}`;
}

function sameClauses(a: readonly FilterClause[], b: readonly FilterClause[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export class ChartDesk implements Charts {
  readonly #parts: ChartDeskParts;
  readonly #kept = new SvelteMap<CellId, Kept>();
  /** What is being asked, by its mark. */
  readonly #asking = new SvelteMap<CellId, string>();
  /** Relations that a chart filters. */
  readonly #filtering = new Map<CellId, string>();

  constructor(parts: ChartDeskParts) {
    this.#parts = parts;
  }

  #cell(id: CellId): ChartCell | undefined {
    return this.#parts.desk.notebook.cells
      .filter((cell) => cell.kind === 'chart')
      .find((cell) => cell.id === id);
  }

  #find(of: string): Drawn {
    const { board, bindings } = this.#parts;
    const cell = board.cellNamed(of);
    if (cell) {
      const { state, rowCount, columns, generation } = board.run(cell.id);
      const drawn = { columns, mark: [cell.name, generation], isStale: state !== 'done', problem: null };
      if (state === 'failed' || state === 'blocked') return { ...drawn, problem: upstreamProblem(cell.name) };
      return rowCount === null ? { ...drawn, problem: notRun(cell.name) } : drawn;
    }
    const source = bindings.find(of);
    if (!source) return { columns: [], mark: [], isStale: false, problem: gone(of) };
    const { state, sha256, rowCount, spec } = source;
    const mark = [state, sha256, rowCount, bindings.get(source.name)?.options ?? null];
    const drawn = { columns: source.columns, mark, isStale: false, problem: null };
    return state === 'bound'
      ? drawn
      : { ...drawn, problem: source.problem ?? unbound(source.name, spec.file) };
  }

  #where(cell: ChartCell): Result<string | null> {
    return this.#parts.filters.predicate(cell.of, originOf(cell.id));
  }

  #mark(cell: ChartCell, drawn: Drawn): string {
    const { of, mark, x, y, aggregate, series, bins } = cell;
    return JSON.stringify([{ of, mark, x, y, aggregate, series, bins }, drawn.mark, this.#where(cell)]);
  }

  /** What another engine failed at is asked again. */
  #isOf(kept: Kept, mark: string): boolean {
    return kept.mark === mark && (kept.problem === null || kept.engine === this.#parts.host.starts);
  }

  of(id: CellId): ChartView {
    const cell = this.#cell(id);
    if (!cell) return NOTHING;
    const drawn = this.#find(cell.of);
    const filters = this.#parts.filters.of(cell.of);
    const base = {
      ...NOTHING,
      columns: drawn.columns,
      otherFilters: filters.filter(({ origin }) => origin !== originOf(id)).map(({ clause }) => clause),
      chosen: filters.filter(({ origin }) => origin === originOf(id)).map(({ clause }) => clause),
    };
    if (drawn.problem) return { ...base, state: 'failed', problem: drawn.problem };
    const kept = this.#kept.get(id);
    const mark = this.#mark(cell, drawn);
    if (!kept || !this.#isOf(kept, mark))
      return {
        ...base,
        data: kept?.data ?? null,
        state: this.#asking.get(id) === mark ? 'looking' : 'unasked',
      };
    if (kept.problem) return { ...base, state: 'failed', problem: kept.problem };
    return { ...base, data: kept.data, state: drawn.isStale ? 'stale' : 'current' };
  }

  async refresh(id: CellId): Promise<void> {
    const cell = this.#cell(id);
    if (!cell) return;
    const drawn = this.#find(cell.of);
    const mark = this.#mark(cell, drawn);
    const kept = this.#kept.get(id);
    if (drawn.problem || (kept && this.#isOf(kept, mark)) || this.#asking.get(id) === mark) return;
    const engine = this.#parts.host.starts;
    this.#asking.set(id, mark);
    const where = this.#where(cell);
    const read = where.ok ? await this.#read(cell, drawn, where.value) : where;
    if (this.#asking.get(id) !== mark) return;
    this.#asking.delete(id);
    const outcome = read.ok ? { data: read.value, problem: null } : { data: null, problem: read.error };
    this.#kept.set(id, { mark, engine, ...outcome });
  }

  async #read(settings: ChartSettings, drawn: Drawn, where: string | null): Promise<Result<ChartData>> {
    const { host } = this.#parts;
    const ready = await host.ready();
    if (!ready.ok) return ready;
    const columns = drawn.columns.map(({ name, type }) => ({ name, type }));
    return host.guard(readChart({ engine: ready.value, settings, columns, where }));
  }

  async run(id: CellId): Promise<void> {
    const cell = this.#cell(id);
    if (!cell) return;
    await this.#parts.runs.runReads([cell.of]);
    if (this.#kept.get(id)?.problem) this.#kept.delete(id);
    await this.refresh(id);
    const { data, problem } = this.of(id);
    this.#parts.announce(problem?.message ?? data?.summary ?? '');
  }

  change(id: CellId, change: Parameters<Charts['change']>[1]): void {
    const { edits } = this.#parts;
    edits.settle();
    edits.apply({ kind: 'change-chart', id, change });
    edits.settle();
  }

  choose(id: CellId, point: ChartPoint): void {
    if (point.clauses.length === 0) return;
    this.#filterBy(id, sameClauses(this.of(id).chosen, point.clauses) ? [] : point.clauses);
  }

  chooseArea(id: CellId, area: ChartArea): void {
    const { data } = this.of(id);
    if (data) this.#filterBy(id, clausesOfArea(data, area));
  }

  chooseSpan(id: CellId, points: readonly ChartPoint[]): void {
    const { data } = this.of(id);
    if (data) this.#filterBy(id, clausesOfMarks(data, points));
  }

  #filterBy(id: CellId, clauses: readonly FilterClause[]): void {
    const cell = this.#cell(id);
    if (!cell) return;
    const { filters, announce } = this.#parts;
    const before = this.of(id).chosen;
    if (before.length === 0 && clauses.length === 0) return;
    for (const { column } of before) filters.set(cell.of, originOf(id), column, null);
    for (const clause of clauses) filters.set(cell.of, originOf(id), clause.column, clause);
    if (clauses.length === 0) return announce(`${cell.of} is no longer filtered by this chart.`);
    this.#filtering.set(id, cell.of);
    announce(`${cell.of} is filtered by this chart: ${clauses.map(({ column }) => column).join(', ')}.`);
  }

  clearFilters(id: CellId): void {
    const cell = this.#cell(id);
    if (!cell) return;
    this.#parts.filters.clear(cell.of);
    this.#parts.announce(`${cell.of} is not filtered any more.`);
  }

  /** After an edit: what is gone or of something else filters nothing any more. */
  follow(): void {
    for (const [id, of] of [...this.#filtering]) {
      if (this.#cell(id)?.of === of) continue;
      for (const { origin, clause } of this.#parts.filters.of(of))
        if (origin === originOf(id)) this.#parts.filters.set(of, origin, clause.column, null);
      this.#filtering.delete(id);
    }
    for (const id of [...this.#kept.keys()]) if (!this.#cell(id)) this.#kept.delete(id);
  }

  async turnIntoSql(id: CellId): Promise<CellId | null> {
    const { desk, edits, runs, announce } = this.#parts;
    const cell = this.#cell(id);
    if (!cell) return null;
    const drawn = this.#find(cell.of);
    const read = drawn.problem ? fail(drawn.problem) : await this.#read(cell, drawn, null);
    if (!read.ok) {
      announce(read.error.message);
      return null;
    }
    const made = makeCellId();
    const name = freeName(`${cell.of}_chart`, namesOf(desk.notebook));
    edits.settle();
    const spec = { kind: 'sql' as const, name, sql: read.value.sql };
    if (edits.apply({ kind: 'add-cell', id: made, cell: spec, after: id }) !== null) return null;
    edits.settle();
    void runs.runOne(made);
    return made;
  }
}

function notRun(name: string): Problem {
  return { code: 'cell-not-run', message: `${name} has not run.`, hint: `Run ${name}, or this chart.` };
}

function gone(of: string): Problem {
  return {
    code: 'chart-relation',
    message: of === '' ? 'The chart does not say what it is of.' : `There is no source or cell named ${of}.`,
    hint: 'Choose what the chart is of.',
  };
}

function unbound(name: string, file: string): Problem {
  return {
    code: 'source-missing',
    message: `No file is bound to the source ${name}.`,
    hint: `Bind ${file} to it.`,
  };
}
