// Native DuckDB as one of the engines compared; must not know the browser.
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
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
} from './side.ts';

export class NativeSide implements Side {
  readonly #file: string;
  #instance: DuckDBInstance | null = null;
  #connection: DuckDBConnection | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  get #open(): DuckDBConnection {
    if (this.#connection === null) throw new Error('Native DuckDB is not open.');
    return this.#connection;
  }

  async open(request: OpenSideRequest): Promise<SideFacts> {
    this.#instance = await DuckDBInstance.create(':memory:');
    this.#connection = await this.#instance.connect();
    await this.#open.run(`SET threads = ${request.threads}`);
    for (const statement of preparationSql(request)) await this.#open.run(statement);
    const rows = await this.#rows("SELECT version(), current_setting('threads')");
    return { version: String(rows[0]?.[0]), threads: Number(rows[0]?.[1]), bundle: 'native' };
  }

  importCustomers({ table, columns }: ImportRequest): Promise<number> {
    return this.#time(`CREATE TABLE "${table}" AS FROM ${readCustomersSql(this.#file, columns)}`);
  }

  materialize(sql: string, into: string): Promise<number> {
    return this.#time(`CREATE OR REPLACE TABLE "${into}" AS ${sql}`);
  }

  async check(table: string): Promise<TableCheck> {
    const rows = await this.#rows(checkSql(table));
    return { rows: Number(rows[0]?.[0]), checksum: String(rows[0]?.[1]) };
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
    await this.#open.run(`DROP TABLE IF EXISTS "${table}"`);
  }

  async close(): Promise<void> {
    this.#connection?.closeSync();
    this.#instance?.closeSync();
    this.#connection = null;
    this.#instance = null;
  }

  async #rows(sql: string): Promise<unknown[][]> {
    return (await this.#open.runAndReadAll(sql)).getRows();
  }

  async #time(sql: string): Promise<number> {
    const started = performance.now();
    await this.#open.run(sql);
    return performance.now() - started;
  }
}
