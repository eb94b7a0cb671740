// What each engine type becomes in a module's files, as data; must not know any file format's bytes.
import { ProblemError } from '../../../src/lib/base/result.ts';
import { parseEngineType, printEngineType } from './engine-type.ts';
import type { EngineType } from './engine-type.ts';

/**
 * Target of each plain type; `null` keeps it. The rule depends on the type alone, never on the data, so that two
 * publications of one query have one schema. HUGEINT (what `sum` of integers yields) becomes DECIMAL(38,0); a value of
 * more than 38 digits makes the export fail instead of changing the column's type. Types that Parquet readers do not
 * share (nanoseconds, intervals, times with an offset) become the engine's own text, which loses nothing. A timestamp
 * with time zone is an instant: it becomes a TIMESTAMP in UTC.
 */
export const EXPORT_CASTS: Readonly<Record<string, string | null>> = {
  BOOLEAN: null,
  TINYINT: null,
  SMALLINT: null,
  INTEGER: null,
  BIGINT: null,
  UTINYINT: null,
  USMALLINT: null,
  UINTEGER: null,
  UBIGINT: null,
  HUGEINT: 'DECIMAL(38,0)',
  UHUGEINT: 'DECIMAL(38,0)',
  BIGNUM: 'VARCHAR',
  DECIMAL: null,
  FLOAT: null,
  DOUBLE: null,
  VARCHAR: null,
  BLOB: null,
  BIT: 'VARCHAR',
  UUID: 'VARCHAR',
  ENUM: 'VARCHAR',
  DATE: null,
  TIME: null,
  TIME_NS: 'VARCHAR',
  'TIME WITH TIME ZONE': 'VARCHAR',
  TIMESTAMP: null,
  TIMESTAMP_S: 'TIMESTAMP',
  TIMESTAMP_MS: 'TIMESTAMP',
  TIMESTAMP_NS: 'VARCHAR',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMP',
  INTERVAL: 'VARCHAR',
  UNION: 'VARCHAR',
  GEOMETRY: 'VARCHAR',
  VARIANT: 'VARCHAR',
  TYPE: 'VARCHAR',
  JSON: 'VARCHAR',
  NULL: 'VARCHAR',
};

const TEXT: EngineType = { kind: 'plain', name: 'VARCHAR', parameters: '' };

/** A struct whose fields have no names of their own cannot be a Parquet group. */
function hasUsableNames(names: readonly string[]): boolean {
  return !names.includes('') && new Set(names).size === names.length;
}

/**
 * The type as exported, for nested types element by element: ARRAY becomes LIST, LIST, MAP and STRUCT stay.
 * @throws ProblemError `export-type` for a type that is not in the table.
 */
export function exportType(type: EngineType, column: string): EngineType {
  switch (type.kind) {
    case 'list':
    case 'array':
      return { kind: 'list', element: exportType(type.element, column) };
    case 'map':
      return { kind: 'map', key: exportType(type.key, column), value: exportType(type.value, column) };
    case 'struct':
      if (!hasUsableNames(type.fields.map((field) => field.name))) return TEXT;
      return {
        kind: 'struct',
        fields: type.fields.map((field) => ({ ...field, type: exportType(field.type, column) })),
      };
    case 'plain': {
      const target = Object.hasOwn(EXPORT_CASTS, type.name) ? EXPORT_CASTS[type.name] : undefined;
      if (target === undefined) throw new ProblemError(unknownTypeProblem(printEngineType(type), column));
      return target === null ? type : parseEngineType(target);
    }
  }
}

function unknownTypeProblem(type: string, column: string) {
  return {
    code: 'export-type',
    message: `Column “${column}” has the type ${type}, and there is no agreed form for it in a module.`,
    hint: `Cast it in the last cell, e.g. CAST("${column}" AS VARCHAR).`,
  };
}
