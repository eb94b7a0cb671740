// Each hostile text in cases/: what it reads as, whole, and that writing it back gives the same bytes.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { normalizeNotebook } from '../../../src/lib/notebook/text-form.ts';
import { parseNotebook } from '../../../src/lib/notebook/text-parse.ts';
import { writeNotebook } from '../../../src/lib/notebook/text-write.ts';

const folder = new URL('./cases/', import.meta.url);

/** `<case>.json` holds the notebook that `<case>.txt` says, or `{ "problem": "…" }`. */
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -'.txt'.length))
  .map((name) => ({
    name,
    text: readFileSync(new URL(`${name}.txt`, folder), 'utf8'),
    expected: JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Record<string, unknown>,
  }));

const broken = cases.filter(({ expected }) => 'problem' in expected);
const readable = cases.filter(({ expected }) => !('problem' in expected));

describe.each(readable)('$name', ({ text, expected }) => {
  it('reads as expected', () => {
    const { written, ...said } = unwrap(parseNotebook(text));
    expect(JSON.parse(JSON.stringify(said))).toEqual(expected);
    expect([undefined, text]).toContain(written);
  });

  it('comes back byte for byte', () => {
    expect(writeNotebook(unwrap(parseNotebook(text)))).toBe(text);
  });

  it('says the same when written in the own form', () => {
    const said = normalizeNotebook(unwrap(parseNotebook(text)));
    expect(parseNotebook(writeNotebook(said))).toEqual({ ok: true, value: said });
  });
});

describe.each(broken)('$name', ({ text, expected }) => {
  it('is refused with the line and what is wrong', () => {
    const parsed = parseNotebook(text);
    expect(parsed.ok ? parsed : { code: parsed.error.code, problem: parsed.error.message }).toEqual({
      code: 'notebook-text',
      ...expected,
    });
  });
});

it('reads the text that Sluice itself writes without keeping it', () => {
  const own = cases.find(({ name }) => name === 'as-written');
  expect(unwrap(parseNotebook(own?.text ?? '')).written).toBeUndefined();
});
