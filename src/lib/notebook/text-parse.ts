// Text form `.sluice.md` → notebook; must not know where texts are kept.
import type { Result } from '../base/result.ts';
import { succeed } from '../base/result.ts';
import type { NotebookSpec } from './notebook-types.ts';
import { formText, mayOmitHead } from './text-form.ts';
import { readText, specOfText } from './text-read.ts';

/**
 * Reads Markdown as a notebook. Any Markdown is one: what is not a cell fence (see `isCellInfo`) is prose, and prose
 * between two cell fences is one markdown cell, unless `<!-- cell -->` lines part it. Blank lines around prose belong
 * to no cell.
 * Fails with `notebook-text`, naming the line, where the front matter, a publish or a check cell is broken, or a name is no
 * SQL identifier, reserved, or there twice.
 */
export function parseNotebook(text: string): Result<NotebookSpec> {
  const read = readText(text);
  if (!read.ok) return read;
  const spec = specOfText(read.value);
  return succeed(formNotebook(spec) === text ? spec : { ...spec, written: text });
}

/** The notebook in Sluice's own form, whatever it was read from. */
export function formNotebook(spec: NotebookSpec): string {
  const body = formText(spec, false);
  return mayOmitHead(spec, body) ? body : formText(spec, true);
}
