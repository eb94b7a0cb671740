// The one door to changing a notebook: (notebook, edit) → notebook; must not know undo, storage or the interface.
import { succeed, type Result } from '../base/result.ts';
import {
  addCell,
  changeChart,
  changeChecks,
  changePublish,
  changeStep,
  changeText,
  duplicateCell,
  moveCell,
  removeCell,
} from './edit-cells.ts';
import { renameCell, renameSource } from './edit-names.ts';
import {
  addSource,
  changePolicy,
  changeSource,
  changeTimezone,
  changeTitle,
  declareColumn,
  removeSource,
} from './edit-settings.ts';
import { changeFlags, moveCells, restore } from './edit-several.ts';
import type { Edit, Several } from './edit-types.ts';
import { changeInput, renameInput } from './inputs/edit-inputs.ts';
import type { Notebook } from './notebook-types.ts';
import { withRunMode } from './run-mode.ts';

/**
 * Applies an edit; the notebook itself stays as it was, and unchanged parts are shared. An edit that changes nothing
 * gives back the same object.
 * `edit-no-cell`, `edit-no-source`, `edit-no-input`, `edit-wrong-kind`, `edit-name`, `edit-value` say why it cannot be done.
 */
export function applyEdit(notebook: Notebook, edit: Edit): Result<Notebook> {
  switch (edit.kind) {
    case 'add-cell':
      return addCell(notebook, edit);
    case 'remove-cell':
      return removeCell(notebook, edit);
    case 'move-cell':
      return moveCell(notebook, edit);
    case 'duplicate-cell':
      return duplicateCell(notebook, edit);
    case 'change-text':
      return changeText(notebook, edit);
    case 'change-publish':
      return changePublish(notebook, edit);
    case 'change-chart':
      return changeChart(notebook, edit);
    case 'change-checks':
      return changeChecks(notebook, edit);
    case 'change-step':
      return changeStep(notebook, edit);
    case 'rename-cell':
      return renameCell(notebook, edit);
    case 'rename-source':
      return renameSource(notebook, edit);
    case 'change-input':
      return changeInput(notebook, edit);
    case 'rename-input':
      return renameInput(notebook, edit);
    case 'change-policy':
      return changePolicy(notebook, edit);
    case 'add-source':
      return addSource(notebook, edit);
    case 'change-source':
      return changeSource(notebook, edit);
    case 'remove-source':
      return removeSource(notebook, edit);
    case 'declare-column':
      return declareColumn(notebook, edit);
    case 'change-title':
      return changeTitle(notebook, edit);
    case 'change-timezone':
      return changeTimezone(notebook, edit);
    case 'move-cells':
      return moveCells(notebook, edit);
    case 'change-flags':
      return changeFlags(notebook, edit);
    case 'change-mode':
      return succeed(withRunMode(notebook, edit.mode));
    case 'restore':
      return restore(notebook, edit);
    case 'several':
      return applySeveral(notebook, edit);
  }
}

function applySeveral(notebook: Notebook, { edits }: Several): Result<Notebook> {
  let changed: Result<Notebook> = succeed(notebook);
  for (const edit of edits) {
    if (!changed.ok) return changed;
    changed = applyEdit(changed.value, edit);
  }
  return changed;
}

/** Key under which typing joins into one step of the history, or null where an edit stands alone. */
export function coalescingKey(edit: Edit): string | null {
  if (edit.kind === 'change-text') return `text:${edit.id}`;
  if (edit.kind === 'change-title') return 'title';
  if (edit.kind === 'change-publish')
    return `publish:${edit.id}:${Object.keys(edit.change).sort().join(',')}`;
  return null;
}
