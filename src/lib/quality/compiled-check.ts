// What a kind of check is compiled to, and what it is compiled from; must not know any kind or the engine.
import { ProblemError } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { CheckSpec, CheckValue } from '../notebook/notebook-types.ts';

/** Rows are looked at one by one: those `examined` count, those `failing` of them fail. A NULL is false in both. */
export interface RowCheck {
  readonly form: 'rows';
  /** SQL truth values over the columns of the relation; window functions are allowed. */
  readonly examined: string;
  readonly failing: string;
  /** A part of the failing rows that is told apart, with its words: `2 of them surplus`. */
  readonly also?: { readonly sql: string; readonly words: string };
  /** Relations besides the checked one; they must be there with these columns. */
  readonly others?: readonly { readonly relation: string; readonly columns: readonly string[] }[];
}

/** One figure of the table, held against bounds in the engine. */
export interface FigureCheck {
  readonly form: 'figure';
  /** SQL of the figure, over the columns of `from`. */
  readonly figure: string;
  /** Relation made of the checked one's rows; those rows themselves without it. */
  readonly from?: (rows: string) => string;
  /** SQL literals. */
  readonly min?: string;
  readonly max?: string;
  readonly threshold: string;
  /** A share of no rows is vacuous; any other figure of no values cannot be computed. */
  readonly ofNothing: 'vacuous' | 'error';
}

/** Judged from the description of the relation alone. */
export interface SchemaCheck {
  readonly form: 'schema';
  readonly isPassed: boolean;
  readonly observed: string;
  readonly threshold: string;
  readonly message: string;
}

/** A statement of a person's that returns failing rows. */
export interface StatementCheck {
  readonly form: 'statement';
  readonly sql: string;
}

/** Several figures, judged together. */
export interface MeasuredCheck {
  readonly form: 'measured';
  /** SELECTs over the rows, each with one row of numbers. */
  readonly queries: readonly ((rows: string) => string)[];
  readonly threshold: string;
  judge(answers: readonly (readonly number[])[]): {
    readonly isPassed: boolean;
    readonly observed: string;
    readonly message: string;
  };
}

export type CompiledCheck = RowCheck | FigureCheck | SchemaCheck | StatementCheck | MeasuredCheck;

/** Compiles one check. @throws ProblemError `check-…` where it cannot run. */
export type CompileCheck = (target: CheckTarget) => CompiledCheck;

export function refuseCheck(code: string, message: string, hint: string): never {
  throw new ProblemError({ code: `check-${code}`, message, hint });
}

export interface TargetParts {
  readonly columns: readonly ColumnType[];
  readonly check: CheckSpec;
  readonly registry: MacroRegistry;
  readonly now: Date;
}

/** The settings of one check and the relation it is about. */
export class CheckTarget {
  readonly columns: readonly ColumnType[];
  readonly registry: MacroRegistry;
  readonly now: Date;
  readonly #settings: Readonly<Record<string, CheckValue>>;
  readonly #kind: string;

  constructor({ columns, check, registry, now }: TargetParts) {
    this.columns = columns;
    this.registry = registry;
    this.now = now;
    this.#settings = check.parameters;
    this.#kind = check.kind;
  }

  value(key: string): CheckValue | undefined {
    return Object.hasOwn(this.#settings, key) ? this.#settings[key] : undefined;
  }

  has(key: string): boolean {
    return this.value(key) !== undefined;
  }

  text(key: string): string {
    const value = this.value(key);
    return typeof value === 'string' ? value : this.#refuseValue(key, 'a text');
  }

  flag(key: string): boolean {
    return this.value(key) === true;
  }

  /** A number; a percentage counts as a share. */
  number(key: string): number {
    const value = this.value(key);
    const number =
      typeof value === 'string' && /^\d+(\.\d+)?%$/.test(value) ? Number(value.slice(0, -1)) / 100 : value;
    return typeof number === 'number' && Number.isFinite(number)
      ? number
      : this.#refuseValue(key, 'a number');
  }

  list(key: string): readonly CheckValue[] {
    const value = this.value(key);
    return Array.isArray(value) && value.length > 0 ? value : this.#refuseValue(key, 'a list');
  }

  texts(key: string): readonly string[] {
    return this.list(key).map((item) => (typeof item === 'string' ? item : this.#refuseValue(key, 'texts')));
  }

  /** The column of that setting as the engine has it; names differ by case only where the engine's do. */
  column(key = 'column'): ColumnType {
    return this.find(this.text(key));
  }

  find(name: string): ColumnType {
    const column =
      this.columns.find((each) => each.name === name) ??
      this.columns.find((each) => each.name.toLowerCase() === name.toLowerCase());
    return (
      column ??
      refuseCheck(
        'column',
        `There is no column ${name}.`,
        `It has ${this.columns.map((each) => each.name).join(', ')}.`,
      )
    );
  }

  quoted(key = 'column'): string {
    return quoteIdentifier(this.column(key).name);
  }

  #refuseValue(key: string, what: string): never {
    return refuseCheck('setting', `The setting ${key} of ${this.#kind} must be ${what}.`, 'Correct it.');
  }
}
