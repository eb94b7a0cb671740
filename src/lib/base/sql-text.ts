// Quoting of identifiers and literals for SQL that Sluice writes; knows nothing of any statement.

/** `"name"` with inner quotes doubled (SQL:2016 delimited identifier). */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `'text'` with inner quotes doubled. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A SQL text literal for any text; NUL, which no statement may hold, is put in by its code. */
export function textLiteral(text: string): string {
  const parts = text.split('\0').map(quoteLiteral);
  return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(' || chr(0) || ')})`;
}
