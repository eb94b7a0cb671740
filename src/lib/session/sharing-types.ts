// What the interface sees and does of sharing: what would go along, and what came in; knows no codes and no recognizers.
import type { Problem } from '../base/result.ts';
import type { ExpectedSource, SharedLiteral } from '../share/share-types.ts';

export interface ShareFinding extends SharedLiteral {
  readonly isKept: boolean;
}

/** The open notebook as it would be shared. */
export interface ShareView {
  /** `looking`: what it says is being compared with the data. */
  readonly state: 'looking' | 'ready' | 'failed';
  readonly findings: readonly ShareFinding[];
  readonly cellCount: number;
  readonly sources: readonly ExpectedSource[];
  readonly withDigests: boolean;
  /** Sources whose digest is known. */
  readonly digestCount: number;
  /** The whole address; null where it is too long for one, or not there yet. */
  readonly link: string | null;
  /** Characters of the whole address, and how many there may be. */
  readonly linkLength: number;
  readonly linkLimit: number;
  /** What could not be looked at, in sentences. */
  readonly notes: readonly string[];
  readonly problem: Problem | null;
}

export interface SharedCellView {
  readonly kind: 'sql' | 'markdown' | 'publish' | 'check' | 'chart' | 'foreign';
  /** Name of a cell, or what a publish cell publishes. */
  readonly name: string | null;
  readonly text: string;
}

/** A notebook that someone shared, before anybody said yes. */
export interface IncomingNotebook {
  readonly via: 'link' | 'file';
  readonly title: string;
  readonly sources: readonly ExpectedSource[];
  readonly cells: readonly SharedCellView[];
  /** Values its cells read, e.g. `since: 2016-01-01`. */
  readonly inputs: readonly string[];
  /** Macros of the library that its statements call. */
  readonly macros: readonly string[];
  /** What it would publish once a person publishes, e.g. `hr/users`. */
  readonly publishes: readonly string[];
  /** Why it can be looked at and not opened; null where it can. */
  readonly problem: Problem | null;
}

export interface Sharing {
  /** Null while the dialog is closed. */
  readonly share: ShareView | null;
  readonly incoming: IncomingNotebook | null;
  /** Why a link could not be read; null where there was none. */
  readonly linkProblem: Problem | null;

  open(): Promise<void>;
  close(): void;
  /** Keeps a finding in what is shared, or takes it out again. */
  keep(id: string, isKept: boolean): Promise<void>;
  includeDigests(withDigests: boolean): Promise<void>;
  /** Puts the link into the clipboard; why not, or null. */
  copyLink(): Promise<Problem | null>;
  /** The notebook as a file to be passed on; null where there is none yet. */
  makeFile(): { readonly fileName: string; readonly text: string } | null;

  /** Makes the incoming notebook one of this browser's and opens it; nothing runs. */
  accept(): Promise<void>;
  /** Forgets what came in, or the broken link. */
  discard(): void;
}
