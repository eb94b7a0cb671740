// A delimited file as the engine reads it: UTF-8 text, its beginning, and a local name while work is done; must not know how it is read.
import { ProblemError } from '../../../src/lib/base/result.ts';
import type { SourceHandle } from '../../../src/lib/engine/contract.ts';
import { DuckCancelled, type DuckPort } from '../duck-port.ts';
import { canonicalEncoding, detectEncoding, HEAD_BYTES, rewriteAsUtf8 } from './source-text.ts';

export interface CsvSource {
  readonly handle: SourceHandle;
  /** The file as it was given. */
  readonly blob: Blob;
  /** WHATWG label of the file as it was given. */
  readonly encoding: string;
  /** CR LF and CR become LF: for files that mix line ends. */
  readonly joinNewlines: boolean;
  /** Whole lines from the beginning, as UTF-8; about a megabyte at most. */
  readonly head: Uint8Array;
  /** The head is all there is. */
  readonly isShort: boolean;
}

function tooLarge(bytes: number, limit: number): ProblemError {
  const mib = (count: number): string => `${Math.round(count / (1 << 20))} MiB`;
  return new ProblemError({
    code: 'import-too-large',
    message: `The file has ${mib(bytes)}; at most ${mib(limit)} fit into the engine's memory here.`,
    hint: 'Split the file, or leave out columns before importing.',
  });
}

/** Up to the last line end that is not within quotes; all of it where there is none. */
export function cutToLines(bytes: Uint8Array): Uint8Array {
  let isQuoted = false;
  let end = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === 0x22) isQuoted = !isQuoted;
    else if (!isQuoted && (byte === 10 || (byte === 13 && bytes[index + 1] !== 10))) end = index + 1;
  }
  return end === 0 ? bytes : bytes.subarray(0, end);
}

/** @throws ProblemError `import-empty`, `import-not-text`, `import-encoding` */
export async function openCsvSource(
  port: DuckPort,
  handle: SourceHandle,
  askedEncoding: string | undefined,
  joinNewlines: boolean,
): Promise<CsvSource> {
  const blob = await port.openSource(handle);
  const raw = new Uint8Array(await readBytes(blob.slice(0, HEAD_BYTES)));
  const detected = detectEncoding(raw);
  const encoding = askedEncoding === undefined ? detected : canonicalEncoding(askedEncoding);
  const isShort = raw.length === blob.size;
  const text = await rewriteAsUtf8(new Blob([raw]), { encoding, joinNewlines }, () => false);
  const head = isShort ? (text ?? raw) : cutToLines(text ?? raw);
  return { handle, blob, encoding, joinNewlines, head, isShort };
}

async function readBytes(blob: Blob): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch {
    throw new ProblemError({
      code: 'import-source-missing',
      message: 'The file can no longer be read.',
      hint: 'It may have been moved or changed since it was chosen: choose it again.',
    });
  }
}

let lastNumber = 0;

async function withFile<T>(
  port: DuckPort,
  content: SourceHandle | Uint8Array,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const name = `import-${++lastNumber}.csv`;
  try {
    await port.registerFile(name, content);
    return await work(`local/${name}`);
  } finally {
    await letGo(port, name);
  }
}

/** A statement that failed may hold on to the file until the next one; how `work` ended counts more than this. */
async function letGo(port: DuckPort, name: string): Promise<void> {
  try {
    await port.dropFile(name);
  } catch {
    await port.query('SELECT 1', 'work').catch(() => null);
    await port.dropFile(name).catch(() => null);
  }
}

/** Registers the beginning of the file while `work` is done. */
export function withHead<T>(
  port: DuckPort,
  source: CsvSource,
  work: (path: string) => Promise<T>,
): Promise<T> {
  return withFile(port, source.head.slice(), work);
}

/**
 * Registers the whole file while `work` is done; `text` is what DuckDB sees.
 * @throws ProblemError `import-too-large`
 * @throws DuckCancelled
 */
export async function withWhole<T>(
  port: DuckPort,
  source: CsvSource,
  isCancelled: () => boolean,
  work: (path: string, text: Blob) => Promise<T>,
): Promise<T> {
  const { blob, encoding, joinNewlines } = source;
  if (blob.size > port.maxFileBytes) throw tooLarge(blob.size, port.maxFileBytes);
  if (encoding === 'utf-8' && !joinNewlines) {
    return withFile(port, source.handle, (path) => work(path, blob));
  }
  const bytes = await rewriteAsUtf8(blob, { encoding, joinNewlines }, isCancelled);
  if (bytes === null) throw new DuckCancelled();
  if (bytes.length > port.maxFileBytes) throw tooLarge(bytes.length, port.maxFileBytes);
  const text = new Blob([bytes]);
  return withFile(port, bytes, (path) => work(path, text));
}
