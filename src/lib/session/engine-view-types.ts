// What the interface sees and does of the engine: how it is, rows, a new one; must not know how it is kept alive.
import type { Problem } from '../base/result.ts';
import type { EngineInfo, Page } from '../engine/contract.ts';

export interface EngineView {
  readonly state: 'starting' | 'ready' | 'restarting' | 'failed';
  readonly info: EngineInfo | null;
  readonly problem: Problem | null;

  /** A new engine after `failed`: sources are bound again, cells become stale. */
  restart(): Promise<void>;
  /** Rows of a source or cell, at most 1,000 at once. */
  page(relation: string, offset: number, limit: number): Promise<Page | Problem>;
}
