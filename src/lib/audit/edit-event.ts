// What an edit of a notebook means for the log: its kind and names, never its text; must not know who records it.
import type { Edit } from '../notebook/edit-types.ts';
import type { Notebook } from '../notebook/notebook-types.ts';
import type { AuditEvent } from './audit-types.ts';

export type EditEvent = Pick<AuditEvent, 'action' | 'subject' | 'details'>;

type CellEdit = Extract<Edit, { readonly id: string }>;

function nameCell(notebook: Notebook, id: string): string {
  const index = notebook.cells.findIndex((cell) => cell.id === id);
  const cell = notebook.cells[index];
  if (cell?.kind === 'sql') return `Cell ${cell.name}`;
  if (cell?.kind === 'publish') return `Publish cell ${cell.namespace}/${cell.module}`;
  if (cell?.kind === 'check') return `Check cell of ${cell.of}`;
  if (cell?.kind === 'chart') return `Chart of ${cell.of}`;
  if (cell?.kind === 'markdown') return `Text cell ${index + 1}`;
  return cell ? `Cell ${index + 1}` : 'Cell';
}

function changed(subject: string | null, change: string, details: EditEvent['details'] = {}): EditEvent {
  return { action: 'notebook-changed', subject, details: { change, ...details } };
}

function describeCellEdit(edit: CellEdit, before: Notebook, after: Notebook): EditEvent | null {
  switch (edit.kind) {
    case 'add-cell':
      return changed(nameCell(after, edit.id), 'added');
    case 'remove-cell':
      return changed(nameCell(before, edit.id), 'removed');
    case 'move-cell':
      return changed(nameCell(before, edit.id), 'moved', { places: edit.by });
    case 'duplicate-cell':
      return changed(nameCell(before, edit.id), 'duplicated');
    case 'change-text':
      return changed(nameCell(before, edit.id), 'text changed');
    case 'change-publish':
      return changed(nameCell(after, edit.id), 'settings changed', {
        settings: Object.keys(edit.change).join(', '),
      });
    case 'change-step':
      return changed(nameCell(after, edit.id), edit.step === null ? 'turned into SQL' : 'step changed');
    case 'change-chart':
      return changed(nameCell(after, edit.id), 'settings changed', {
        settings: Object.keys(edit.change).join(', '),
      });
    case 'change-checks':
      return changed(nameCell(after, edit.id), 'checks changed');
    case 'rename-cell':
      return changed(nameCell(before, edit.id), `renamed to ${edit.name}`);
  }
}

function countCells(ids: readonly string[]): string {
  return ids.length === 1 ? '1 cell' : `${ids.length} cells`;
}

function describePolicyEdit(before: Notebook, after: Notebook): EditEvent | null {
  const [was, is] = [before.policy, after.policy];
  const names = (policy: Notebook['policy']) => policy.quasi.join(', ');
  const dismissals = (policy: Notebook['policy']) => Object.keys(policy.dismissed ?? {}).join(', ');
  const details = {
    ...(was.k === is.k ? {} : { from: was.k, to: is.k }),
    ...(names(was) === names(is) ? {} : { quasiBefore: names(was), quasi: names(is) }),
    ...(dismissals(was) === dismissals(is) ? {} : { dismissed: dismissals(is) }),
  };
  return Object.keys(details).length === 0 ? null : { action: 'policy-changed', subject: null, details };
}

/** Null where nothing is to be said: nothing changed, or whoever made the edit says it better (imports, declarations). */
export function describeEdit(edit: Edit, before: Notebook, after: Notebook): EditEvent | null {
  switch (edit.kind) {
    case 'change-title':
      if (before.title === after.title) return null;
      return {
        action: 'notebook-renamed',
        subject: null,
        details: { from: before.title, to: after.title },
      };
    case 'change-policy':
      return describePolicyEdit(before, after);
    case 'change-input':
      if (edit.input === null) return changed(`Input ${edit.name}`, 'removed');
      return changed(`Input ${edit.name}`, before.inputs?.[edit.name] ? 'changed' : 'added');
    case 'rename-input':
      return changed(`Input ${edit.name}`, `renamed to ${edit.newName}`);
    case 'change-timezone':
      return changed(null, 'time zone changed', { from: before.timezone, to: after.timezone });
    case 'change-mode':
      return changed(null, `runs by itself: ${edit.mode === 'auto' ? 'yes' : 'no'}`);
    case 'move-cells':
      return changed(null, `${countCells(edit.ids)} moved`);
    case 'change-flags':
      return edit.change.disabled === undefined
        ? null
        : changed(null, `${countCells(edit.ids)} ${edit.change.disabled ? 'disabled' : 'enabled'}`);
    case 'restore':
      return changed(null, 'an earlier state was restored');
    case 'several':
      return changed(null, edit.words);
    case 'rename-source':
      return changed(`Source ${edit.name}`, `renamed to ${edit.newName}`);
    case 'remove-source':
      return { action: 'source-removed', subject: edit.name, details: {} };
    case 'add-source':
    case 'change-source':
    case 'declare-column':
      return null;
    default:
      return describeCellEdit(edit, before, after);
  }
}
