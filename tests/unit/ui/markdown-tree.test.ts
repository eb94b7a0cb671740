import { describe, expect, it } from 'vitest';
import { decodeCharacterReferences } from '../../../src/lib/ui/markdown/character-references.ts';
import { judgeAddress } from '../../../src/lib/ui/markdown/link-address.ts';
import { readMarkdown } from '../../../src/lib/ui/markdown/markdown-tree.ts';
import type { MarkdownBlock, MarkdownInline } from '../../../src/lib/ui/markdown/markdown-tree.ts';

const paragraph = (...children: MarkdownInline[]): MarkdownBlock => ({ kind: 'paragraph', children });
const text = (value: string): MarkdownInline => ({ kind: 'text', text: value });

/** Every kind of node in the tree; an `html` node does not exist, which is the point. */
function kindsOf(blocks: readonly MarkdownBlock[]): ReadonlySet<string> {
  return new Set([...JSON.stringify(blocks).matchAll(/"kind":"([a-z]+)"/g)].map((match) => match[1] ?? ''));
}

describe('prose', () => {
  it('becomes a tree of plain data', () => {
    expect(readMarkdown('# Users, *cleansed*\n\nWhy **and** `how`.  \nNext ~~line~~.')).toEqual([
      {
        kind: 'heading',
        level: 1,
        children: [text('Users, '), { kind: 'emphasis', children: [text('cleansed')] }],
      },
      paragraph(
        text('Why '),
        { kind: 'strong', children: [text('and')] },
        text(' '),
        { kind: 'code', text: 'how' },
        text('.'),
        { kind: 'break' },
        text('Next '),
        { kind: 'deleted', children: [text('line')] },
        text('.'),
      ),
    ]);
  });

  it('keeps lists, tasks, quotes, code, tables and rules', () => {
    expect(
      readMarkdown(
        '3. three\n4. four\n\n- [x] done\n- [ ] open\n\n> said\n\n```sql name=x\nSELECT 1\n```\n\n---\n',
      ),
    ).toEqual([
      {
        kind: 'list',
        start: 3,
        items: [
          { checked: null, children: [paragraph(text('three'))] },
          { checked: null, children: [paragraph(text('four'))] },
        ],
      },
      {
        kind: 'list',
        start: null,
        items: [
          { checked: true, children: [paragraph(text('done'))] },
          { checked: false, children: [paragraph(text('open'))] },
        ],
      },
      { kind: 'quote', children: [paragraph(text('said'))] },
      { kind: 'code', language: 'sql', text: 'SELECT 1' },
      { kind: 'rule' },
    ]);
    expect(readMarkdown('| a | b |\n| :-- | --: |\n| 1 | *2* |')).toEqual([
      {
        kind: 'table',
        align: ['left', 'right'],
        header: [[text('a')], [text('b')]],
        rows: [[[text('1')], [{ kind: 'emphasis', children: [text('2')] }]]],
      },
    ]);
  });

  it('resolves character references to text, once', () => {
    expect(readMarkdown('Fish &amp; chips &lt;b&gt; &amp;lt; &hellip; &bogus;')).toEqual([
      paragraph(text('Fish & chips <b> &lt; … &bogus;')),
    ]);
  });

  it('may be empty', () => {
    expect([readMarkdown(''), readMarkdown(' \n\n\t\n')]).toEqual([[], []]);
  });
});

