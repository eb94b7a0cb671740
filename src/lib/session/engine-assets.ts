// URLs of the engine's and the parsers' files, resolved on the page so that the service worker can precache them.
import coiModule from '@duckdb/duckdb-wasm/dist/duckdb-coi.wasm?url';
import coiPthreadWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-coi.pthread.worker.js?url';
import coiWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-coi.worker.js?url';
import ehModule from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import ehWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import parserModule from '@polyglot-sql/sdk/polyglot_sql.wasm?url';
import parquetModule from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import type { EngineAssets } from '../engine/contract.ts';

const absolute = (url: string) => new URL(url, location.href).href;

export function locateEngineAssets(): EngineAssets {
  return {
    ehModule: absolute(ehModule),
    ehWorker: absolute(ehWorker),
    coiModule: absolute(coiModule),
    coiWorker: absolute(coiWorker),
    coiPthreadWorker: absolute(coiPthreadWorker),
    parquetModule: absolute(parquetModule),
  };
}

export function locateParserModule(): string {
  return absolute(parserModule);
}
