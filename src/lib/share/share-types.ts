// A notebook in the fragment of an address: what it carries and what was found in it; must not know the interface.
import type { ColumnType } from '../engine/contract.ts';

/** The columns a source is expected to have, so that another file can be compared with it. */
export interface ExpectedSource {
  readonly name: string;
  /** File name only. */
  readonly file: string;
  readonly columns: readonly ColumnType[];
}

/** What a permalink carries. No data, no key, no result. */
export interface SharedNotebook {
  readonly format: 'sluice-link/1';
  /** Text form `.sluice.md`, with what was taken out replaced. */
  readonly text: string;
  readonly sources: readonly ExpectedSource[];
}

/** A piece of the notebook that may say something of the data. */
export interface SharedLiteral {
  readonly id: string;
  /** The cell's name, `title`, `input since`, … */
  readonly where: string;
  /** As it stands in the notebook; shown to its owner only. */
  readonly text: string;
  /** e.g. `EMAIL_ADDRESS`, or `value of users.email`. */
  readonly reason: string;
  /** What stands there instead when it is taken out. */
  readonly replacement: string;
}

/** What a value of the data was found to be. */
export interface KnownValue {
  /** e.g. `users.email`. */
  readonly column: string;
  /** As the recognizers name it, or null. */
  readonly entity: string | null;
}

/** A column whose values may not be told: of a source, or of a cell that passes them on. */
export interface SensitiveColumn extends KnownValue {
  readonly name: string;
}