describe('hostile text', () => {
  it('never yields HTML: tags are the text they were written as', () => {
    expect(readMarkdown('<script>alert(1)</script>')).toEqual([paragraph(text('<script>alert(1)</script>'))]);
    expect(readMarkdown('a <img src=x onerror=alert(1)> b')).toEqual([
      paragraph(text('a <img src=x onerror=alert(1)> b')),
    ]);
    expect(readMarkdown('&lt;img src=x onerror=alert(1)&gt;')).toEqual([
      paragraph(text('<img src=x onerror=alert(1)>')),
    ]);
  });

  it.each([
    '<div>\n\n# in a div\n\n</div>',
    '<svg/onload=alert(1)>',
    '<!-- comment --><iframe src="https://evil.example">',
    '[<img src=x onerror=alert(1)>](https://x.example)',
    '| <script>1</script> |\n| - |\n| <b onclick=x>y</b> |',
    '- <details ontoggle=alert(1) open>',
    '<?php echo 1 ?> <![CDATA[x]]> <!DOCTYPE html>',
    '`<b>`<b>`</b>',
  ])('holds only known kinds of nodes: %s', (source) => {
    const known = [
      'heading',
      'paragraph',
      'code',
      'quote',
      'list',
      'table',
      'rule',
      'text',
      'strong',
      'emphasis',
      'deleted',
      'break',
      'link',
      'image',
    ];
    const kinds = kindsOf(readMarkdown(source));
    expect([...kinds].filter((kind) => !known.includes(kind))).toEqual([]);
    expect(kinds.size).toBeGreaterThan(0);
  });

  it('keeps the address of an image as text, so that nothing is loaded', () => {
    expect(readMarkdown('![tracker](https://evil.example/p.gif "t")')).toEqual([
      paragraph({ kind: 'image', address: 'https://evil.example/p.gif', alt: 'tracker' }),
    ]);
  });

  it('nested beyond reason is still read', () => {
    expect(() => readMarkdown('> '.repeat(3_000) + 'deep')).not.toThrow();
    expect(() => readMarkdown('*'.repeat(20_000))).not.toThrow();
    expect(JSON.stringify(readMarkdown('- '.repeat(200) + 'x'))).toContain('x');
  });
});

describe('an address found in a text', () => {
  const openable = (address: string): string | null => judgeAddress(address).openable;

  it('can be opened where it is a complete web or mail address', () => {
    expect(
      ['https://example.org/a?b#c', 'http://localhost:1/', 'mailto:a@example.org'].map(openable),
    ).toEqual(['https://example.org/a?b#c', 'http://localhost:1/', 'mailto:a@example.org']);
    expect(judgeAddress('https://example.org/x').advice).toContain('example.org');
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    '//evil.example',
    '/relative',
    '#anchor',
    '',
    'https://example.org/\u202Egpj.exe',
    'https://exa\u200bmple.org',
  ])('is only shown otherwise: %j', (address) => {
    expect(openable(address)).toBeNull();
  });

  it('shows what cannot be seen', () => {
    expect(judgeAddress('https://exa\u200bmple.org/\u202Ex').shown).toBe(
      'https://exa⟨U+200B⟩mple.org/⟨U+202E⟩x',
    );
  });

  it('is judged as the browser would read it, however it was written', () => {
    const link = (source: string): string[] =>
      [...JSON.stringify(readMarkdown(source)).matchAll(/"address":("(?:[^"\\]|\\.)*")/g)].map(
        (match) => JSON.parse(match[1] ?? '""') as string,
      );
    const sources = [
      '[x](javascript:alert(1))',
      '[x](&#106;avascript:alert(1))',
      '[x](javascript&colon;alert(1))',
      '[x](<javascript:alert(1)>)',
      '[x][1]\n\n[1]: data:text/html,hi',
      '<javascript:alert(1)>',
      '![x](javascript:alert(1))',
    ];
    const addresses = sources.flatMap(link);
    expect(addresses.length).toBeGreaterThanOrEqual(6);
    expect(addresses.map(openable)).toEqual(addresses.map(() => null));
  });
});

describe('character references', () => {
  it('of code points that are no characters become the replacement character', () => {
    expect(decodeCharacterReferences('&#0;&#xD800;&#x110000;&#65;&#x1F600;')).toBe('���A😀');
  });

  it('that are inherited names of objects stay as written', () => {
    expect(decodeCharacterReferences('&constructor;&toString;')).toBe('&constructor;&toString;');
  });
});
