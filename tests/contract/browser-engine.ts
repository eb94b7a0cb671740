// The engine as a page has it, with its files served by the test server.
import coiModule from '@duckdb/duckdb-wasm/dist/duckdb-coi.wasm?url';
import coiPthreadWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-coi.pthread.worker.js?url';
import coiWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-coi.worker.js?url';
import ehModule from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import ehWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import parquetModule from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import mpg from '../data/mpg.csv?url';
import users from '../data/users.csv?url';
import { createEngineClient } from '../../src/lib/engine/client.ts';
import type { Engine, EngineAssets, SourceHandle } from '../../src/lib/engine/contract.ts';

const absolute = (url: string): string => new URL(url, location.href).href;

export const assets: EngineAssets = {
  ehModule: absolute(ehModule),
  ehWorker: absolute(ehWorker),
  coiModule: absolute(coiModule),
  coiWorker: absolute(coiWorker),
  coiPthreadWorker: absolute(coiPthreadWorker),
  parquetModule: absolute(parquetModule),
};

export function makeEngineWorker(): Worker {
  return new Worker(new URL('../../workers/engine.worker.ts', import.meta.url), { type: 'module' });
}

export function makeBrowserEngine(): Engine {
  return createEngineClient(makeEngineWorker);
}

export async function fetchSource(name: 'users.csv' | 'mpg.csv'): Promise<SourceHandle> {
  const response = await fetch(name === 'users.csv' ? users : mpg);
  return new File([await response.arrayBuffer()], name);
}
