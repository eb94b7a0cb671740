// Formats the SQL of cells and runs parts of it beside the notebook; must not know editors or what is stored.
import type { CellId } from '../notebook/notebook-types.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { CellRunner } from './cell-runner.svelte.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import { formatSql } from './format-sql.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import { PreviewTable } from './preview-table.ts';
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
  readonly #table: PreviewTable;
  #preview: PreviewView | null = $state.raw(null);

  constructor(parts: StatementParts) {
    this.#parts = parts;
    this.#table = new PreviewTable(parts, RELATION);
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
    const { board, desk } = this.#parts;
    if (desk.isReadOnly) return;
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
    const made = await this.#table.make(sql);
    if (made === null || this.#preview === null) return;
    const { known, ran } = made;
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

  closePreview(): void {
    this.#table.abandon();
    this.#preview = null;
  }

  /** After every edit: a preview does not outlive its cell. */
  follow(): void {
    if (this.#preview !== null && this.preview === null) this.closePreview();
  }
}
