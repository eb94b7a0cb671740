// Finds places in the help by words; must not know how pages are loaded or drawn.
import { readMarkdown, type MarkdownBlock, type MarkdownInline } from '../markdown/markdown-tree.ts';
import type { HelpPage } from './help-pages.ts';

export interface HelpSection {
  readonly pageId: string;
  readonly pageTitle: string;
  readonly heading: string;
  /** What a link to it says after `#`; empty for the head of a page. */
  readonly anchor: string;
  readonly text: string;
}

export interface HelpHit extends HelpSection {
  /** A few words around the first place found, or the first words of the section. */
  readonly excerpt: string;
}

function inlineText(inline: MarkdownInline): string {
  if (inline.kind === 'text' || inline.kind === 'code') return inline.text;
  if (inline.kind === 'image') return inline.alt;
  return inline.kind === 'break' ? ' ' : inlinesText(inline.children);
}

export function inlinesText(inlines: readonly MarkdownInline[]): string {
  return inlines.map(inlineText).join('');
}

function blockText(block: MarkdownBlock): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return inlinesText(block.children);
    case 'code':
      return block.text;
    case 'quote':
      return block.children.map(blockText).join(' ');
    case 'list':
      return block.items.map((item) => item.children.map(blockText).join(' ')).join(' ');
    case 'table':
      return [block.header, ...block.rows].map((row) => row.map(inlinesText).join(' ')).join(' · ');
    case 'rule':
      return '';
  }
}

/** As GitHub names headings, which the pages' own links follow. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** A page cut at its headings. */
export function cutSections(page: HelpPage): readonly HelpSection[] {
  const sections: { heading: string; anchor: string; texts: string[] }[] = [
    { heading: page.title, anchor: '', texts: [] },
  ];
  for (const block of readMarkdown(page.text)) {
    const isHead = block.kind === 'heading' && block.level > 1;
    if (isHead) {
      const heading = blockText(block);
      sections.push({ heading, anchor: anchorOf(heading), texts: [] });
    } else if (block.kind !== 'heading') sections.at(-1)?.texts.push(blockText(block));
  }
  return sections.map(({ heading, anchor, texts }) => ({
    pageId: page.id,
    pageTitle: page.title,
    heading,
    anchor,
    text: texts.join(' ').replaceAll(/\s+/g, ' '),
  }));
}

const WORDS_BEFORE = 40;
const EXCERPT_LENGTH = 160;

function excerptOf(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word));
  const from = at <= WORDS_BEFORE ? 0 : text.indexOf(' ', at - WORDS_BEFORE) + 1;
  const cut = text.slice(from, from + EXCERPT_LENGTH);
  return `${from > 0 ? '… ' : ''}${cut.trim()}${from + EXCERPT_LENGTH < text.length ? ' …' : ''}`;
}

/** Null where a word is nowhere; a word in the heading counts more, at its beginning most. */
function scoreOf(section: HelpSection, words: readonly string[]): number | null {
  const [heading, text] = [section.heading.toLowerCase(), section.text.toLowerCase()];
  let score = 0;
  for (const word of words) {
    if (heading.startsWith(word)) score += 30;
    else if (heading.includes(word)) score += 15;
    else if (section.pageTitle.toLowerCase().includes(word)) score += 4;
    if (text.includes(word)) score += 1;
    else if (!heading.includes(word) && !section.pageTitle.toLowerCase().includes(word)) return null;
  }
  return score;
}

/** Sections that hold every word, the likeliest first; none for an empty question. */
export function searchHelp(
  sections: readonly HelpSection[],
  question: string,
  most = 30,
): readonly HelpHit[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return sections
    .flatMap((section) => {
      const score = scoreOf(section, words);
      return score === null ? [] : [{ section, score }];
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ section }) => ({ ...section, excerpt: excerptOf(section.text, words[0] ?? '') }));
}

export interface HelpPlace {
  readonly pageId: string;
  readonly anchor: string;
}

/** Where a link of a page leads within the help; null for every other address. */
export function placeOfLink(address: string, pageId: string, known: ReadonlySet<string>): HelpPlace | null {
  const match = address === '' ? null : /^(?:([\w-]+)\.md)?(?:#(.*))?$/.exec(address);
  if (!match) return null;
  const [, target = pageId, anchor = ''] = match;
  return known.has(target) ? { pageId: target, anchor } : null;
}
