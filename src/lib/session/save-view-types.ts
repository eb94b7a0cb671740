// What the interface sees and does of results that become files on this machine; must not know how they are written.
import type { Problem } from '../base/result.ts';
import type { SaveSettings } from '../engine/save-types.ts';
import type { OutputColumnView } from './cell-run-types.ts';
import type { ShownRows } from './look-view-types.ts';

/** The result at hand. */
export interface SaveTarget {
  /** Table in the engine. */
  readonly relation: string;
  /** Name of the cell or source. */
  readonly name: string;
  readonly columns: readonly OutputColumnView[];
  readonly rowCount: number;
  /** What its grid shows, where that is not the whole. */
  readonly shown?: ShownRows | null;
}

/** What the grid shows, or the whole result whatever it shows. */
export type SaveScope = 'shown' | 'whole';

export interface SaveWish {
  readonly settings: SaveSettings;
  readonly scope: SaveScope;
  /** Names, in the order of the file. */
  readonly columns: readonly string[];
  /** What the log says of it. */
  readonly to: 'file' | 'clipboard';
}

/** Settings under a name, the product's own or a person's. */
export interface SavePreset {
  readonly name: string;
  readonly settings: SaveSettings;
  readonly isOwn: boolean;
}

export interface WrittenResult {
  readonly fileName: string;
  readonly content: Blob;
  readonly rowCount: number;
  readonly notes: readonly string[];
}

export interface Saving {
  /** Whose dialog is open; null where none is. */
  readonly target: SaveTarget | null;
  /** 0 to 1 while a file is being written, else null. */
  readonly fraction: number | null;
  readonly isWriting: boolean;
  readonly problem: Problem | null;
  /** What was written last. */
  readonly written: WrittenResult | null;
  readonly presets: readonly SavePreset[];

  open(target: SaveTarget): void;
  close(): void;
  /** Null where it failed or was cancelled; `problem` says why. */
  write(wish: SaveWish): Promise<WrittenResult | null>;
  cancel(): Promise<void>;
  /** Keeps the settings under a name in this browser, in place of any of that name. */
  keep(name: string, settings: SaveSettings): Promise<void>;
  forget(name: string): Promise<void>;
}
