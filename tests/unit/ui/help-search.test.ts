import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { groupPages, loadHelpPages, titleOf } from '../../../src/lib/ui/help/help-pages.ts';
import { anchorOf, cutSections, placeOfLink, searchHelp } from '../../../src/lib/ui/help/help-search.ts';
import {
  readMarkdown,
  type MarkdownBlock,
  type MarkdownInline,
} from '../../../src/lib/ui/markdown/markdown-tree.ts';

const DOCS = fileURLToPath(new URL('../../../docs/', import.meta.url));
const FOR_BUILDERS = ['gate-cases', 'benchmarks', 'publishing-faults', 's3'];
const pages = await loadHelpPages();
const sections = pages.flatMap(cutSections);
const known = new Set(pages.map(({ id }) => id));

describe('pages of the help', () => {
  it('are the whole guide as it lies in docs/, each once in a group', () => {
    const files = readdirSync(DOCS)
      .filter((name) => name.endsWith('.md'))
      .map((name) => name.replace('.md', ''))
      .filter((id) => !FOR_BUILDERS.includes(id));
    expect([...known].sort()).toEqual(files.sort());
    const grouped = groupPages(pages).flatMap((group) => group.pages.map(({ id }) => id));
    expect(grouped.toSorted()).toEqual(files.sort());
    expect(pages.find(({ id }) => id === 'gate')?.text).toBe(readFileSync(`${DOCS}gate.md`, 'utf8'));
  });

  it('are called by their heading', () => {
    expect(titleOf('# The `sluice` command\n\ntext', 'cli')).toBe('The sluice command');
    expect(titleOf('no heading', 'cli')).toBe('cli');
  });
});

function linksOf(blocks: readonly MarkdownBlock[]): readonly string[] {
  const inline = (each: MarkdownInline): readonly string[] => [
    ...(each.kind === 'link' ? [each.address] : []),
    ...('children' in each ? each.children.flatMap(inline) : []),
  ];
  return blocks.flatMap((block) => {
    if (block.kind === 'list') return block.items.flatMap((item) => linksOf(item.children));
    if (block.kind === 'table') return [block.header, ...block.rows].flat(2).flatMap(inline);
    if (block.kind === 'quote') return linksOf(block.children);
    return 'children' in block ? block.children.flatMap(inline) : [];
  });
}

describe('links between pages', () => {
  it('lead to pages and headings that are there', () => {
    const lost = pages.flatMap((page) =>
      linksOf(readMarkdown(page.text)).flatMap((address) => {
        const place = placeOfLink(address, page.id, known);
        if (!place || place.anchor === '') return [];
        const isThere = sections.some(
          (section) => section.pageId === place.pageId && section.anchor === place.anchor,
        );
        return isThere ? [] : [`${page.id}: ${address}`];
      }),
    );
    expect(lost).toEqual([]);
  });

  it('stay within the help only where they name a page of it', () => {
    expect(placeOfLink('gate.md#mends', 'steps', known)).toEqual({ pageId: 'gate', anchor: 'mends' });
    expect(placeOfLink('#levels', 'gate', known)).toEqual({ pageId: 'gate', anchor: 'levels' });
    for (const elsewhere of [
      'https://example.com/gate.md',
      '../README.md',
      'nope.md',
      'javascript:alert(1)',
      '',
    ])
      expect(placeOfLink(elsewhere, 'gate', known)).toBeNull();
  });

  it('name headings as GitHub does', () => {
    expect(anchorOf('clip_iqr(v, k := 1.5)')).toBe('clip_iqrv-k--15');
    expect(anchorOf('Rule 3: risk')).toBe('rule-3-risk');
  });
});

describe('search in the help', () => {
  it.each(['mask_email', 'hmac_sha256', 'outlier_iqr', 'truncate_date'])(
    'finds the macro %s by its name, first',
    (name) => {
      const [first] = searchHelp(sections, name);
      expect([first?.pageId, first?.heading.startsWith(`${name}(`)]).toEqual(['macros', true]);
    },
  );

  it('wants every word, in any order and case', () => {
    const [first] = searchHelp(sections, 'RULE risk');
    expect(first?.heading).toBe('Rule 4: risk');
    expect(searchHelp(sections, 'risk zzzz')).toEqual([]);
    expect(searchHelp(sections, '  ')).toEqual([]);
  });

  it('shows the words around the place', () => {
    const [page] = [{ id: 'a', title: 'A', text: `# A\n\n${'much text '.repeat(20)}needle at the end` }];
    const [hit] = searchHelp(page ? cutSections(page) : [], 'needle');
    expect(hit?.excerpt).toMatch(/^… .*needle at the end$/);
  });
});
