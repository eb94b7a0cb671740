// What the interface sees and does of published modules; must not know where they are kept.
import type { Problem } from '../base/result.ts';
import type { ColumnType, Page } from '../engine/contract.ts';
import type { ModuleSummary } from '../module/module-types.ts';
import type { VerificationFinding } from '../module/verification-types.ts';

export interface ModuleFileView {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface ModuleView {
  readonly summary: ModuleSummary;
  /** Where it was read from, e.g. `This browser’s library`. */
  readonly origin: string;
  readonly files: readonly ModuleFileView[];
  /** Parsed JSON documents of the module by file name (`croissant.json`, `steps.json`, `lineage.json`, `gate.json`, `risk.json`, `_COMMIT.json`). */
  readonly documents: Readonly<Record<string, unknown>>;
  /** Made of the sample that ships with the app: it stays in this browser. */
  readonly isDemo: boolean;
  readonly readme: string;
  readonly columns: readonly ColumnType[];
  readonly sample: Page | null;
  readonly verification:
    'not-run' | 'running' | { readonly valid: boolean; readonly findings: readonly VerificationFinding[] };
}

export interface Modules {
  /** Of the browser's own library. */
  readonly all: readonly ModuleSummary[];
  /** The one that stands in the main area. */
  readonly shown: ModuleView | null;

  /** From the library, or from what was seen of an S3 destination. False where that version was not fetched from it. */
  show(namespace: string, module: string, version: string, destinationId?: string | null): Promise<boolean>;
  close(): void;
  verify(): Promise<void>;
  /** All files of the version as one zip; `module-demo` of what is made of the sample. */
  download(): Blob | Problem;
}
