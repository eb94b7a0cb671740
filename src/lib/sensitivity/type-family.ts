// Sorts engine types into the few families recognizers distinguish; knows nothing of values.
import type { TypeFamily } from './recognizers/recognizer.ts';

const INTEGER = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|BIGNUM|VARINT)$/;

/** Nested types are looked at as text, so that an address inside a STRUCT or LIST is seen too. */
export function typeFamily(type: string): TypeFamily {
  const name = type.trim().toUpperCase();
  if (name.endsWith(']') || /^(?:STRUCT|MAP|UNION)\b/.test(name)) return 'text';
  if (INTEGER.test(name) || /^DECIMAL\(\d+,\s*0\)$/.test(name)) return 'integer';
  if (name.startsWith('DECIMAL')) return 'decimal';
  if (name === 'FLOAT' || name === 'DOUBLE' || name === 'REAL') return 'float';
  if (name === 'DATE') return 'date';
  if (name.startsWith('TIMESTAMP')) return 'timestamp';
  if (name === 'BOOLEAN') return 'boolean';
  if (name.startsWith('TIME') || name === 'INTERVAL' || name === 'BIT' || name === 'UUID') return 'other';
  return 'text';
}
