// The product's engine as its page uses it, through client and worker; must not know the other engines.
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine, EngineAssets, HmacPads, ImportReport } from '../../../src/lib/engine/contract.ts';
import { createEngineClient } from '../../../src/lib/engine/client.ts';
import { detectColumns } from '../../../src/lib/sensitivity/detect-columns.ts';
import {
  checkSql,
  type Answers,
  type Column,
  type HexPads,
  type ImportRequest,
  type OpenSideRequest,
  type Side,
  type SideFacts,
  type TableCheck,
} from '../side.ts';
import type { Detection } from './bench-contract.ts';

export function makeEngine(): Engine {
  return createEngineClient(
    () => new Worker(new URL('../../../workers/engine.worker.ts', import.meta.url), { type: 'module' }),
  );
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function readPads({ inner, outer }: HexPads): HmacPads {
  return { inner: bytesOfHex(inner), outer: bytesOfHex(outer) };
}

/** The engine, with what it is asked to query noted down. */
function recordQueries(engine: Engine, statements: string[]): Engine {
  return new Proxy(engine, {
    get(target, name: keyof Engine) {
      if (name !== 'query') return target[name].bind(target);
      return (request: { readonly sql: string }) => {
        statements.push(request.sql);
        return target.query(request);
      };
    },
  });
}

export class SluiceSide implements Side {
  readonly #assets: EngineAssets;
  readonly #takeFile: () => File;
  #engine: Engine | null = null;
  #settled: ImportReport['options'] = { format: 'csv' };

  constructor(assets: EngineAssets, takeFile: () => File) {
    this.#assets = assets;
    this.#takeFile = takeFile;
  }

  get #open(): Engine {
    if (this.#engine === null) throw new Error('The engine is not open.');
    return this.#engine;
  }

  async open(request: OpenSideRequest): Promise<SideFacts> {
    this.#engine = makeEngine();
    const { macroScripts, pads } = request;
    const info = unwrap(await this.#engine.open({ threads: 'all', macroScripts, assets: this.#assets }));
    unwrap(await this.#engine.setHmacPads(readPads(pads)));
    return info;
  }

  async importCustomers({ table, columns, isAgain }: ImportRequest): Promise<number> {
    const handle = this.#takeFile();
    const options = isAgain ? this.#settled : { format: 'csv' as const };
    const started = performance.now();
    const report = unwrap(await this.#open.importFile({ importId: 'bench', table, handle, options }));
    const elapsedMs = performance.now() - started;
    this.#settled = report.options;
    if (JSON.stringify(report.columns) !== JSON.stringify(columns) || report.rejectedCount > 0) {
      throw new Error(`Imported otherwise than expected: ${JSON.stringify(report)}`);
    }
    return elapsedMs;
  }

  async previewColumns(): Promise<readonly Column[]> {
    const request = { handle: this.#takeFile(), options: { format: 'csv' as const }, rows: 1 };
    return unwrap(await this.#open.preview(request)).columns;
  }

  async materialize(sql: string, into: string): Promise<number> {
    const started = performance.now();
    unwrap(await this.#open.run({ runId: 'bench', sql, into }));
    return performance.now() - started;
  }

  async check(table: string): Promise<TableCheck> {
    const { rows } = unwrap(await this.#open.query({ sql: checkSql(table) }));
    return { rows: Number(rows[0]?.[0]), checksum: String(rows[0]?.[1]) };
  }

  async answer(statements: readonly string[]): Promise<Answers> {
    const started = performance.now();
    const rows: (readonly (number | null)[])[] = [];
    for (const sql of statements) {
      const page = unwrap(await this.#open.query({ sql }));
      rows.push((page.rows[0] ?? []).map((value) => (value === null ? null : Number(value))));
    }
    return { elapsedMs: performance.now() - started, rows };
  }

  async detect(table: string): Promise<Detection> {
    const statements: string[] = [];
    const engine = recordQueries(this.#open, statements);
    const { columns } = unwrap(await engine.describe({ relation: table }));
    const started = performance.now();
    const found = unwrap(await detectColumns({ engine, relation: table, columns }));
    const elapsedMs = performance.now() - started;
    const findings = found.map(
      ({ name, entity, sensitivity }) => `${name}: ${entity ?? '—'} (${sensitivity})`,
    );
    return { elapsedMs, statements, findings };
  }

  async drop(table: string): Promise<void> {
    unwrap(await this.#open.drop({ relation: table }));
  }

  async close(): Promise<void> {
    await this.#engine?.dispose();
    this.#engine = null;
  }
}
