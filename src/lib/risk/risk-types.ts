// Disclosure risk figures as plain data; must not know how they are computed.

export interface RiskReport {
  readonly rows: number;
  /** Classes of equal quasi-identifiers. */
  readonly classes: number;
  /** Size of the smallest class; 0 where there are no rows. */
  readonly k: number;
  /** Highest 1/k over all rows (prosecutor risk). */
  readonly prosecutorMax: number;
  /** classes / rows. */
  readonly prosecutorAverage: number;
  /** Share of rows in classes smaller than the limit. */
  readonly recordsAtRisk: number;
  /** Share of rows in classes of one. */
  readonly uniqueness: number;
  /** Smallest number of distinct sensitive values in a class; null without a sensitive column. */
  readonly lDiversity: number | null;
  /** Largest distance of a class from the whole; null where not computed. */
  readonly tCloseness: number | null;
  readonly nullTreatment: 'own-value';
}
