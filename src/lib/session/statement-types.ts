// What a person does with the statement at hand: lay it out, look at a part of it; must not know editors or the engine.
import type { Problem } from '../base/result.ts';
import type { CellId } from '../notebook/notebook-types.ts';
import type { OutputColumnView } from './cell-run-types.ts';

/** The result of a part of a cell; it is in no notebook and nothing can read it. */
export interface PreviewView {
  readonly cellId: CellId;
  readonly sql: string;
  /** Name under which the engine has its rows. */
  readonly relation: string;
  readonly isRunning: boolean;
  readonly columns: readonly OutputColumnView[];
  readonly rowCount: number | null;
  readonly elapsedMs: number | null;
  readonly problem: Problem | null;
  /** Grows with every run. */
  readonly generation: number;
}

export interface Statements {
  /** One at a time. */
  readonly preview: PreviewView | null;
  /** Why not, or null where the SQL of the cell is laid out now. */
  format(id: CellId): Promise<string | null>;
  /** Runs a statement beside the notebook, and before it what it reads that is not current. */
  look(id: CellId, sql: string): Promise<void>;
  closePreview(): void;
}
