// What the gate is given to judge; must not know how any of it was made.
import type { Sensitivity } from '../base/sensitivity-level.ts';
import type { ColumnType, Engine } from '../engine/contract.ts';
import type { RelationLineage } from '../lineage/lineage-types.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { DataFormat, Policy } from '../notebook/notebook-types.ts';
import type { CheckResult } from '../quality/check-types.ts';
import type { Finding, RuleOutcome } from './gate-types.ts';

/** What counts for a column of a source: the declared level and entity, else the detected ones. */
export interface SourceLevel {
  readonly relation: string;
  readonly column: string;
  readonly sensitivity: Sensitivity;
  readonly entity: string | null;
}

export interface GateFile {
  /** Path inside the module. */
  readonly path: string;
  readonly format: DataFormat;
  /** Lower-case hex SHA-256; judged to be that of `bytes`. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** A kind of value and where it stands in what a module says of itself, never the value. */
export interface PlacedFinding {
  /** In words, e.g. `notebook: cell 2 (sql)`. */
  readonly where: string;
  /** As the recognizers name it; `VALUE` for one of a column without an entity. */
  readonly entity: string;
  readonly count: number;
}

/** What was found in the texts and names that go along with the data. */
export interface MetadataReport {
  /** Names, which stay as they are. */
  readonly names: readonly PlacedFinding[];
  /** Texts that are taken out. */
  readonly removed: readonly PlacedFinding[];
  /** There was more to look at than was looked at. */
  readonly isPartial: boolean;
}

/** A file that the published relation is made of. */
export interface Origin {
  readonly relation: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface GateInput {
  /** Columns of the published relation as the engine describes them. */
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
  /** Lineage of the published relation down to the sources' columns. */
  readonly lineage: RelationLineage;
  /** Every column of every source the relation may come from. A column that is not here counts as unknown. */
  readonly sources: readonly SourceLevel[];
  readonly registry: MacroRegistry;
  readonly policy: Policy;
  /** Every source the relation, or a check of it, may come from. */
  readonly origins: readonly Origin[];
  /** `library`: it stays in this browser; null where it is judged only. */
  readonly goesTo: 'library' | 'elsewhere' | null;
  /** Outcomes of the checks of the published relation and of what it comes from. */
  readonly checks: readonly CheckResult[];
  readonly metadata: MetadataReport;
  /** The very bytes to be published, in each format. */
  readonly files: readonly GateFile[];
  /** Reads the bytes back; holds the sources under their names, so that outputs can be compared with raw values. */
  readonly engine: Engine;
}

export interface RuleVerdict {
  readonly findings: readonly Finding[];
  readonly outcome: RuleOutcome;
}
