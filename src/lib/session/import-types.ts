// What the interface sees and does of files that wait to be imported; must not know how they are read.
import type { Problem } from '../base/result.ts';
import type { ImportPreview } from '../engine/contract.ts';
import type { ImportOptions, SourcePart } from '../notebook/notebook-types.ts';

/** A file that was opened but not yet imported: the import dialog shows the first of them. */
export interface ImportDraft {
  readonly id: string;
  readonly fileName: string;
  /** The files of a draft that was made of several, in their order. */
  readonly files?: readonly SourcePart[];
  readonly sizeBytes: number;
  /** Proposed name of the table; editable. */
  readonly name: string;
  readonly nameProblem: string | null;
  /** What the person set; everything else is guessed. */
  readonly options: ImportOptions;
  readonly preview: ImportPreview | null;
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Set where the draft binds a file to a source that exists already. */
  readonly rebinds: string | null;
}

export interface DraftChange {
  readonly name?: string;
  readonly options?: ImportOptions;
}

export interface Imports {
  readonly drafts: readonly ImportDraft[];

  /** A notebook is opened, anything else becomes a draft; where no notebook is open a new one is made for it. */
  openFiles(files: readonly File[]): Promise<void>;
  change(id: string, change: DraftChange): Promise<void>;
  /** Makes the draft a source of the notebook, and imports the file. */
  confirm(id: string): Promise<void>;
  discard(id: string): void;
  /** Makes one draft of all that wait and bind to no source: files of one schema, by name. */
  joinAll(): Promise<void>;
  /** Text from the clipboard as a file that waits. */
  paste(text: string): Promise<void>;
}
