// Gathers what editors can complete from what the session shows; must not know editors.
import type { CompletionColumn } from '../editor/completion-relations.ts';
import type { CompletionScope } from '../editor/sql-completion.ts';
import type { Cell } from '../../notebook/notebook-types.ts';
import type { MacroDefinition } from '../../macros/macro-types.ts';
import type { CellRun } from '../../session/cell-run-types.ts';
import type { InputView } from '../../session/input-view-types.ts';
import type { SourceView } from '../../session/source-view-types.ts';

/** As they were when the cell ran; before that what the text tells. */
function columnsOf(run: CellRun): readonly CompletionColumn[] {
  if (run.columns.length > 0) return run.columns;
  return (run.draftColumns ?? []).map((name) => ({ name, type: '', sensitivity: null, badge: null }));
}

/** Sources and SQL cells with their columns, the macros, and the names of inputs as SQL reads them. */
export function completionScope(
  sources: readonly SourceView[],
  cells: readonly Cell[],
  runOf: (cell: Cell) => CellRun,
  macros: readonly MacroDefinition[],
  inputs: readonly InputView[],
): CompletionScope {
  const fromSources = sources.map((source) => ({
    name: source.name,
    kind: 'source' as const,
    columns: source.columns.map(({ name, type, sensitivity }) => ({ name, type, sensitivity, badge: null })),
  }));
  const fromCells = cells.flatMap((cell) =>
    cell.kind === 'sql' ? [{ name: cell.name, kind: 'cell' as const, columns: columnsOf(runOf(cell)) }] : [],
  );
  const fromInputs = inputs.flatMap(({ written, spec }) =>
    written.map((each) => ({ name: each.slice(1), detail: spec.type })),
  );
  return { relations: [...fromSources, ...fromCells], macros, inputs: fromInputs };
}
