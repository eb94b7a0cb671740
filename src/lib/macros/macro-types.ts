// What the library knows of one macro; must not know how a macro is run.
import type { Sensitivity } from '../base/sensitivity-level.ts';

export interface MacroParameter {
  readonly name: string;
  /** SQL text of the default, or null where the argument is required. */
  readonly default: string | null;
  /** What it takes, in words. */
  readonly description: string;
}

/** What a registered sanitizer leaves of what goes in. */
export interface Sanitizer {
  readonly residual: Sensitivity;
  /** How much of the original can be seen, in words for people, e.g. `the last 4 digits`. */
  readonly shows: string;
  /** Characters of the original that may be seen at most; `null` where unbounded. */
  readonly showsCharacters: number | null;
  /** Entity its output looks like, e.g. `EMAIL_ADDRESS`; null where none. */
  readonly produces: string | null;
}

export interface MacroDefinition {
  readonly name: string;
  /** Folder under `sql-macros/`. */
  readonly topic: string;
  readonly version: string;
  readonly parameters: readonly MacroParameter[];
  /** e.g. `bucket_number(v, width)`. */
  readonly signature: string;
  readonly purpose: string;
  readonly nullBehaviour: string;
  readonly example: { readonly sql: string; readonly result: string };
  /** What else a person should know before relying on it; absent where there is nothing. */
  readonly notes?: string;
  readonly sanitizer: Sanitizer | null;
  /** Uses a window over the whole input. */
  readonly isWindow: boolean;
  readonly isPrivate: boolean;
  /** The complete script that creates it, in schema `sluice`. */
  readonly script: string;
}

export interface MacroRegistry {
  /** In the order in which their scripts must run; private ones included. */
  readonly macros: readonly MacroDefinition[];
  /** Lower-case lookup of public macros. */
  find(name: string): MacroDefinition | undefined;
}
