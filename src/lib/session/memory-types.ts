// What the interface sees and does of the engine's memory; must not know how it is measured.
import type { RelationSize } from '../engine/memory-use.ts';

export interface MemoryView {
  /** Null until it was measured. */
  readonly usedBytes: number | null;
  readonly limitBytes: number | null;
  /** Of the limit, 0 to 1; null where either is not known. */
  readonly share: number | null;
  /** Near the limit: the next statement may run out of it. */
  readonly isHigh: boolean;
  /** Sources and results, those with most values first. */
  readonly relations: readonly RelationSize[];

  /** Measures now, unless the engine is busy. */
  refresh(): Promise<void>;
}
