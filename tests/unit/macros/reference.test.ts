// The reference page is what the headers say, and the page in docs/ is that page.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readMacroFiles } from '../../../src/headless/macro-files.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import { buildRegistry } from '../../../src/lib/macros/registry.ts';
import { writeReference } from '../../../src/lib/macros/reference.ts';

const registry = unwrap(buildRegistry(readMacroFiles()));
const page = writeReference(registry);

describe('writeReference', () => {
  it('says of every public macro what its header says, and nothing of private ones', () => {
    for (const macro of registry.macros) {
      expect(page.includes(`### \`${macro.signature}\``)).toBe(!macro.isPrivate);
      if (macro.isPrivate) continue;
      for (const text of [
        macro.purpose,
        macro.nullBehaviour,
        macro.example.sql,
        macro.example.result,
        macro.version,
        macro.notes ?? '',
      ])
        expect(page).toContain(text);
    }
  });

  it('is the page in docs/macros.md', () => {
    const folder = dirname(fileURLToPath(import.meta.url));
    expect(readFileSync(join(folder, '../../../docs/macros.md'), 'utf8')).toBe(page);
  });

  it('links every macro from the index to its heading', () => {
    const anchors = [...page.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]);
    const headings = [...page.matchAll(/^### (.+)$/gm)].map((match) =>
      (match[1] ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    );
    expect(anchors).toEqual(headings);
  });
});
