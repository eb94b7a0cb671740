// What a file's bytes are: text in which encoding, or no text at all; must not know CSV or DuckDB.
import { ProblemError } from '../../../src/lib/base/result.ts';

/** How much of a file is looked at to guess its encoding. */
export const HEAD_BYTES = 1 << 20;

const BINARY_SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['a ZIP archive or an Excel workbook', [0x50, 0x4b, 0x03, 0x04]],
  ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a Zstandard archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20]],
  ['an Arrow file', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
];

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function notText(what: string): ProblemError {
  return new ProblemError({
    code: 'import-not-text',
    message: `The file is ${what}, not delimited text.`,
    hint: 'Save or export it as CSV (UTF-8) and import that.',
  });
}

/** NULs at every other byte, as Latin letters have in UTF-16; null when there is no such pattern. */
function utf16ByNuls(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const counts = [0, 0];
  const length = Math.min(head.length, 4096) & ~1;
  for (let index = 0; index < length; index++)
    if (head[index] === 0) counts[index & 1] = (counts[index & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = counts;
  const pairs = length / 2;
  if (pairs < 2) return null;
  if (odd > pairs * 0.7 && even < pairs * 0.1) return 'utf-16le';
  if (even > pairs * 0.7 && odd < pairs * 0.1) return 'utf-16be';
  return null;
}

export interface Utf8Census {
  readonly invalid: number;
  /** Well-formed sequences of two bytes or more. */
  readonly multibyte: number;
}

const CONTINUATION_COUNT = (lead: number): number =>
  lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : -1;

/** Counts well-formed and broken sequences (RFC 3629); one cut off at the end of `bytes` counts as neither. */
export function censusUtf8(bytes: Uint8Array): Utf8Census {
  let invalid = 0;
  let multibyte = 0;
  let index = 0;
  while (index < bytes.length) {
    const lead = bytes[index++] ?? 0;
    if (lead < 0x80) continue;
    const wanted = CONTINUATION_COUNT(lead);
    if (wanted < 0) {
      invalid++;
      continue;
    }
    let seen = 0;
    while (seen < wanted && index < bytes.length && ((bytes[index] ?? 0) & 0xc0) === 0x80) {
      index++;
      seen++;
    }
    if (seen === wanted) multibyte++;
    else if (index < bytes.length) invalid++;
  }
  return { invalid, multibyte };
}

/** Broken bytes in a text that has no (or hardly any) whole UTF-8 sequence mean a one-byte encoding. */
export function isOneByteEncoding(census: Utf8Census): boolean {
  return census.invalid > 0 && census.invalid >= census.multibyte;
}

function looksBinary(head: Uint8Array): boolean {
  const sample = head.subarray(0, 65_536);
  let control = 0;
  for (const byte of sample)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) control++;
  return control > sample.length * 0.05 && control > 8;
}

/**
 * WHATWG label of the encoding: byte order marks, then the NUL pattern of UTF-16, then UTF-8 unless its rules are broken.
 * @throws ProblemError `import-empty`, `import-not-text`
 */
export function detectEncoding(head: Uint8Array): string {
  if (head.length === 0) {
    throw new ProblemError({
      code: 'import-empty',
      message: 'The file is empty: it has no bytes.',
      hint: 'Choose another file, or export it again.',
    });
  }
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(head, [0xfe, 0xff])) return 'utf-16be';
  const binary = BINARY_SIGNATURES.find(([, signature]) => startsWith(head, signature));
  if (binary !== undefined) throw notText(binary[0]);
  const utf16 = utf16ByNuls(head);
  if (utf16 !== null) return utf16;
  if (looksBinary(head)) throw notText('binary data');
  return isOneByteEncoding(censusUtf8(head)) ? 'windows-1252' : 'utf-8';
}

/** The canonical WHATWG label of what a person wrote. @throws ProblemError `import-encoding` */
export function canonicalEncoding(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new ProblemError({
      code: 'import-encoding',
      message: `“${label}” is not an encoding that can be read.`,
      hint: 'Use a label such as utf-8, utf-16le, windows-1252 or iso-8859-2.',
    });
  }
}

export interface Rewriting {
  readonly encoding: string;
  /** CR LF and CR become LF, where a file mixes them. */
  readonly joinNewlines: boolean;
}

/** The text as UTF-8 bytes, made piece by piece; `isCancelled` is asked between pieces. Null when cancelled. */
export async function rewriteAsUtf8(
  source: Blob,
  how: Rewriting,
  isCancelled: () => boolean,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const decoder = new TextDecoder(how.encoding);
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let total = 0;
  let held = '';
  const take = (text: string, isLast: boolean): void => {
    let whole = held + text;
    held = '';
    if (how.joinNewlines) {
      if (!isLast && whole.endsWith('\r')) {
        held = '\r';
        whole = whole.slice(0, -1);
      }
      whole = whole.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
    }
    const piece = encoder.encode(whole);
    pieces.push(piece);
    total += piece.length;
  };
  for await (const chunk of chunksOf(source)) {
    if (isCancelled()) return null;
    take(decoder.decode(chunk, { stream: true }), false);
  }
  take(decoder.decode(), true);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The blob's bytes in order, in pieces of some megabytes. */
export async function* chunksOf(source: Blob, pieceBytes = 4 << 20): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < source.size; start += pieceBytes) {
    yield new Uint8Array(await source.slice(start, start + pieceBytes).arrayBuffer());
  }
}
