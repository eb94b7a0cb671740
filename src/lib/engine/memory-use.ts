// How much memory the engine's database holds, and its limit; must not know who asks or how it is shown.
import { succeed, type Result } from '../base/result.ts';
import type { Engine } from './contract.ts';

export interface RelationSize {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

export interface MemoryUse {
  /** What DuckDB's buffer manager counts (`duckdb_memory()`): tables, and what statements under way hold. */
  readonly usedBytes: number;
  /** What it may hold at most; null where the engine does not say. */
  readonly limitBytes: number | null;
  /** Sources and results, those with most values first, at most 1,000. */
  readonly relations: readonly RelationSize[];
}

const TOTAL_SQL = `SELECT CAST(sum(memory_usage_bytes) AS BIGINT), current_setting('memory_limit') FROM duckdb_memory()`;

const RELATIONS_SQL = `SELECT table_name, estimated_size, column_count
FROM duckdb_tables()
WHERE schema_name = 'main' AND NOT internal AND NOT temporary AND NOT starts_with(table_name, '_sluice_')
ORDER BY estimated_size * column_count DESC, table_name`;

const UNITS: Readonly<Record<string, number>> = {
  bytes: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** DuckDB writes sizes as `3.1 GiB`; null for any other text. */
export function parseMemorySize(text: string): number | null {
  const [, figure, unit] = /^(\d+(?:\.\d+)?) (bytes|[KMGT]iB)$/.exec(text.trim()) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  return figure === undefined || factor === undefined ? null : Number(figure) * factor;
}

/** Two small reads; they wait where a statement is under way. */
export async function readMemoryUse(engine: Pick<Engine, 'query'>): Promise<Result<MemoryUse>> {
  const total = await engine.query({ sql: TOTAL_SQL });
  if (!total.ok) return total;
  const relations = await engine.query({ sql: RELATIONS_SQL });
  if (!relations.ok) return relations;
  const [used, limit] = total.value.rows[0] ?? [];
  return succeed({
    usedBytes: Number(used ?? 0),
    limitBytes: parseMemorySize(String(limit ?? '')),
    relations: relations.value.rows.map(([name, rows, columns]) => ({
      name: String(name),
      rows: Number(rows),
      columns: Number(columns),
    })),
  });
}
