// Cuts the body of a text into cell fences and the prose between them; knows nothing of what a cell means.
import type { FenceOpening } from './markdown-lines.ts';
import { findFenceEnd, followList, readFenceOpening, skipHtml } from './markdown-lines.ts';

/** Line ranges: `start` inclusive, `end` exclusive, zero-based. */
export interface FenceBlock {
  readonly kind: 'fence';
  readonly start: number;
  readonly end: number;
  /** End of the content, without the closing fence. */
  readonly contentEnd: number;
  readonly info: string;
}

interface ProseBlock {
  readonly kind: 'prose';
  readonly start: number;
  readonly end: number;
}

/** The line that starts a further markdown cell. */
interface MarkerBlock {
  readonly kind: 'marker';
  readonly start: number;
  readonly end: number;
}

export type Block = FenceBlock | ProseBlock | MarkerBlock;

/** Starts a markdown cell where none would start by itself: after another one, or an empty one. */
export const CELL_MARKER = '<!-- cell -->';

/** Info string of a fence that holds a markdown cell which would not come back whole without it. */
export const MARKDOWN_INFO = 'markdown cell';

/** Words that make a fence a foreign cell. */
const FOREIGN_WORDS: ReadonlySet<string> = new Set(['step', 'input', 'chart']);

/**
 * True where a fence with this info string is a cell: its first word is `sql` (in any case), `publish`, `step`, `check`,
 * `input` or `chart`, or the whole of it is `markdown cell`.
 */
function isCellInfo(info: string): boolean {
  const word = /^\S*/.exec(info)?.[0] ?? '';
  return (
    word.toLowerCase() === 'sql' ||
    word === 'publish' ||
    word === 'check' ||
    FOREIGN_WORDS.has(word) ||
    info === MARKDOWN_INFO
  );
}

/**
 * Every line belongs to exactly one block, in order. A cell fence starts in column 0 outside of any other fence, HTML
 * block and list; one that nothing closes reaches to the end (CommonMark 4.5).
 */
export function cutBlocks(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let proseStart = 0;
  let listOffset = 0;
  const add = (block: FenceBlock | MarkerBlock): void => {
    if (block.start > proseStart) blocks.push({ kind: 'prose', start: proseStart, end: block.start });
    blocks.push(block);
    proseStart = block.end;
    listOffset = 0;
  };
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    listOffset = followList(line, lines[index - 1] ?? '', listOffset);
    const block = readBlock(lines, index);
    if (block) add(block);
    index = block ? block.end : skipOpaque(lines, index, listOffset, index === proseStart);
  }
  if (lines.length > proseStart) blocks.push({ kind: 'prose', start: proseStart, end: lines.length });
  return blocks;
}

function readBlock(lines: readonly string[], index: number): FenceBlock | MarkerBlock | null {
  const line = lines[index] ?? '';
  if (line.trimEnd() === CELL_MARKER) return { kind: 'marker', start: index, end: index + 1 };
  const fence = readFenceOpening(line);
  return fence && fence.indent === 0 && isCellInfo(fence.info) ? fenceBlock(lines, index, fence) : null;
}

function fenceBlock(lines: readonly string[], start: number, fence: FenceOpening): FenceBlock {
  const contentEnd = findFenceEnd(lines, start + 1, fence);
  return { kind: 'fence', start, contentEnd, end: Math.min(contentEnd + 1, lines.length), info: fence.info };
}

/** Index after the fence or HTML block at `index`, else after the line. What lies in a list ends with it. */
function skipOpaque(
  lines: readonly string[],
  index: number,
  listOffset: number,
  startsProse: boolean,
): number {
  const line = lines[index] ?? '';
  const fence = readFenceOpening(line);
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  if (listOffset > 0 && indent >= listOffset) return index + 1;
  if (fence) return Math.min(findFenceEnd(lines, index + 1, fence) + 1, lines.length);
  return Math.max(skipHtml(lines, index, startsProse), index + 1);
}
