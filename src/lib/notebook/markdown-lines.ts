// Which lines of Markdown are opaque (fences, HTML, lists), after CommonMark 0.31.2; knows nothing of cells.

/** An opening code fence (CommonMark 4.5). */
export interface FenceOpening {
  /** Spaces before it, 0 to 3. */
  readonly indent: number;
  readonly mark: '`' | '~';
  readonly length: number;
  /** Info string, trimmed. */
  readonly info: string;
}

const FENCE = /^( {0,3})(`{3,}|~{3,})(.*)$/s;

/** The fence this line opens, or null. */
export function readFenceOpening(line: string): FenceOpening | null {
  const match = FENCE.exec(line);
  if (!match) return null;
  const [, indent = '', run = '', info = ''] = match;
  const mark = run.startsWith('`') ? '`' : '~';
  if (mark === '`' && info.includes('`')) return null;
  return { indent: indent.length, mark, length: run.length, info: info.trim() };
}

/** Index of the line that closes the fence opened before `from`, or the number of lines where nothing does. */
export function findFenceEnd(lines: readonly string[], from: number, fence: FenceOpening): number {
  for (let index = from; index < lines.length; index++) {
    const match = /^ {0,3}(`{3,}|~{3,})[ \t\r]*$/.exec(lines[index] ?? '');
    const run = match?.[1] ?? '';
    if (run.startsWith(fence.mark) && run.length >= fence.length) return index;
  }
  return lines.length;
}

export function isBlank(line: string): boolean {
  return /^[ \t\r]*$/.test(line);
}

/** CommonMark 4.6, start condition 6. */
const BLOCK_TAGS =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul';

const BLANK_LINE = /^[ \t\r]*$/;

/** Start and end conditions 1 to 6 of HTML blocks (CommonMark 4.6). */
const HTML_BLOCKS: readonly { readonly start: RegExp; readonly end: RegExp }[] = [
  { start: /^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, end: /<\/(?:script|pre|style|textarea)>/i },
  { start: /^ {0,3}<!--/, end: /-->/ },
  { start: /^ {0,3}<\?/, end: /\?>/ },
  { start: /^ {0,3}<!\[CDATA\[/, end: /\]\]>/ },
  { start: /^ {0,3}<![A-Za-z]/, end: />/ },
  { start: new RegExp(`^ {0,3}</?(?:${BLOCK_TAGS})(?:[\\s>]|/>|$)`, 'i'), end: BLANK_LINE },
];

/** Start condition 7: any complete tag alone on its line, not within a paragraph. */
const LONE_TAG = /^ {0,3}<(?:\/[A-Za-z][A-Za-z0-9-]*\s*|[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?)>\s*$/;

/**
 * Index after the HTML block that starts at `index`, or `index` where none does. `startsProse` where the line cannot be
 * within a paragraph, whatever comes before it.
 */
export function skipHtml(lines: readonly string[], index: number, startsProse: boolean): number {
  const line = lines[index] ?? '';
  if (!/^ {0,3}</.test(line)) return index;
  const afterBlank = startsProse || isBlank(lines[index - 1] ?? '');
  const end =
    HTML_BLOCKS.find((block) => block.start.test(line))?.end ??
    (afterBlank && LONE_TAG.test(line) ? BLANK_LINE : null);
  if (end === null) return index;
  for (let at = index; at < lines.length; at++) if (end.test(lines[at] ?? '')) return at + 1;
  return lines.length;
}

const THEMATIC_BREAK = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})\r?$/;
const LIST_MARKER = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t]+|\r?$)/;
/** Lines that start a block even within a paragraph: heading, quote, fence, thematic break. */
const INTERRUPTS = /^ {0,3}(?:#{1,6}(?:\s|$)|>|`{3}|~{3})/;

/**
 * Follows the outermost list: the column at which its content starts, 0 outside of lists (CommonMark 5.2).
 * `previous` is the line before, `offset` what held there.
 */
export function followList(line: string, previous: string, offset: number): number {
  if (isBlank(line)) return offset;
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  if (offset > 0 && (indent >= offset || line.startsWith('\t'))) return offset;
  const isBreak = THEMATIC_BREAK.test(line);
  const marker = isBreak ? null : LIST_MARKER.exec(line);
  if (marker) return listOffset(marker);
  const isLazy = offset > 0 && !isBlank(previous) && !isBreak && !INTERRUPTS.test(line);
  return isLazy ? offset : 0;
}

function listOffset(marker: RegExpExecArray): number {
  const [, indent = '', mark = '', gap = ''] = marker;
  const spaces = gap.includes('\t') ? 4 : gap.length;
  return indent.length + mark.length + (spaces >= 1 && spaces <= 4 ? spaces : 1);
}
