// Rows as an aligned text table for terminals; must not know what the rows mean.

type Cell = string | number | boolean | null;

/** Columns padded to their widest cell; numbers right-aligned; NULL shown as such. */
export function formatTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const shown = rows.map((row) => row.map((cell) => (cell === null ? 'NULL' : String(cell))));
  const widths = header.map((name, index) =>
    Math.max(name.length, ...shown.map((row) => row[index]?.length ?? 0), 0),
  );
  const isNumeric = header.map(
    (_, index) =>
      rows.length > 0 && rows.every((row) => row[index] === null || typeof row[index] === 'number'),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) =>
        isNumeric[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...shown.map(line)].join('\n');
}
