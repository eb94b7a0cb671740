import { describe, expect, it } from 'vitest';
import { parseNotebook } from '../../../src/lib/notebook/text-parse.ts';
import { normalizeNotebook } from '../../../src/lib/notebook/text-form.ts';
import { writeNotebook } from '../../../src/lib/notebook/text-write.ts';
import { completeNotebook, specOf } from '../../../src/lib/notebook/complete.ts';
import type { NotebookSpec } from '../../../src/lib/notebook/notebook-types.ts';
import { hardNotebook, hardText, pick, seeded } from './random-notebooks.ts';

function reread(text: string): NotebookSpec {
  const parsed = parseNotebook(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message}\n${JSON.stringify(text)}`);
  return parsed.value;
}

function counter(): () => string {
  let number = 0;
  return () => `id${number++}`;
}

describe('a notebook written and read', () => {
  it('comes back whole, however hard its strings', () => {
    for (let seed = 1; seed <= 800; seed++) {
      const spec = normalizeNotebook(hardNotebook(seeded(seed)));
      const text = writeNotebook(spec);
      expect(reread(text), `seed ${seed}: ${JSON.stringify(text)}`).toEqual(spec);
      expect(Object.keys(reread(text).extra), `seed ${seed}`).toEqual(Object.keys(spec.extra));
    }
  });

  it('comes back in normal form where it was not in it', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const spec = hardNotebook(seeded(seed));
      expect(reread(writeNotebook(spec)), `seed ${seed}`).toEqual(normalizeNotebook(spec));
    }
  });
});

describe('any Markdown', () => {
  const wilds = Array.from({ length: 800 }, (_, seed) => {
    const random = seeded(seed);
    const text = [hardText(random), hardText(random), hardText(random)].join('\n');
    const ends = pick(random, ['\n', '\n', '\r\n']);
    return pick(random, ['', '', '\uFEFF']) + text.replace(/\n/g, ends) + pick(random, ['', ends]);
  });

  it('keeps its bytes through reading, completing, saving and writing', () => {
    let readable = 0;
    for (const text of wilds) {
      const parsed = parseNotebook(text);
      if (!parsed.ok) continue;
      readable++;
      expect(writeNotebook(parsed.value), JSON.stringify(text)).toBe(text);
      const open = completeNotebook(parsed.value, counter());
      expect(writeNotebook(specOf(open)), JSON.stringify(text)).toBe(text);
    }
    expect(readable).toBeGreaterThan(500);
  });

  it('says after an edit what was edited, and reads the same again', () => {
    for (const [seed, text] of wilds.entries()) {
      const parsed = parseNotebook(text);
      if (!parsed.ok) continue;
      const random = seeded(seed);
      const open = specOf(completeNotebook(parsed.value, counter()));
      const cells = open.cells.filter(() => random() < 0.7).reverse();
      const edited = { ...open, title: `Edited ${seed}`, cells };
      const { written: _, ...back } = specOf(completeNotebook(reread(writeNotebook(edited)), counter()));
      expect(back, JSON.stringify(text)).toEqual(normalizeNotebook(edited));
    }
  });
});

describe('a text of another layout', () => {
  const text =
    '---\ntitle: Old # by hand\nlayout: post\nsources:\n  users: { file: users.csv } # from HR\n---\n\n' +
    '# Words\n```sql\nSELECT 1\n```\n~~~sql name=b\nSELECT 2\n~~~\nThe end';

  it('keeps all but the edited cell', () => {
    const spec = reread(text);
    const cells = spec.cells.map((cell) =>
      cell.kind === 'sql' && cell.name === 'b' ? { ...cell, sql: 'SELECT 3' } : cell,
    );
    expect(writeNotebook({ ...spec, cells })).toBe(
      text.replace('~~~sql name=b\nSELECT 2\n~~~', '\n```sql name=b\nSELECT 3\n```'),
    );
  });

  it('keeps comments and unknown members of the front matter when a setting changes', () => {
    const spec = reread(text);
    const source = spec.sources['users'];
    if (!source) throw new Error('no source');
    const sources = { users: { ...source, columns: { email: { sensitivity: 'direct' as const } } } };
    const written = writeNotebook({ ...spec, title: 'New', sources });
    expect(written.split('---\n')[1]).toBe(
      'title: New # by hand\nlayout: post\nsources:\n' +
        '  users: { file: users.csv, columns: { email: { sensitivity: direct } } } # from HR\n',
    );
    expect(written.split('---\n')[2]).toBe(text.split('---\n')[2]);
  });

  it('writes new cells with the line ends of the text', () => {
    const spec = reread('Words\r\n');
    expect(
      writeNotebook({ ...spec, cells: [...spec.cells, { kind: 'sql', name: 'a', sql: 'SELECT\n1' }] }),
    ).toBe('Words\r\n\r\n```sql name=a\r\nSELECT\r\n1\r\n```\r\n');
  });
});

describe('a huge text', () => {
  it('is read and written in linear time', () => {
    const cell = '```sql\nSELECT 1 -- `````\n```\n\nwords <b>and</b> - more\n- - -\n\n';
    const text = cell.repeat(20_000);
    const started = performance.now();
    expect(writeNotebook(reread(text))).toBe(text);
    const line = `<${'a '.repeat(200_000)}\n${'- '.repeat(200_000)}\n${'`'.repeat(400_000)}\n\`\`\`sql ${'"a '.repeat(100_000)}\n`;
    expect(writeNotebook(reread(line))).toBe(line);
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('is refused as data where its front matter nests without end', () => {
    const parsed = parseNotebook(`---\na: ${'['.repeat(100_000)}\n---\n`);
    expect(parsed.ok ? 'read' : parsed.error.code).toBe('notebook-text');
  });
});
