// Loads the Parquet library once for each thread; must not know what is written with it.
import * as parquet from 'parquet-wasm/esm';
import { ProblemError } from '../../../src/lib/base/result.ts';

/** Where the library's WebAssembly is: a URL in the browser, its bytes under Node. */
export type ParquetSource = string | Uint8Array;

export type ParquetModule = typeof parquet;

let source: ParquetSource | null = null;
let loading: Promise<ParquetModule> | null = null;

/** Tells where the library is; it is loaded when first needed. Later calls change nothing once it is loaded. */
export function setParquetSource(from: ParquetSource): void {
  source = from;
}

async function load(from: ParquetSource): Promise<ParquetModule> {
  await parquet.default({
    module_or_path: typeof from === 'string' ? from : (from as Uint8Array<ArrayBuffer>),
  });
  return parquet;
}

/** @throws ProblemError `export-parquet-missing` where the library was not told of or cannot be loaded. */
export async function loadParquet(): Promise<ParquetModule> {
  if (source === null) {
    throw new ProblemError({
      code: 'export-parquet-missing',
      message: 'The Parquet library was not located.',
    });
  }
  loading ??= load(source);
  try {
    return await loading;
  } catch (cause) {
    loading = null;
    throw new ProblemError({
      code: 'export-parquet-missing',
      message: `The Parquet library could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: 'Reload the page; if it stays so, the installation is incomplete.',
    });
  }
}
