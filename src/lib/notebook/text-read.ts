// The text form → cells, each with the very text it came from; must not know how notebooks are written or run.
import type { Problem, Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { readChart } from './chart-body.ts';
import { readCheck } from './check-body.ts';
import { partsWithout, readInfo } from './fence-info.ts';
import type { HeadSpec } from './front-matter-read.ts';
import { EMPTY_HEAD, readHead } from './front-matter-read.ts';
import { isBlank } from './markdown-lines.ts';
import { foldName, nameFormProblem, nameOfCell } from './names.ts';
import type { CellSpec, NotebookSpec } from './notebook-types.ts';
import { readPublish } from './publish-body.ts';
import { readStep } from './step-body.ts';
import type { Block, FenceBlock } from './text-blocks.ts';
import { cutBlocks, MARKDOWN_INFO } from './text-blocks.ts';
import { trimBlankLines } from './text-form.ts';
import { textProblem } from './yaml-reader.ts';

/** A cell with the lines it was read from, the blank lines before it among them. */
interface ReadPiece {
  readonly raw: string;
  readonly cell: CellSpec;
  /** One-based line of the text on which the cell itself starts. */
  readonly line: number;
}

/** A text taken apart: `bom + head.raw + every piece's raw + tail` is the text. */
export interface ReadText {
  readonly bom: '' | '\uFEFF';
  readonly newline: '\n' | '\r\n';
  /** Front matter: `raw` with its `---` lines, `yaml` without. Both empty where there is none. */
  readonly head: { readonly raw: string; readonly yaml: string; readonly spec: HeadSpec };
  readonly pieces: readonly ReadPiece[];
  /** Blank lines after the last cell. */
  readonly tail: string;
}

/** `notebook-text` with the line, where front matter, a publish, check, chart or step cell or a name is broken. */
export function readText(text: string): Result<ReadText> {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const lines = text.slice(bom.length).split(/(?<=\n)/);
  const newline = lines[0]?.endsWith('\r\n') ? '\r\n' : '\n';
  const head = cutHead(lines);
  if (!head.ok) return head;
  const body = readBody(lines.slice(head.value.lineCount), head.value.lineCount, newline);
  if (!body.ok) return body;
  const problem = namesProblem(head.value.spec, body.value.pieces);
  if (problem) return fail(problem);
  return succeed({ bom, newline, head: head.value, ...body.value });
}

export function specOfText(read: ReadText): NotebookSpec {
  return { ...read.head.spec, cells: read.pieces.map((piece) => piece.cell) };
}

interface Head {
  readonly raw: string;
  readonly yaml: string;
  readonly spec: HeadSpec;
  readonly lineCount: number;
}

const NO_HEAD: Head = { raw: '', yaml: '', spec: EMPTY_HEAD, lineCount: 0 };

function cutHead(lines: readonly string[]): Result<Head> {
  if (lines[0]?.trimEnd() !== '---') return succeed(NO_HEAD);
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 0) return succeed(NO_HEAD);
  const yaml = lines.slice(1, end).join('');
  const spec = readHead(yaml, 2);
  if (!spec.ok) return spec;
  if (spec.value === null) return succeed(NO_HEAD);
  return succeed({ raw: lines.slice(0, end + 1).join(''), yaml, spec: spec.value, lineCount: end + 1 });
}

/** Lines as the blocks know them: without their end, which is `newline` throughout. */
function bareLines(lines: readonly string[], newline: string): string[] {
  return lines
    .filter((line, index) => index < lines.length - 1 || line !== '')
    .map((line) => (line.endsWith(newline) ? line.slice(0, -newline.length) : line.replace(/\n$/, '')));
}

function readBody(
  rawLines: readonly string[],
  linesBefore: number,
  newline: string,
): Result<Pick<ReadText, 'pieces' | 'tail'>> {
  const lines = bareLines(rawLines, newline);
  const pieces: ReadPiece[] = [];
  let taken = 0;
  let marker: number | null = null;
  const take = (cell: CellSpec, start: number, end: number): void => {
    pieces.push({ raw: rawLines.slice(taken, end).join(''), cell, line: linesBefore + start + 1 });
    taken = end;
    marker = null;
  };
  for (const block of cutBlocks(lines)) {
    const prose = block.kind === 'prose' ? trimBlock(lines, block) : null;
    if (prose && prose.end > prose.start) {
      take(
        { kind: 'markdown', text: lines.slice(prose.start, prose.end).join('\n') },
        marker ?? prose.start,
        prose.end,
      );
    } else if (block.kind !== 'prose') {
      if (marker !== null) take({ kind: 'markdown', text: '' }, marker, marker + 1);
      if (block.kind === 'marker') marker = block.start;
      else {
        const cell = readFence(lines, block, linesBefore);
        if (!cell.ok) return cell;
        take(cell.value, block.start, block.end);
      }
    }
  }
  if (marker !== null) take({ kind: 'markdown', text: '' }, marker, marker + 1);
  return succeed({ pieces, tail: rawLines.slice(taken).join('') });
}

function trimBlock(lines: readonly string[], block: Block): { readonly start: number; readonly end: number } {
  let { start, end } = block;
  while (start < end && isBlank(lines[start] ?? '')) start++;
  while (end > start && isBlank(lines[end - 1] ?? '')) end--;
  return { start, end };
}

function readFence(lines: readonly string[], block: FenceBlock, linesBefore: number): Result<CellSpec> {
  const text = lines.slice(block.start + 1, block.contentEnd).join('\n');
  if (block.info === MARKDOWN_INFO) return succeed({ kind: 'markdown', text: trimBlankLines(text) });
  const info = readInfo(block.info);
  if (info.word === 'publish') return readPublish(block.info, text, linesBefore + block.start + 2);
  if (info.word === 'check') return readCheck(block.info, text, linesBefore + block.start + 2);
  if (info.word === 'chart') return readChart(block.info, text, linesBefore + block.start + 2);
  if (info.word === 'step') return readStep(block.info, text, linesBefore + block.start + 2);
  if (info.word.toLowerCase() !== 'sql') return succeed({ kind: 'foreign', info: block.info, text });
  const name = info.values.get('name');
  const attributes = partsWithout(info, 'name');
  return succeed({
    kind: 'sql',
    ...(name === undefined ? {} : { name }),
    sql: text,
    ...(attributes === '' ? {} : { attributes }),
  });
}

/** The first cell whose name is no name or is taken. */
function namesProblem(head: HeadSpec, pieces: readonly ReadPiece[]): Problem | null {
  const taken = new Set(Object.keys(head.sources).map(foldName));
  for (const { cell, line } of pieces) {
    const name = nameOfCell(cell);
    if (name === null) continue;
    const isTaken = taken.has(foldName(name));
    const why = isTaken
      ? `“${name}” names two cells or sources.`
      : cell.kind === 'sql'
        ? nameFormProblem(name)
        : null;
    if (why !== null)
      return textProblem(line, why, 'Give the cell another name, and change it where it is used.');
    taken.add(foldName(name));
  }
  return null;
}
