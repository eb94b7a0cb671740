// What a module is built from; must not know how.
import type { ColumnType } from '../engine/contract.ts';
import type { Passed } from '../gate/gate-types.ts';
import type { RelationLineage } from '../lineage/lineage-types.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { ScanText } from '../metadata/sql-literals.ts';
import type { DataFormat, PublishSettings } from '../notebook/notebook-types.ts';
import type { Replay } from '../run/replay.ts';
import type { VersionDecision } from './version.ts';

/** A data file as exported and judged. */
export interface CandidateFile {
  /** `dataPath` of its format and digest. */
  readonly path: string;
  readonly format: DataFormat;
  readonly bytes: Uint8Array;
  readonly rowCount: number;
}

export interface ModuleRequest {
  /** Only the gate makes one; it must vouch for exactly the files in `data`. */
  readonly verdict: Passed;
  readonly data: readonly CandidateFile[];
  /** As the export wrote them. */
  readonly columns: readonly ColumnType[];
  readonly settings: PublishSettings;
  readonly notebookTitle: string;
  /** The notebook's text form. */
  readonly notebookText: string;
  readonly replay: Pick<Replay, 'sources' | 'cells' | 'levels'> & {
    readonly analysis: Pick<Replay['analysis'], 'cells'>;
  };
  /** Of the published relation, down to source columns. */
  readonly lineage: RelationLineage;
  readonly registry: MacroRegistry;
  readonly version: VersionDecision;
  /** e.g. `v1.5.6`. */
  readonly engineVersion: string;
  readonly appVersion: string;
  /** A label for whoever publishes; never a user name of the machine. */
  readonly actor: string;
  readonly keyFingerprint: string | null;
  /** Recognizers over text; what they flag is taken out of every document. */
  readonly scan: ScanText;
}
