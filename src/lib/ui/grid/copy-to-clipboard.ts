// Puts rows on the clipboard and says what came of it; must not know the grid.
import { formatQuantity } from '../primitives/figures.ts';
import { copyRows, type CopyRequest } from './copy-rows.ts';
import type { LoadPage } from './page-cache.ts';

/** Null when done, else why not, in words. */
export async function copyToClipboard(request: CopyRequest, load: LoadPage): Promise<string | null> {
  const text = await copyRows(request, load);
  if (typeof text !== 'string') return [text.message, text.hint].filter(Boolean).join(' ');
  await navigator.clipboard.writeText(text);
  return null;
}

export function copiedWords(rows: number, columns: number): string {
  return `Copied ${formatQuantity(rows, 'row')} × ${formatQuantity(columns, 'column')}`;
}
