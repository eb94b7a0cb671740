// The comlink door to the engine; started once more under another name, the worker that DuckDB lives in.
import { expose, transfer } from 'comlink';
import type { Result } from '../src/lib/base/result.ts';
import type { Engine } from '../src/lib/engine/contract.ts';
import { hostDuckdb, HOST_NAME } from './engine/duckdb-host.ts';
import { openBrowserPort } from './engine/duckdb.ts';
import { createEngine } from './engine/engine.ts';
import { showLife } from '../src/lib/base/worker-life.ts';

const engine: Engine = createEngine(openBrowserPort);

/** The engine's methods as own properties: a door must not hand out what else an object has. */
const door: Engine = {
  open: (request) => engine.open(request),
  setHmacPads: (pads) => engine.setHmacPads(pads),
  preview: (request) => engine.preview(request),
  importFile: (request, onProgress) => engine.importFile(request, onProgress),
  describe: (request) => engine.describe(request),
  run: (request, onProgress) => engine.run(request, onProgress),
  query: (request) => engine.query(request),
  page: (request) => engine.page(request),
  drop: (request) => engine.drop(request),
  rename: (request) => engine.rename(request),
  cancel: (request) => engine.cancel(request),
  export: (request) => withoutCopy(engine.export(request)),
  save: (request, onProgress) => withoutCopy(engine.save(request, onProgress)),
  readBack: (request) => engine.readBack(request),
  dispose: () => engine.dispose(),
};

async function withoutCopy<T extends { readonly bytes: Uint8Array }>(
  writing: Promise<Result<T>>,
): Promise<Result<T>> {
  const written = await writing;
  return written.ok ? transfer(written, [written.value.bytes.buffer]) : written;
}

showLife(self);
if (self.name === HOST_NAME) hostDuckdb(self);
else expose(door);
