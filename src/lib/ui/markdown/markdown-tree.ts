// Reads Markdown into a small tree of plain data that holds no HTML at all; must not know how the tree is drawn.
import { lexer } from 'marked';
import type { Token, Tokens } from 'marked';
import { decodeCharacterReferences } from './character-references.ts';

export type MarkdownInline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'deleted'; readonly children: readonly MarkdownInline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'link'; readonly address: string; readonly children: readonly MarkdownInline[] }
  | { readonly kind: 'image'; readonly address: string; readonly alt: string };

interface MarkdownItem {
  /** True or false for a task, null for any other item. */
  readonly checked: boolean | null;
  readonly children: readonly MarkdownBlock[];
}

type MarkdownAlign = 'left' | 'center' | 'right' | null;

export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly MarkdownInline[] }
  | { readonly kind: 'paragraph'; readonly children: readonly MarkdownInline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly children: readonly MarkdownBlock[] }
  | {
      readonly kind: 'list';
      /** First number of an ordered list, null for a plain one. */
      readonly start: number | null;
      readonly items: readonly MarkdownItem[];
    }
  | {
      readonly kind: 'table';
      readonly align: readonly MarkdownAlign[];
      readonly header: readonly (readonly MarkdownInline[])[];
      readonly rows: readonly (readonly (readonly MarkdownInline[])[])[];
    }
  | { readonly kind: 'rule' };

/** Deepest nesting read; what lies deeper is shown as text. */
const MAX_DEPTH = 24;

/**
 * The document as data. Raw HTML becomes the text it was written as; addresses of links and images are kept as text and
 * are never followed by reading or drawing. Never throws: what cannot be read is one paragraph of plain text.
 */
export function readMarkdown(source: string): readonly MarkdownBlock[] {
  try {
    return readBlocks(lexer(source, { gfm: true, breaks: false }), 0);
  } catch {
    return [{ kind: 'paragraph', children: [{ kind: 'text', text: source }] }];
  }
}

function readBlocks(tokens: readonly Token[], depth: number): readonly MarkdownBlock[] {
  return tokens.flatMap((token) => {
    const block = readBlock(token, depth);
    return block === null ? [] : [block];
  });
}

function readBlock(token: Token, depth: number): MarkdownBlock | null {
  if (depth > MAX_DEPTH) return plainParagraph(token.raw);
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return null;
    case 'hr':
      return { kind: 'rule' };
    case 'heading':
      return {
        kind: 'heading',
        level: (token as Tokens.Heading).depth,
        children: readChildren(token, depth),
      };
    case 'paragraph':
    case 'text':
      return { kind: 'paragraph', children: readChildren(token, depth) };
    case 'code':
      return readCode(token as Tokens.Code);
    case 'blockquote':
      return { kind: 'quote', children: readBlocks(token.tokens ?? [], depth + 1) };
    case 'list':
      return readList(token as Tokens.List, depth);
    case 'table':
      return readTable(token as Tokens.Table, depth);
    default:
      return plainParagraph(token.raw);
  }
}

function plainParagraph(raw: string): MarkdownBlock | null {
  const text = raw.trim();
  return text === '' ? null : { kind: 'paragraph', children: [{ kind: 'text', text }] };
}

function readCode(token: Tokens.Code): MarkdownBlock {
  return { kind: 'code', language: (token.lang ?? '').split(/\s/, 1)[0] ?? '', text: token.text };
}

function readList(token: Tokens.List, depth: number): MarkdownBlock {
  const start = token.ordered ? Number(token.start === '' ? 1 : token.start) : null;
  const items = token.items.map((item) => ({
    checked: item.task ? item.checked === true : null,
    children: readBlocks(item.tokens, depth + 1),
  }));
  return { kind: 'list', start, items };
}

function readTable(token: Tokens.Table, depth: number): MarkdownBlock {
  const readCell = (cell: Tokens.TableCell): readonly MarkdownInline[] => readInlines(cell.tokens, depth + 1);
  return {
    kind: 'table',
    align: token.align,
    header: token.header.map(readCell),
    rows: token.rows.map((row) => row.map(readCell)),
  };
}

function readChildren(token: Token, depth: number): readonly MarkdownInline[] {
  const tokens = 'tokens' in token ? token.tokens : undefined;
  return tokens === undefined ? [readText(token)] : readInlines(tokens, depth + 1);
}

function readInlines(tokens: readonly Token[], depth: number): readonly MarkdownInline[] {
  if (depth > MAX_DEPTH) return tokens.map((token) => ({ kind: 'text', text: token.raw }));
  return joinTexts(tokens.flatMap((token) => readInline(token, depth)));
}

function readInline(token: Token, depth: number): readonly MarkdownInline[] {
  switch (token.type) {
    case 'strong':
      return [{ kind: 'strong', children: readChildren(token, depth) }];
    case 'em':
      return [{ kind: 'emphasis', children: readChildren(token, depth) }];
    case 'del':
      return [{ kind: 'deleted', children: readChildren(token, depth) }];
    case 'codespan':
      return [{ kind: 'code', text: (token as Tokens.Codespan).text }];
    case 'br':
      return [{ kind: 'break' }];
    case 'checkbox':
      return [];
    case 'link':
      return [{ kind: 'link', address: (token as Tokens.Link).href, children: readChildren(token, depth) }];
    case 'image': {
      const image = token as Tokens.Image;
      return [{ kind: 'image', address: image.href, alt: decodeCharacterReferences(image.text) }];
    }
    case 'text':
      return token.tokens === undefined ? [readText(token)] : readInlines(token.tokens, depth + 1);
    default:
      return [readText(token)];
  }
}

function readText(token: Token): MarkdownInline {
  if (token.type === 'escape') return { kind: 'text', text: (token as Tokens.Escape).text };
  if (token.type !== 'text') return { kind: 'text', text: token.raw };
  return { kind: 'text', text: decodeCharacterReferences((token as Tokens.Text).text) };
}

function joinTexts(inlines: readonly MarkdownInline[]): readonly MarkdownInline[] {
  const joined: MarkdownInline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text') {
      joined[joined.length - 1] = { kind: 'text', text: last.text + inline.text };
    } else joined.push(inline);
  }
  return joined;
}
