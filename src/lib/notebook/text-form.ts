// The form in which Sluice itself writes cells; knows nothing of the text a notebook was read from.
import { writeChartBody, writeChartInfo } from './chart-body.ts';
import { writeCheckBody, writeCheckInfo } from './check-body.ts';
import { readInfo, writePair } from './fence-info.ts';
import type { HeadSpec } from './front-matter-read.ts';
import { isEmptyHead, writeHead } from './front-matter-write.ts';
import { isBlank } from './markdown-lines.ts';
import type { CellSpec, MarkdownCellSpec, NotebookSpec, SqlCellSpec } from './notebook-types.ts';
import { writePublishBody, writePublishInfo } from './publish-body.ts';
import { stepCell, writeStepBody, writeStepInfo } from './step-body.ts';
import { CELL_MARKER, cutBlocks, MARKDOWN_INFO } from './text-blocks.ts';

/**
 * The normal form of a cell, which the text form keeps whole: the words of an info string are set apart by one space,
 * and the text of a markdown cell neither starts nor ends with blank lines.
 */
export function normalizeCell(cell: CellSpec): CellSpec {
  if (cell.kind === 'markdown') return { kind: 'markdown', text: trimBlankLines(cell.text) };
  if (cell.kind === 'foreign') return { kind: 'foreign', info: onOneLine(cell.info), text: cell.text };
  const attributes = readInfo(`sql ${onOneLine(cell.attributes ?? '')}`).parts.join(' ');
  if (cell.kind === 'publish' || cell.kind === 'chart') {
    const { attributes: _, ...settings } = cell;
    return { ...settings, ...(attributes === '' ? {} : { attributes }) };
  }
  if (cell.kind === 'check') {
    const { of, checks } = cell;
    return { kind: 'check', of, checks, ...(attributes === '' ? {} : { attributes }) };
  }
  if (cell.step) return stepCell(cell.step, cell.name, attributes);
  return {
    kind: 'sql',
    ...(cell.name === undefined ? {} : { name: cell.name }),
    sql: cell.sql,
    ...(attributes === '' ? {} : { attributes }),
  };
}

/** What `writeNotebook` keeps whole: normal cells, and nothing of how the text was laid out. */
export function normalizeNotebook(spec: NotebookSpec): NotebookSpec {
  const { title, timezone, sources, policy, inputs, extra } = spec;
  const cells = spec.cells.map(normalizeCell);
  return { title, timezone, sources, policy, ...(inputs === undefined ? {} : { inputs }), cells, extra };
}

/** Without blank lines at the start and the end; blanks at the start of the first line stay. */
export function trimBlankLines(text: string): string {
  const lines = text.split('\n');
  let start = 0;
  let end = lines.length;
  while (start < end && isBlank(lines[start] ?? '')) start++;
  while (end > start && isBlank(lines[end - 1] ?? '')) end--;
  return lines.slice(start, end).join('\n');
}

/** A normal cell as text without a final newline; `afterMarkdown` where the cell before it is a markdown cell. */
export function formCell(cell: CellSpec, afterMarkdown: boolean): string {
  if (cell.kind === 'sql' && cell.step)
    return fence(writeStepInfo(cell, cell.step), writeStepBody(cell.step));
  if (cell.kind === 'sql') return fence(sqlInfo(cell), cell.sql);
  if (cell.kind === 'publish') return fence(writePublishInfo(cell), writePublishBody(cell));
  if (cell.kind === 'check') return fence(writeCheckInfo(cell), writeCheckBody(cell));
  if (cell.kind === 'chart') return fence(writeChartInfo(cell), writeChartBody(cell));
  if (cell.kind === 'foreign') return fence(cell.info, cell.text);
  if (!standsAlone(cell)) return fence(MARKDOWN_INFO, cell.text);
  if (cell.text === '') return CELL_MARKER;
  return afterMarkdown ? `${CELL_MARKER}\n${cell.text}` : cell.text;
}

/** The whole notebook in Sluice's own form: line feeds, one blank line between cells, a newline at the end. */
export function formText(spec: NotebookSpec, withHead: boolean): string {
  const head = withHead ? `---\n${writeHead(spec)}---\n` : '';
  const cells = spec.cells.map(normalizeCell);
  const formed = cells.map((cell, index) => `${formCell(cell, cells[index - 1]?.kind === 'markdown')}\n`);
  return head + formed.join('\n');
}

/** True where the front matter may be left out, as in Markdown that was never a notebook. */
export function mayOmitHead(head: HeadSpec, body: string): boolean {
  return isEmptyHead(head) && !/^(?:---|\uFEFF)/.test(body) && !body.includes('\r');
}

function sqlInfo(cell: SqlCellSpec): string {
  const parts = ['sql'];
  if (cell.name !== undefined) parts.push(writePair('name', cell.name));
  if (cell.attributes !== undefined) parts.push(cell.attributes);
  return parts.join(' ');
}

/** A fence longer than any run of its mark within (CommonMark 4.5); tildes where the info string holds a backtick. */
function fence(info: string, content: string): string {
  const mark = info.includes('`') ? '~' : '`';
  const runs = content.match(mark === '`' ? /`{3,}/g : /~{3,}/g) ?? [];
  const length = runs.reduce((longest, run) => Math.max(longest, run.length + 1), 3);
  const line = mark.repeat(length);
  return content === '' ? `${line}${info}\n${line}` : `${line}${info}\n${content}\n${line}`;
}

/** True where the text comes back as one markdown cell and leaves a fence after it alone. */
function standsAlone(cell: MarkdownCellSpec): boolean {
  const lines = [...cell.text.split('\n'), '', '```sql', '```'];
  const blocks = cutBlocks(lines);
  const [prose, sql] = blocks;
  return (
    blocks.length === 2 && prose?.kind === 'prose' && sql?.kind === 'fence' && sql.start === lines.length - 2
  );
}

function onOneLine(info: string): string {
  return info.replace(/[\r\n]+/g, ' ').trim();
}
