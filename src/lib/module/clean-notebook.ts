// The notebook as a module may carry it: without sensitive literals or prose; must not know what is sensitive.
import { succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { redactSql, redactText } from '../metadata/sql-literals.ts';
import type { ScanText } from '../metadata/sql-literals.ts';
import type { CellSpec } from '../notebook/notebook-types.ts';
import { formNotebook, parseNotebook } from '../notebook/text-parse.ts';

function cleanCell(cell: CellSpec, scan: ScanText): CellSpec {
  if (cell.kind === 'sql') return { ...cell, sql: redactSql(cell.sql, scan).sql };
  if (cell.kind === 'publish') return cell;
  return { ...cell, text: redactText(cell.text, scan) };
}

/** The very text where nothing was found; else the notebook in Sluice's own form with `[REDACTED]` in place of it. */
export function cleanNotebook(text: string, scan: ScanText): Result<string> {
  const parsed = parseNotebook(text);
  if (!parsed.ok) return parsed;
  const cells = parsed.value.cells.map((cell) => cleanCell(cell, scan));
  const isClean = JSON.stringify(cells) === JSON.stringify(parsed.value.cells);
  return succeed(isClean ? text : formNotebook({ ...parsed.value, cells }));
}
