// Notebook → text form `.sluice.md`, keeping the bytes of what has not changed since it was read.
import { canonicalJson } from '../base/canonical-json.ts';
import { nameCells } from './cell-names.ts';
import { changeHead } from './front-matter-write.ts';
import type { HeadSpec } from './front-matter-read.ts';
import type { CellSpec, NotebookSpec } from './notebook-types.ts';
import { readFenceOpening } from './markdown-lines.ts';
import { CELL_MARKER, MARKDOWN_INFO } from './text-blocks.ts';
import { formCell, normalizeCell, normalizeNotebook } from './text-form.ts';
import { formNotebook } from './text-parse.ts';
import type { ReadText } from './text-read.ts';
import { readText, specOfText } from './text-read.ts';

/**
 * Writes the notebook as text. `parseNotebook` gives back the same notebook in normal form (`normalizeNotebook`), and
 * writing what was just parsed gives back the same bytes.
 * Where the notebook was read from a text of another layout, cells and front matter that have not changed keep their
 * bytes, a byte order mark and CRLF line ends stay, and a name that an unnamed cell was only given is not written.
 */
export function writeNotebook(spec: NotebookSpec): string {
  const read = spec.written === undefined ? null : readText(spec.written);
  const wanted = normalizeNotebook(spec);
  if (!read?.ok) return formNotebook(wanted);
  const attempts = [() => reuse(read.value, wanted, true), () => reuse(read.value, wanted, false)];
  for (const attempt of attempts) {
    const text = attempt();
    if (says(text, wanted)) return text;
  }
  return formNotebook(wanted);
}

/** True where the text reads as this notebook, names given to unnamed cells included. */
function says(text: string, wanted: NotebookSpec): boolean {
  const read = readText(text);
  return read.ok && meaning(specOfText(read.value)) === meaning(wanted);
}

function meaning(spec: NotebookSpec): string {
  return canonicalJson({ ...pickHead(spec), cells: nameCells(spec) });
}

function reuse(read: ReadText, wanted: NotebookSpec, mayOmitNames: boolean): string {
  const parts = [read.bom + reuseHead(read, wanted)];
  const stock = new PieceStock(read, mayOmitNames);
  wanted.cells.forEach((cell, index) => {
    const afterMarkdown = wanted.cells[index - 1]?.kind === 'markdown';
    const raw = stock.take(cell);
    const wouldMerge = cell.kind === 'markdown' && afterMarkdown && !isFenced(parts.at(-1) ?? '');
    if (raw !== null && !(wouldMerge && startsBare(raw))) parts.push(raw);
    else {
      const gap = index === 0 ? '' : '\n';
      parts.push(withNewline(`${gap}${formCell(cell, afterMarkdown)}\n`, read.newline));
    }
  });
  const ended = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    return isLast || part === '' || part.endsWith('\n') || part === '\uFEFF' ? part : part + read.newline;
  });
  return ended.join('') + read.tail;
}

/** True where the text is a markdown cell in a fence of its own. */
function isFenced(raw: string): boolean {
  const firstLine = raw.trimStart().split('\n', 1)[0] ?? '';
  return readFenceOpening(firstLine)?.info === MARKDOWN_INFO;
}

/** True where the text would become part of a markdown cell before it. */
function startsBare(raw: string): boolean {
  return !isFenced(raw) && !raw.trimStart().startsWith(CELL_MARKER);
}

function reuseHead(read: ReadText, wanted: HeadSpec): string {
  const { raw, yaml, spec } = read.head;
  const same = (a: HeadSpec, b: HeadSpec): boolean => headMeaning(a) === headMeaning(b);
  if (same(spec, wanted)) return raw;
  if (raw === '') return withNewline(formNotebook({ ...pickHead(wanted), cells: [] }), read.newline);
  const [first = '', ...others] = raw.split(/(?<=\n)/);
  const last = others.at(-1) ?? '';
  return first + withNewline(changeHead(yaml, spec, wanted), read.newline) + last;
}

function pickHead({ title, timezone, sources, policy, inputs, extra }: HeadSpec): HeadSpec {
  return { title, timezone, sources, policy, ...(inputs === undefined ? {} : { inputs }), extra };
}

function headMeaning(head: HeadSpec): string {
  return canonicalJson(pickHead(head));
}

function withNewline(text: string, newline: string): string {
  return newline === '\n' ? text : text.replace(/\r?\n/g, newline);
}

interface StockedPiece {
  readonly raw: string;
  isTaken: boolean;
}

/** The pieces of a text by what they say; each is given out once, in order. */
class PieceStock {
  readonly #pieces = new Map<string, StockedPiece[]>();

  /** `mayOmitNames`: a piece without a name also stands for the name that completing gives it. */
  constructor(read: ReadText, mayOmitNames: boolean) {
    const named = nameCells(specOfText(read));
    read.pieces.forEach(({ raw, cell }, index) => {
      const piece = { raw, isTaken: false };
      this.#add(cell, piece);
      const alias = named[index];
      if (mayOmitNames && alias && alias !== cell) this.#add(alias, piece);
    });
  }

  /** The bytes that say this cell, or null where there are none left. */
  take(cell: CellSpec): string | null {
    const same = this.#pieces.get(canonicalJson(normalizeCell(cell))) ?? [];
    let piece = same.shift();
    while (piece?.isTaken) piece = same.shift();
    if (!piece) return null;
    piece.isTaken = true;
    return piece.raw;
  }

  #add(cell: CellSpec, piece: StockedPiece): void {
    const key = canonicalJson(normalizeCell(cell));
    const same = this.#pieces.get(key);
    if (same) same.push(piece);
    else this.#pieces.set(key, [piece]);
  }
}
