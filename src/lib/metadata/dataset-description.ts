// What every document of a module says of its data, gathered once from scanned texts; must not know any document's form.
import type { Sensitivity } from '../base/sensitivity-level.ts';
import type { ColumnRef } from '../lineage/lineage-types.ts';
import type { DataFormat } from '../notebook/notebook-types.ts';

/** A source as a module may name it: by digest and column names, never by file name or path. */
export interface SourceDescription {
  readonly relation: string;
  /** Lower-case hex SHA-256 of the file's bytes. */
  readonly sha256: string;
  readonly columns: readonly string[];
}

/** A library macro that stands between a source column and an output column. */
export interface Treatment {
  readonly macro: string;
  readonly from: ColumnRef;
  /** Level of the source column. */
  readonly sensitivity: Sensitivity;
  /** What can still be seen, e.g. `the last 4 digits`. */
  readonly shows: string;
}

/** A source column whose level the owner declared to be lower than what was found. */
export interface LoweredOrigin {
  readonly from: ColumnRef;
  readonly found: Sensitivity;
  readonly declared: Sensitivity;
  /** The owner's, scanned. */
  readonly reason: string;
}

export interface ColumnDescription {
  readonly name: string;
  /** Engine type as written to the data files. */
  readonly type: string;
  readonly label: string | null;
  readonly meaning: string | null;
  /** Source columns its values come from. */
  readonly origins: readonly ColumnRef[];
  readonly treatments: readonly Treatment[];
  /** Highest level among the origins. */
  readonly originSensitivity: Sensitivity;
  /** Origins whose level was lowered. */
  readonly lowered: readonly LoweredOrigin[];
  /** Library macros on the way that fill gaps (`impute_*`). */
  readonly imputations: readonly string[];
}

export interface DataFileDescription {
  /** Below the version's folder, e.g. `data/part-00000-0123456789abcdef.parquet`. */
  readonly path: string;
  readonly format: DataFormat;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly rowCount: number;
}

/**
 * `pseudonymous`: values of identifying columns are in it, tokenized or masked, so it stays personal data (GDPR
 * Art. 4(5)); `generalized`: values of quasi-identifying columns are; `lowered-by-owner`: not so only because the owner lowered
 * the level of a column that was found to be more; `without-personal-columns`: neither.
 */
export type PrivacyStatus = 'pseudonymous' | 'generalized' | 'lowered-by-owner' | 'without-personal-columns';

export interface PrivacyStatement {
  readonly status: PrivacyStatus;
  /** Why, in sentences for people. */
  readonly reasons: readonly string[];
  /** Smallest class of equal quasi-identifiers; null where not measured. */
  readonly k: number | null;
}

interface ActivityDescription {
  readonly label: string;
  /** UTC ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
}

export interface DatasetDescription {
  readonly namespace: string;
  readonly module: string;
  /** Semantic version 2.0.0, `MAJOR.MINOR.PATCH`. */
  readonly version: string;
  readonly previousVersion: string | null;
  readonly title: string;
  readonly description: string;
  /** SPDX identifier, URL or words; null where none was stated. */
  readonly license: string | null;
  readonly creator: string | null;
  readonly keywords: readonly string[];
  /** Made of the sample that ships with the app. */
  readonly isDemo: boolean;
  /** UTC ISO 8601. */
  readonly publishedAt: string;
  readonly columns: readonly ColumnDescription[];
  /** In the order in which readers should prefer them. */
  readonly files: readonly DataFileDescription[];
  readonly sources: readonly SourceDescription[];
  /** Columns by which rows are ordered; all, left to right, when empty. */
  readonly order: readonly string[];
  readonly privacy: PrivacyStatement;
  readonly activities: readonly ActivityDescription[];
}

/** Name of a version that needs no server to mean something. */
export function datasetUrn(
  dataset: Pick<DatasetDescription, 'namespace' | 'module'>,
  version: string,
): string {
  return `urn:sluice:${dataset.namespace}:${dataset.module}:${version}`;
}
