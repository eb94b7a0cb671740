// What bytes are, and how they become UTF-8.
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../../src/lib/base/result.ts';
import { cutToLines } from '../../../../workers/engine/import/csv-file.ts';
import { lineNumbers } from '../../../../workers/engine/import/rejected-lines.ts';
import {
  canonicalEncoding,
  censusUtf8,
  detectEncoding,
  rewriteAsUtf8,
} from '../../../../workers/engine/import/source-text.ts';

const encode = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const decode = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? new Uint8Array());

function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : String(error);
  }
}

describe('detecting an encoding', () => {
  it.each<[string, readonly number[], string]>([
    ['ASCII', [...encode('a,b\n1,2\n')], 'utf-8'],
    ['UTF-8', [...encode('ä,ö\n😀,ß\n')], 'utf-8'],
    ['a UTF-8 sequence cut off at the end', [...encode('äö'), 0xf0, 0x9f], 'utf-8'],
    ['mostly UTF-8 with one broken byte', [...encode('äöüß'), 0xff, ...encode('äöüß')], 'utf-8'],
    ['Latin letters of one byte', [...encode('caf'), 0xe9, ...encode(',ol'), 0xe9, 10], 'windows-1252'],
    ['big-endian UTF-16 without a mark', [0, 97, 0, 44, 0, 98, 0, 10], 'utf-16be'],
    ['a big-endian mark', [0xfe, 0xff, 0, 97], 'utf-16be'],
    ['one NUL in a text', [...encode(`${'text,'.repeat(50)}`), 0, ...encode('more\n')], 'utf-8'],
  ])('%s', (_, bytes, encoding) => {
    expect(detectEncoding(Uint8Array.from(bytes))).toBe(encoding);
  });

  it.each([
    ['nothing', [], 'import-empty'],
    ['a Parquet file', [0x50, 0x41, 0x52, 0x31, 1, 2], 'import-not-text'],
    ['gzip', [0x1f, 0x8b, 8, 0], 'import-not-text'],
    ['zeros', Array.from({ length: 100 }, () => 0), 'import-not-text'],
  ])('refuses %s', (_, bytes, code) => {
    expect(codeOf(() => detectEncoding(Uint8Array.from(bytes)))).toBe(code);
  });

  it('counts overlong and surrogate-like leads as broken', () => {
    expect(censusUtf8(Uint8Array.from([0xc0, 0x80, 0xc3, 0xa4, 0xf5, 0x80]))).toEqual({
      invalid: 4,
      multibyte: 1,
    });
  });

  it('knows labels by their canonical name', () => {
    expect([canonicalEncoding('LATIN1'), codeOf(() => canonicalEncoding('klingon'))]).toEqual([
      'windows-1252',
      'import-encoding',
    ]);
  });
});

describe('rewriting', () => {
  it('joins line ends, also across pieces', async () => {
    const filler = 'x'.repeat((4 << 20) - 1);
    const bytes = await rewriteAsUtf8(
      new Blob([encode(`${filler}\r\na\rb\nc\r`)]),
      { encoding: 'utf-8', joinNewlines: true },
      () => false,
    );
    expect(decode(bytes).slice(filler.length)).toBe('\na\nb\nc\n');
  });

  it('stops when cancelled', async () => {
    expect(
      await rewriteAsUtf8(new Blob([encode('a')]), { encoding: 'utf-8', joinNewlines: false }, () => true),
    ).toBeNull();
  });

  it('cuts to whole lines, not within quotes', () => {
    expect(decode(cutToLines(encode('a,b\n1,"x\ny"\n2,"op\nen')))).toBe('a,b\n1,"x\ny"\n');
    expect(decode(cutToLines(encode('no end')))).toBe('no end');
  });
});

describe('line numbers', () => {
  it('counts LF, CR LF and CR, and takes an offset on a line end for the next line', async () => {
    const text = new Blob([encode('a\nb\r\nc\rd\n\n\ne')]);
    expect(await lineNumbers(text, [0, 2, 3, 5, 7, 8, 11])).toEqual([1, 2, 3, 3, 4, 7, 7]);
  });

  it('gives the last line for an offset beyond the end', async () => {
    expect(await lineNumbers(new Blob([encode('a\nb')]), [99])).toEqual([2]);
  });
});
