// A delimited file made readable for DuckDB under a local name, and taken away again; must not know how it is read.
import { ProblemError } from '../../../src/lib/base/result.ts';
import type { SourceHandle } from '../../../src/lib/engine/contract.ts';
import { DuckCancelled, type DuckPort } from '../duck-port.ts';
import { canonicalEncoding, detectEncoding, HEAD_BYTES, rewriteAsUtf8 } from './source-text.ts';

export interface CsvFile {
  /** The path by which SQL reads it. */
  readonly path: string;
  /** The bytes DuckDB sees: UTF-8. */
  readonly text: Blob;
  readonly head: Uint8Array;
  /** WHATWG label of the file as it was given. */
  readonly encoding: string;
}

export interface CsvFileChoice {
  readonly encoding: string | undefined;
  readonly joinNewlines: boolean;
}

let lastNumber = 0;

function tooLarge(bytes: number, limit: number): ProblemError {
  const mib = (count: number): string => `${Math.round(count / (1 << 20))} MiB`;
  return new ProblemError({
    code: 'import-too-large',
    message: `The file has ${mib(bytes)}; at most ${mib(limit)} fit into the engine's memory here.`,
    hint: 'Split the file, or leave out columns before importing.',
  });
}

async function headOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer());
}

/**
 * Registers the file, runs `work`, and drops the file whatever happens.
 * @throws ProblemError `import-empty`, `import-not-text`, `import-encoding`, `import-too-large`
 * @throws DuckCancelled
 */
export async function withCsvFile<T>(
  port: DuckPort,
  handle: SourceHandle,
  choice: CsvFileChoice,
  isCancelled: () => boolean,
  work: (file: CsvFile) => Promise<T>,
): Promise<T> {
  const blob = await port.openSource(handle);
  const head = await headOf(blob);
  const detected = detectEncoding(head);
  const encoding = choice.encoding === undefined ? detected : canonicalEncoding(choice.encoding);
  if (blob.size > port.maxFileBytes) throw tooLarge(blob.size, port.maxFileBytes);
  const name = `import-${++lastNumber}.csv`;
  const path = `local/${name}`;
  try {
    if (encoding === 'utf-8' && !choice.joinNewlines) {
      await port.registerFile(name, handle);
      return await work({ path, text: blob, head, encoding });
    }
    const bytes = await rewriteAsUtf8(blob, { encoding, joinNewlines: choice.joinNewlines }, isCancelled);
    if (bytes === null) throw new DuckCancelled();
    if (bytes.length > port.maxFileBytes) throw tooLarge(bytes.length, port.maxFileBytes);
    const text = new Blob([bytes as Uint8Array<ArrayBuffer>]);
    const rewrittenHead = bytes.slice(0, HEAD_BYTES);
    await port.registerFile(name, bytes);
    return await work({ path, text, head: rewrittenHead, encoding });
  } finally {
    await port.dropFile(name);
  }
}
