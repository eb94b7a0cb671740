// Formats the SQL of cells and runs parts of it beside the notebook; must not know editors or what is stored.
import { fail, type Problem, type Result } from '../base/result.ts';
import type { RunReport } from '../engine/contract.ts';
import type { CellId } from '../notebook/notebook-types.ts';
import { problemAsWritten } from '../run/bind-statement.ts';
import type { AsyncParse, CellAnalysis } from '../run/notebook-analysis.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { CellRunner } from './cell-runner.svelte.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import { formatSql } from './format-sql.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import type { PreviewView, Statements } from './statement-types.ts';

/** Names of this kind belong to Sluice: no cell can have or read one. */
const RELATION = 'sluice_preview';

interface StatementParts {
  readonly desk: NotebookDesk;
  readonly edits: NotebookEditor;
  readonly board: CellBoard;
  readonly runs: CellRunner;
  readonly host: EngineHost;
  readonly parse: AsyncParse;
  readonly announce: (text: string) => void;
}

export class StatementDesk implements Statements {
  readonly #parts: StatementParts;
  #preview: PreviewView | null = $state.raw(null);
  #turn = 0;

  constructor(parts: StatementParts) {
    this.#parts = parts;
  }

  /** Gone with the cell it belongs to. */
  get preview(): PreviewView | null {
    const { cells } = this.#parts.desk.notebook;
    return cells.some((cell) => cell.id === this.#preview?.cellId) ? this.#preview : null;
  }

  async format(id: CellId): Promise<string | null> {
    const { board, desk, edits, parse, announce } = this.#parts;
    const cell = desk.notebook.cells.find((each) => each.id === id);
    if (cell?.kind !== 'sql' || cell.step !== undefined) return null;
    const formatted = await formatSql(cell.sql, parse);
    const now = board.cells.find((each) => each.id === id);
    if (now?.sql !== cell.sql) return null;
    if (!formatted.ok) {
      const words = `Not formatted. ${formatted.error.message} ${formatted.error.hint ?? ''}`.trim();
      announce(words);
      return words;
    }
    edits.settle();
    edits.apply({ kind: 'change-text', id, text: formatted.value });
    edits.settle();
    announce(formatted.value === cell.sql ? 'Formatted already.' : 'Formatted.');
    return null;
  }

  async look(id: CellId, sql: string): Promise<void> {
    const { board, desk, runs } = this.#parts;
    if (desk.isReadOnly) return;
    this.#turn += 1;
    const turn = this.#turn;
    const generation = this.#preview?.generation ?? 0;
    this.#preview = {
      cellId: id,
      sql,
      relation: RELATION,
      isRunning: true,
      columns: [],
      rowCount: null,
      elapsedMs: null,
      problem: null,
      generation,
    };
    const known = await board.analyzeBeside({ name: RELATION, sql });
    if (known?.problem == null) await runs.runReads(known?.reads ?? []);
    const ran = turn === this.#turn ? await this.#run(known, sql) : null;
    if (ran === null || turn !== this.#turn || this.#preview === null) return;
    this.#preview = {
      ...this.#preview,
      isRunning: false,
      generation: generation + 1,
      ...(ran.ok
        ? {
            columns: board.describeColumns(ran.value.columns, known?.lineage ?? null),
            rowCount: ran.value.rowCount,
            elapsedMs: ran.value.elapsedMs,
          }
        : { problem: ran.error }),
    };
    this.#parts.announce(ran.ok ? `Selection: ${ran.value.rowCount} rows.` : ran.error.message);
  }

  async #run(known: CellAnalysis | null, sql: string): Promise<Result<RunReport>> {
    const { board, host } = this.#parts;
    const obstacle: Problem | null = known?.problem ?? board.brokenRead(known);
    if (obstacle) return fail(obstacle);
    const ready = await host.ready();
    if (!ready.ok) return ready;
    const bound = known?.bound;
    const ran = await host.guard(
      ready.value.run({ runId: crypto.randomUUID(), sql: bound?.sql ?? sql, into: RELATION }),
    );
    return ran.ok || !bound ? ran : fail(problemAsWritten(ran.error, sql, bound));
  }

  closePreview(): void {
    this.#turn += 1;
    const wasOpen = this.#preview !== null;
    this.#preview = null;
    if (wasOpen) void this.#drop();
  }

  async #drop(): Promise<void> {
    const ready = await this.#parts.host.ready();
    if (ready.ok) await ready.value.drop({ relation: RELATION });
  }
}
