// Where the active cell of a grid goes on a key (WAI-ARIA grid pattern); knows nothing of scrolling or values.

/** Zero-based; row -1 is the header row. */
export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

export interface GridExtent {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Rows that fit into the viewport. */
  readonly pageRows: number;
}

export interface GridKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

function clampPosition(row: number, column: number, extent: GridExtent): GridPosition {
  return {
    row: Math.min(Math.max(row, -1), extent.rowCount - 1),
    column: Math.min(Math.max(column, 0), Math.max(0, extent.columnCount - 1)),
  };
}

/** The next position, or null where the key does not move. */
export function moveInGrid(from: GridPosition, pressed: GridKey, extent: GridExtent): GridPosition | null {
  if (pressed.altKey) return null;
  const isFar = pressed.ctrlKey || pressed.metaKey;
  const { row, column } = from;
  const lastRow = extent.rowCount - 1;
  const lastColumn = extent.columnCount - 1;
  const to = (nextRow: number, nextColumn: number): GridPosition =>
    clampPosition(nextRow, nextColumn, extent);
  switch (pressed.key) {
    case 'ArrowUp':
      return to(isFar ? 0 : row - 1, column);
    case 'ArrowDown':
      return to(isFar ? lastRow : row + 1, column);
    case 'ArrowLeft':
      return to(row, isFar ? 0 : column - 1);
    case 'ArrowRight':
      return to(row, isFar ? lastColumn : column + 1);
    case 'PageUp':
      return to(Math.max(0, row - extent.pageRows), column);
    case 'PageDown':
      return to(row + extent.pageRows, column);
    case 'Home':
      return to(isFar ? 0 : row, 0);
    case 'End':
      return to(isFar ? lastRow : row, lastColumn);
    default:
      return null;
  }
}

/** The rectangle between two positions, header row left out; both ends inclusive. */
export function selectionBetween(
  a: GridPosition,
  b: GridPosition,
): { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number } {
  return {
    top: Math.max(0, Math.min(a.row, b.row)),
    bottom: Math.max(0, Math.max(a.row, b.row)),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  };
}

/** A one-based row number as typed (`900,000`, `900 000`) to a zero-based row within range; null where it is no number. */
export function parseRowNumber(text: string, rowCount: number): number | null {
  const digits = text.replace(/[\s,.'’_\u00a0\u202f]/g, '');
  if (!/^\d+$/.test(digits) || rowCount === 0) return null;
  return Math.min(Math.max(Number(digits), 1), rowCount) - 1;
}
