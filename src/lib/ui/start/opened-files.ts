// Tells notebooks from data among files that were opened; must not know what becomes of either.
import type { Session } from '../../session/session-types.ts';

const NOTEBOOK_NAME = /\.sluice\.md$|\.md$/i;

/** What the file picker offers for data. */
export const DATA_ACCEPT =
  '.csv,.tsv,.tab,.psv,.txt,.json,.ndjson,.jsonl,.geojson,.parquet,.xlsx,.gz,.zip,text/csv,text/tab-separated-values,application/json';
/** What the file picker offers for notebooks. */
export const NOTEBOOK_ACCEPT = '.md,.sluice.md,text/markdown';

export function isNotebookFile(file: { readonly name: string }): boolean {
  return NOTEBOOK_NAME.test(file.name);
}

/** Opens the first notebook among the files, then every other file as data. */
export async function openAnyFiles(session: Session, files: readonly File[]): Promise<void> {
  const notebook = files.find(isNotebookFile);
  const data = files.filter((file) => !isNotebookFile(file));
  if (notebook) await session.notebooks.openText(await notebook.text());
  if (data.length > 0) await session.imports.openFiles(data);
}
