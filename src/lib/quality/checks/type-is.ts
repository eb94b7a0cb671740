// type_is, castable_to: the type of a column and of its values; must not know how rows are counted.
import type { CompileCheck } from '../compiled-check.ts';
import { refuseCheck } from '../compiled-check.ts';

/** Other spellings that the engine takes (DuckDB documentation, "Data Types"). */
const ALIASES: Readonly<Record<string, string>> = {
  INT: 'INTEGER',
  INT4: 'INTEGER',
  INT8: 'BIGINT',
  LONG: 'BIGINT',
  SHORT: 'SMALLINT',
  INT2: 'SMALLINT',
  INT1: 'TINYINT',
  TEXT: 'VARCHAR',
  STRING: 'VARCHAR',
  CHAR: 'VARCHAR',
  BOOL: 'BOOLEAN',
  REAL: 'FLOAT',
  FLOAT4: 'FLOAT',
  FLOAT8: 'DOUBLE',
  DATETIME: 'TIMESTAMP',
  TIMESTAMPTZ: 'TIMESTAMP WITH TIME ZONE',
  NUMERIC: 'DECIMAL',
};
const SIMPLE =
  /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL(?:\(\d{1,2},\d{1,2}\))?|VARCHAR|BOOLEAN|DATE|TIME|TIMESTAMP(?:_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|INTERVAL|UUID|BLOB)$/;

function normalize(type: string): string {
  const upper = type
    .trim()
    .toUpperCase()
    .replace(/\s+/g, ' ')
    .replace(/\s*([(),])\s*/g, '$1');
  return ALIASES[upper] ?? upper.replace(/^NUMERIC\(/, 'DECIMAL(');
}

/** The engine's type of the column, aliases and case aside; `DECIMAL` alone means any. */
export const typeIs: CompileCheck = (target) => {
  const column = target.column();
  const wanted = normalize(target.text('type'));
  const found = normalize(column.type);
  const isPassed = found === wanted || (wanted === 'DECIMAL' && found.startsWith('DECIMAL('));
  return {
    form: 'schema',
    isPassed,
    observed: column.type,
    threshold: wanted,
    message: isPassed
      ? `${column.name} is ${column.type}.`
      : `${column.name} is ${column.type}, not ${wanted}.`,
  };
};

/** Each value can be read as that type. NULL is left out. */
export const castableTo: CompileCheck = (target) => {
  const name = target.quoted();
  const type = normalize(target.text('type'));
  if (!SIMPLE.test(type))
    return refuseCheck(
      'type',
      `${type} is no type this check knows.`,
      'Name a plain type such as DATE or INTEGER.',
    );
  return { form: 'rows', examined: `${name} IS NOT NULL`, failing: `TRY_CAST(${name} AS ${type}) IS NULL` };
};
