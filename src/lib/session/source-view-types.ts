// What the interface sees and does of the sources of the open notebook; must not know how files are bound.
import type { Problem } from '../base/result.ts';
import type { Sensitivity } from '../base/sensitivity-level.ts';
import type { RejectedLine } from '../engine/contract.ts';
import type { ColumnDeclaration, SourceSpec } from '../notebook/notebook-types.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';

/** A column of a source: what was found, what was declared, and what counts. */
export interface SourceColumnView {
  readonly name: string;
  readonly type: string;
  readonly finding: ColumnFinding | null;
  readonly declared: ColumnDeclaration | null;
  /** Effective level: the declared one, else the detected one. */
  readonly sensitivity: Sensitivity;
  readonly entity: string | null;
}

export interface SourceView {
  readonly name: string;
  readonly spec: SourceSpec;
  readonly state: 'importing' | 'bound' | 'missing' | 'failed';
  readonly rowCount: number | null;
  readonly sizeBytes: number | null;
  /** Null until the file was digested. */
  readonly sha256: string | null;
  /** The file is of the sample that ships with the app. */
  readonly isDemo: boolean;
  readonly columns: readonly SourceColumnView[];
  readonly rejected: readonly RejectedLine[];
  readonly rejectedCount: number;
  /** 0 to 1, null where unknown; only while importing. */
  readonly progress: number | null;
  readonly problem: Problem | null;
}

export interface Sources {
  /** In the order of the notebook. */
  readonly all: readonly SourceView[];

  /** Opens a draft that binds the file to a source the notebook has. */
  bind(name: string, file: File): Promise<void>;
  /** Stops an import under way. */
  cancel(name: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Null takes a declaration back. */
  declare(source: string, column: string, declaration: ColumnDeclaration | null): void;
}
