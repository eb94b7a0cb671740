// Plain duckdb-wasm as its own documentation uses it, in the same page: the yardstick; must not know the product.
import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger, type AsyncDuckDBConnection } from '@duckdb/duckdb-wasm';
import type { EngineAssets } from '../../../src/lib/engine/contract.ts';
import {
  checkSql,
  preparationSql,
  readCustomersSql,
  type Answers,
  type ImportRequest,
  type OpenSideRequest,
  type Side,
  type SideFacts,
  type TableCheck,
} from '../side.ts';

/**
 * How the file reaches the engine: copied into its memory, or read through a handle. Helper threads of the coi bundle cannot
 * read a registered `File`, and changing their number later may hang: such an engine is opened with one thread.
 */
export type FilePassing = 'handle' | 'buffer';

interface Opened {
  readonly db: AsyncDuckDB;
  readonly connection: AsyncDuckDBConnection;
  readonly worker: Worker;
}

export class RawSide implements Side {
  readonly #assets: EngineAssets;
  readonly #takeFile: () => File;
  readonly #passing: FilePassing;
  #opened: Opened | null = null;

  constructor(assets: EngineAssets, takeFile: () => File, passing: FilePassing) {
    this.#assets = assets;
    this.#takeFile = takeFile;
    this.#passing = passing;
  }

  get #open(): Opened {
    if (this.#opened === null) throw new Error('The raw engine is not open.');
    return this.#opened;
  }

  async open(request: OpenSideRequest): Promise<SideFacts> {
    const bundle = globalThis.crossOriginIsolated ? 'coi' : 'eh';
    const { coiModule, coiWorker, coiPthreadWorker, ehModule, ehWorker } = this.#assets;
    const worker = new Worker(bundle === 'coi' ? coiWorker : ehWorker);
    const db = new AsyncDuckDB(new VoidLogger(), worker);
    if (bundle === 'coi') await db.instantiate(coiModule, coiPthreadWorker);
    else await db.instantiate(ehModule);
    await db.open({ path: ':memory:', maximumThreads: this.#passing === 'handle' ? 1 : request.threads });
    const connection = await db.connect();
    this.#opened = { db, connection, worker };
    for (const statement of preparationSql(request)) await connection.query(statement);
    const facts = (await this.#rows("SELECT version(), CAST(current_setting('threads') AS VARCHAR)"))[0];
    return { version: String(facts?.[0]), threads: Number(facts?.[1]), bundle };
  }

  async importCustomers({ table, columns }: ImportRequest): Promise<number> {
    const file = this.#takeFile();
    const started = performance.now();
    const sql = `CREATE TABLE "${table}" AS FROM ${readCustomersSql('customers.csv', columns)}`;
    if (this.#passing === 'handle') await this.#importByHandle(file, sql);
    else await this.#importByBuffer(file, sql);
    return performance.now() - started;
  }

  async #importByHandle(file: File, sql: string): Promise<void> {
    const { db, connection } = this.#open;
    await db.registerFileHandle('customers.csv', file, DuckDBDataProtocol.BROWSER_FILEREADER, true);
    await connection.query(sql);
    await db.dropFile('customers.csv');
  }

  async #importByBuffer(file: File, sql: string): Promise<void> {
    const { db, connection } = this.#open;
    await db.registerFileBuffer('customers.csv', new Uint8Array(await file.arrayBuffer()));
    await connection.query(sql);
    await db.dropFile('customers.csv');
  }

  async materialize(sql: string, into: string): Promise<number> {
    const started = performance.now();
    await this.#open.connection.query(`CREATE OR REPLACE TABLE "${into}" AS ${sql}`);
    return performance.now() - started;
  }

  async check(table: string): Promise<TableCheck> {
    const row = (await this.#rows(checkSql(table)))[0];
    return { rows: Number(row?.[0]), checksum: String(row?.[1]) };
  }

  async answer(statements: readonly string[]): Promise<Answers> {
    const started = performance.now();
    const answers: unknown[][] = [];
    for (const statement of statements) answers.push((await this.#rows(statement))[0] ?? []);
    const elapsedMs = performance.now() - started;
    return {
      elapsedMs,
      rows: answers.map((row) => row.map((value) => (value === null ? null : Number(value)))),
    };
  }

  async drop(table: string): Promise<void> {
    await this.#open.connection.query(`DROP TABLE IF EXISTS "${table}"`);
  }

  async close(): Promise<void> {
    this.#opened?.worker.terminate();
    this.#opened = null;
  }

  async #rows(sql: string): Promise<unknown[][]> {
    const table = await this.#open.connection.query(sql);
    const rows: unknown[][] = [];
    for (let index = 0; index < table.numRows; index++) {
      rows.push(Array.from({ length: table.numCols }, (_, column) => table.getChildAt(column)?.get(index)));
    }
    return rows;
  }
}
