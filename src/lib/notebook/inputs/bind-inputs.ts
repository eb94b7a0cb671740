// Inputs as typed literals, and the places of a statement where they stand; must not know grammar: whoever runs a statement compares trees.
import { textLiteral } from '../../base/sql-text.ts';
import { sqlTokens } from '../../base/sql-tokens.ts';
import { SQL_PARAMETERS } from '../check-kinds.ts';
import { foldName } from '../names.ts';
import type { CheckSpec } from '../notebook-types.ts';
import { choiceTypeOf } from './choice-type.ts';
import { isOfColumn, namesInSql } from './input-form.ts';
import type { Ends, InputChoice, InputOptions, InputSpec, InputSpecs } from './input-types.ts';

function numberLiteral(value: number | null): string {
  if (value === null) return 'CAST(NULL AS DOUBLE)';
  return `CAST('${value}' AS ${Number.isSafeInteger(value) ? 'BIGINT' : 'DOUBLE'})`;
}

function dayLiteral(value: string | null): string {
  return value === null ? 'CAST(NULL AS DATE)' : `CAST(${textLiteral(value)} AS DATE)`;
}

function choiceLiteral(value: InputChoice | null): string {
  if (value === null) return 'CAST(NULL AS VARCHAR)';
  return typeof value === 'number' ? numberLiteral(value) : textLiteral(value);
}

/** The type of the column that is chosen from. */
function castOf(options: InputOptions): string | null {
  return isOfColumn(options) && options.type !== undefined ? choiceTypeOf(options.type) : null;
}

function choiceOf(value: InputChoice | null, options: InputOptions): string {
  const type = castOf(options);
  if (type === null || type === 'VARCHAR') return choiceLiteral(value);
  return `CAST(${value === null ? 'NULL' : textLiteral(String(value))} AS ${type})`;
}

function listOf(values: readonly InputChoice[], options: InputOptions): string {
  const type = castOf(options);
  if (type === null) return listLiteral(values);
  return `CAST([${values.map((value) => textLiteral(String(value))).join(', ')}] AS ${type}[])`;
}

function listLiteral(values: readonly InputChoice[]): string {
  const numbers = values.filter((value) => typeof value === 'number');
  const isNumbers = values.length > 0 && numbers.length === values.length;
  const type = !isNumbers ? 'VARCHAR' : numbers.every(Number.isSafeInteger) ? 'BIGINT' : 'DOUBLE';
  return `CAST([${values.map((value) => textLiteral(String(value))).join(', ')}] AS ${type}[])`;
}

function endLiterals<T>({ min, max }: Ends<T>, literal: (value: T | null) => string): readonly string[] {
  return [literal(min), literal(max)];
}

/** In the order of `namesInSql`. */
function literalsOf(spec: InputSpec): readonly string[] {
  switch (spec.type) {
    case 'text':
      return [choiceLiteral(spec.value)];
    case 'select':
      return [choiceOf(spec.value, spec.options)];
    case 'number':
      return [numberLiteral(spec.value)];
    case 'date':
      return [dayLiteral(spec.value)];
    case 'range':
      return endLiterals(spec.value, numberLiteral);
    case 'date-range':
      return endLiterals(spec.value, dayLiteral);
    case 'multi-select':
      return [listOf(spec.value, spec.options)];
  }
}

/** What each `$name` stands for in SQL, by its name in lower case. */
export function inputLiterals(inputs: InputSpecs): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(inputs).flatMap(([name, spec]) => {
      const literals = literalsOf(spec);
      return namesInSql(name, spec).map(
        (each, index) => [foldName(each), literals[index] ?? 'NULL'] as const,
      );
    }),
  );
}

/** A `$name` of a statement, with UTF-16 offsets. */
export interface InputUse {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Every `$name` outside of texts, names and comments. */
export function inputUses(sql: string): readonly InputUse[] {
  if (!sql.includes('$')) return [];
  return sqlTokens(sql).flatMap(({ kind, text, from, to }) =>
    kind === 'word' && /^\$[^\d]/.test(text) ? [{ name: text.slice(1), from, to }] : [],
  );
}

export interface BoundPlace extends InputUse {
  readonly literal: string;
}

export interface BoundSql {
  /** With literals where inputs stood; what is not known stays. */
  readonly sql: string;
  /** In the statement as written, in order. */
  readonly places: readonly BoundPlace[];
  /** Uses of inputs that are not there. */
  readonly unknown: readonly InputUse[];
}

export function bindSql(sql: string, inputs: InputSpecs): BoundSql {
  const uses = inputUses(sql);
  if (uses.length === 0) return { sql, places: [], unknown: [] };
  const literals = inputLiterals(inputs);
  const places: BoundPlace[] = [];
  const unknown: InputUse[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const use of uses) {
    const literal = literals.get(foldName(use.name));
    if (literal === undefined) {
      unknown.push(use);
      continue;
    }
    places.push({ ...use, literal });
    parts.push(sql.slice(at, use.from), literal);
    at = use.to;
  }
  return { sql: parts.join('') + sql.slice(at), places, unknown };
}

/** The place in the statement as written that is at `offset` of the bound one. */
export function writtenOffset({ places }: BoundSql, offset: number): number {
  let moved = 0;
  for (const { from, to, literal } of places) {
    const start = from + moved;
    if (offset < start) break;
    if (offset < start + literal.length) return from;
    moved += literal.length - (to - from);
  }
  return offset - moved;
}

/** The check with its SQL bound; what is not known stays. */
export function bindCheck(check: CheckSpec, inputs: InputSpecs): CheckSpec {
  const bound = SQL_PARAMETERS.flatMap((key) => {
    const sql = check.parameters[key];
    return typeof sql === 'string' && sql.includes('$') ? [[key, bindSql(sql, inputs).sql] as const] : [];
  });
  if (bound.length === 0) return check;
  return { ...check, parameters: { ...check.parameters, ...Object.fromEntries(bound) } };
}

/** `sql` with `$from` written as `$to`, by the pairs of old name in lower case and new name. */
export function renameUses(sql: string, names: ReadonlyMap<string, string>): string {
  const parts: string[] = [];
  let at = 0;
  for (const { name, from, to } of inputUses(sql)) {
    const renamed = names.get(foldName(name));
    if (renamed === undefined) continue;
    parts.push(sql.slice(at, from), `$${renamed}`);
    at = to;
  }
  return parts.join('') + sql.slice(at);
}
