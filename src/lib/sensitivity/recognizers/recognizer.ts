// What a recognizer is: one entity as data, used on columns and, where it has one, on bytes to be published; must not know any table.
import type { Sensitivity } from '../../base/sensitivity-level.ts';

/** Kinds of engine types as far as recognizers care. */
export type TypeFamily =
  'text' | 'integer' | 'decimal' | 'float' | 'date' | 'timestamp' | 'boolean' | 'other';

/**
 * Boolean SQL (RE2 patterns, no extension needed) over `v`, the value as VARCHAR, and `x`, the value as stored.
 * Neither may fail on any value.
 */
export interface SqlShape {
  /** The value looks like the entity. */
  readonly matched: string;
  /** The value also passes the checksum or range; `matched` where there is none. */
  readonly validated: string;
}

/**
 * Words of column names, lower-case, without accents, blanks or separators. `firstname` finds `first_name`, `firstName`,
 * `First Name` and `FIRSTNAME`; see `name-hint.ts`.
 */
export interface NameHints {
  /** Carry a finding alone. */
  readonly strong: readonly string[];
  /** Count only together with values of the entity's shape. */
  readonly weak: readonly string[];
  /** Take a hint away: `email_status` holds no address. */
  readonly against: readonly string[];
  /** Words in whose presence values count for nothing either: four small numbers under `version` are no address. */
  readonly veto?: readonly string[];
}

/** How the recognizer judges values that are about to be published. */
export type ContentRule =
  | {
      readonly kind: 'any';
      /** One such value is enough. */
      readonly certain: Partial<Record<TypeFamily, string>>;
      /** One such value is enough where the name of the column hints at the entity. */
      readonly withHint?: Partial<Record<TypeFamily, string>>;
    }
  | {
      readonly kind: 'share';
      /** Share of the non-NULL values that must validate, without and with a hint in the name of the column. */
      readonly share: number;
      readonly shareWithHint: number;
    };

export interface Recognizer {
  readonly entity: string;
  readonly sensitivity: Sensitivity;
  readonly hints: NameHints;
  /** Type families in which a name hint counts. */
  readonly families: readonly TypeFamily[];
  readonly shapes: Partial<Record<TypeFamily, SqlShape>>;
  /** Confidence of a strong hint whose values do not have the shape, or where there is no shape to look for. */
  readonly hintConfidence: number;
  /** Share of validated values among those examined from which the values speak without any hint; null: never. */
  readonly shareWithoutHint: number | null;
  /** Share of validated values among the matched below which they are taken for chance (checksums hit one in ten). */
  readonly shareOfMatched: number;
  /** Share of validated values among those examined that a weak hint needs. */
  readonly shareWithWeakHint: number;
  /** Confidence of a weak hint over values of the shape of which none validates, e.g. damaged numbers; absent: none. */
  readonly weakHintOverShape?: number;
  /** Absent where the entity cannot be told from values. */
  readonly content?: ContentRule;
}

/** A recognizer that goes by the name of a column alone. */
export function recognizeByName(
  entity: string,
  sensitivity: Sensitivity,
  strong: readonly string[],
  more: {
    readonly against?: readonly string[];
    readonly families?: readonly TypeFamily[];
    readonly confidence?: number;
  } = {},
): Recognizer {
  return {
    entity,
    sensitivity,
    hints: { strong, weak: [], against: more.against ?? [] },
    families: more.families ?? ['text'],
    shapes: {},
    hintConfidence: more.confidence ?? 0.7,
    shareWithoutHint: null,
    shareOfMatched: 0,
    shareWithWeakHint: 1,
  };
}
