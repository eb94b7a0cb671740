// Saves the open notebook's text as a file of the person's own; must not know where else it is kept.
import type { Session } from '../../session/session-types.ts';
import { downloadFile } from '../primitives/download.ts';

export function saveNotebookFile(session: Session): void {
  const stem = session.notebook.title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  downloadFile(session.desk.text, `${stem || 'notebook'}.sluice.md`);
}
