// What a cell is called and how its state is said; must not know how cells are drawn or run.
import type { Cell } from '../../notebook/notebook-types.ts';
import type { CellRun } from '../../session/cell-run-types.ts';
import { formatCount, formatElapsed, formatQuantity } from '../primitives/figures.ts';

/** The accessible name of each cell's region, in the order of the cells. */
export function nameCells(cells: readonly Cell[]): readonly string[] {
  let texts = 0;
  let charts = 0;
  return cells.map((cell) => {
    switch (cell.kind) {
      case 'sql':
        return `Cell ${cell.name}`;
      case 'markdown':
        texts += 1;
        return `Text cell ${texts}`;
      case 'publish':
        return `Publish cell ${cell.namespace}/${cell.module}`;
      case 'check':
        return `Check cell ${cell.of}`.trim();
      case 'chart':
        charts += 1;
        return `Chart ${charts} of ${cell.of}`.trim();
      case 'foreign':
        return `Kept cell ${cell.info.split(/\s/, 1)[0] ?? ''}`.trim();
    }
  });
}

/** A short name for the place of a cell: `after safe`, `after text 2`. */
export function shortCellName(cell: Cell, label: string): string {
  if (cell.kind === 'sql') return cell.name;
  return label.charAt(0).toLowerCase() + label.slice(1);
}

export interface RunWords {
  readonly word: string;
  readonly detail: string | null;
}

/** `1,000 rows · 13 columns · 24 ms`, leaving out what is not known. */
export function resultSize(
  run: Pick<CellRun, 'rowCount' | 'columns' | 'elapsedMs'>,
  /** Rows that filters leave, where there are any. */
  left: number | null = null,
): string {
  const parts = [
    ...(run.rowCount === null
      ? []
      : [`${left === null ? '' : `${formatCount(left)} of `}${formatQuantity(run.rowCount, 'row')}`]),
    formatQuantity(run.columns.length, 'column'),
    ...(run.elapsedMs === null ? [] : [formatElapsed(run.elapsedMs)]),
  ];
  return parts.join(' · ');
}

/** State in a word and, where there is more to say, in a few more. `nowMs` is `performance.now()`. */
export function describeRun(run: CellRun, nowMs: number): RunWords {
  switch (run.state) {
    case 'new':
      return { word: 'not run', detail: null };
    case 'queued':
      return { word: 'queued', detail: null };
    case 'running': {
      const elapsedMs = run.startedAtMs === null ? null : Math.max(0, nowMs - run.startedAtMs);
      return { word: 'running', detail: elapsedMs === null ? null : formatElapsed(elapsedMs) };
    }
    case 'done':
      return { word: 'done', detail: resultSize(run) };
    case 'stale':
      return { word: 'stale', detail: 'changed since it was run' };
    case 'failed':
      return { word: 'failed', detail: null };
    case 'blocked':
      return { word: 'blocked', detail: 'a cell it reads has failed' };
  }
}
