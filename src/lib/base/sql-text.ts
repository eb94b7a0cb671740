// Quoting of identifiers and literals for SQL that Sluice writes; knows nothing of any statement.

/** `"name"` with inner quotes doubled (SQL:2016 delimited identifier). */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `'text'` with inner quotes doubled. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
