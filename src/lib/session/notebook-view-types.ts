// What the interface sees and does of notebooks as wholes: those of this browser, and how the open one is saved.
import type { Problem } from '../base/result.ts';

export interface RecentNotebook {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: string;
}

export interface Notebooks {
  readonly recent: readonly RecentNotebook[];

  create(): Promise<void>;
  openSample(): Promise<void>;
  open(id: string): Promise<void>;
  /** As a new notebook of this browser; one that was shared waits for consent first. */
  openText(text: string): Promise<void>;
  /** False where it stays open because it could not be saved. */
  close(): Promise<boolean>;
  delete(id: string): Promise<void>;
}

/** The open notebook as a document; what it holds is `session.notebook`. */
export interface OpenNotebook {
  /** Its identity in the store; null on the start page. */
  readonly id: string | null;
  /** The text form, for download. */
  readonly text: string;
  readonly saveState: 'saved' | 'saving' | 'unsaved' | 'failed';
  readonly saveProblem: Problem | null;
}
