// What the interface sees and does of runs: the live form of cells; must not know how they are run.
import type { Problem } from '../base/result.ts';
import type { Sensitivity } from '../base/sensitivity-level.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { DirectEdge, IndirectEdge } from '../lineage/lineage-types.ts';
import type { CellId } from '../notebook/notebook-types.ts';

export interface OutputColumnView extends ColumnType {
  /** Level after all that happened on the way; null while unknown. */
  readonly sensitivity: Sensitivity | null;
  /** e.g. `masked: shows the last 4 digits`; null where no sanitizer is on the way. */
  readonly badge: string | null;
  readonly direct: readonly DirectEdge[];
  readonly indirect: readonly IndirectEdge[];
}

export type CellState = 'new' | 'queued' | 'running' | 'done' | 'stale' | 'failed' | 'blocked';

/** The live form of a cell. */
export interface CellRun {
  readonly state: CellState;
  readonly elapsedMs: number | null;
  /** `performance.now()` at start, while running. */
  readonly startedAtMs: number | null;
  readonly rowCount: number | null;
  readonly columns: readonly OutputColumnView[];
  readonly problem: Problem | null;
  readonly progress: number | null;
  /** Names of cells and sources it reads. */
  readonly reads: readonly string[];
  /** What the text as it stands is known to be wrong with, before it runs; null or absent where nothing is. */
  readonly draftProblem?: Problem | null;
  /** Output columns as far as the text tells, for cells that have not run; a name only the engine knows is left out. */
  readonly draftColumns?: readonly string[];
  /** Grows with every finished run, so that a grid knows to reload. */
  readonly generation: number;
}

export interface Runs {
  readonly isRunning: boolean;

  of(id: CellId): CellRun;
  /** Runs a cell and, before it, whatever it reads that is not current. */
  runOne(id: CellId): Promise<void>;
  /** The cell and all above it, in the order of the notebook. */
  runUpTo(id: CellId): Promise<void>;
  /** The cell and all below it. */
  runFrom(id: CellId): Promise<void>;
  runAll(): Promise<void>;
  runStale(): Promise<void>;
  cancel(): Promise<void>;
}
