// What the bench asks of every engine it compares, as plain data; must not know any engine.

export interface SideFacts {
  /** DuckDB version, e.g. `v1.5.6`. */
  readonly version: string;
  readonly threads: number;
  /** Build of the engine: `coi` and `eh` are the two of duckdb-wasm. */
  readonly bundle: 'coi' | 'eh' | 'native';
}

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** 64 bytes each, as lower-case hex: they cross into the page as text. */
export interface HexPads {
  readonly inner: string;
  readonly outer: string;
}

export interface OpenSideRequest {
  readonly threads: number;
  readonly macroScripts: readonly string[];
  readonly pads: HexPads;
}

export interface ImportRequest {
  readonly table: string;
  /** Types to read the columns as, in file order. */
  readonly columns: readonly Column[];
  /** The product reads the file as its first import settled it, as a replay does: nothing is guessed. */
  readonly isAgain: boolean;
}

export interface TableCheck {
  readonly rows: number;
  /** Sum over the rows of the lower half of each row's MD5, as decimal text: independent of the order of rows. */
  readonly checksum: string;
}

export interface Answers {
  readonly elapsedMs: number;
  /** For each statement its one row. */
  readonly rows: readonly (readonly (number | null)[])[];
}

/** One engine under measurement. Times are wall-clock milliseconds, taken where the caller of the engine would wait. */
export interface Side {
  open(request: OpenSideRequest): Promise<SideFacts>;
  importCustomers(request: ImportRequest): Promise<number>;
  /** Makes a table of what the statement selects. */
  materialize(sql: string, into: string): Promise<number>;
  check(table: string): Promise<TableCheck>;
  /** Statements that answer one row of numbers each. */
  answer(statements: readonly string[]): Promise<Answers>;
  drop(table: string): Promise<void>;
  close(): Promise<void>;
}

export function checkSql(table: string): string {
  return `SELECT CAST(count(*) AS VARCHAR), CAST(sum(CAST(md5_number_lower(CAST(t AS VARCHAR)) AS HUGEINT)) AS VARCHAR) FROM "${table}" AS t`;
}

/** `read_csv` with every choice made, as the generated file needs them. */
export function readCustomersSql(file: string, columns: readonly Column[]): string {
  const types = columns.map((column) => `'${column.name}': '${column.type}'`).join(', ');
  return `read_csv('${file}', auto_detect = false, delim = ',', quote = '"', escape = '"', header = true, columns = {${types}})`;
}

/** What an engine of DuckDB needs so that the same statements mean the same as in the product. */
export function preparationSql(request: OpenSideRequest): string[] {
  const { inner, outer } = request.pads;
  return [
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'CREATE SCHEMA sluice',
    'CREATE SCHEMA sluice_key',
    `CREATE TABLE sluice_key.pads AS SELECT unhex('${inner}') AS "inner", unhex('${outer}') AS "outer"`,
    "SET search_path = 'main,sluice'",
    ...request.macroScripts,
  ];
}
