// Pieces of the SQL that steps write: names, literals, and SELECT * with some columns replaced; must not know any kind of step.
import { quoteIdentifier, quoteLiteral } from '../../base/sql-text.ts';
import { RESERVED_WORDS } from '../reserved-words.ts';
import { QUOTED_WORDS } from './quoted-words.ts';
import type { StepScalar, StepSpec, StepValue } from './step-types.ts';

/** As a person would write it: quoted only where it must be. */
export function writeName(name: string): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED_WORDS.has(name) && !QUOTED_WORDS.has(name);
  return isPlain ? name : quoteIdentifier(name);
}

/** A literal the engine casts to the type it is compared with. Numbers keep their shortest decimal form. */
export function writeLiteral(value: StepScalar): string {
  if (typeof value === 'string') return quoteLiteral(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return String(value);
}

export function writeList(values: readonly StepScalar[]): string {
  return values.map(writeLiteral).join(', ');
}

export interface WrittenColumn {
  readonly name: string;
  readonly expression: string;
}

function writeAlias({ name, expression }: WrittenColumn): string {
  return `${expression} AS ${writeName(name)}`;
}

/** `SELECT * REPLACE (…) FROM relation`, one column a line where there are several. */
export function replaceColumns(relation: string, columns: readonly WrittenColumn[]): string {
  const written = columns.map(writeAlias);
  const list = written.length === 1 ? (written[0] ?? '') : `\n  ${written.join(',\n  ')}\n`;
  return `SELECT * REPLACE (${list})\nFROM ${writeName(relation)}`;
}

/** `SELECT *, … FROM relation`. */
export function addColumns(relation: string, columns: readonly WrittenColumn[]): string {
  return `SELECT\n  *,\n  ${columns.map(writeAlias).join(',\n  ')}\nFROM ${writeName(relation)}`;
}

/** `(SELECT expression FROM relation)`: one figure of the whole relation. */
export function figureOf(relation: string, expression: string): string {
  return `(SELECT ${expression} FROM ${writeName(relation)})`;
}

/** A part of a column's name made from a value: `New York` → `new_york`. */
export function slugOf(value: StepScalar): string {
  const plain = String(value)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  return plain === '' ? 'blank' : plain;
}

/** `a`, `a and b`, `a, b and c`, `a, b and 3 more`. */
export function listWords(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** The parameters of a checked step in the types its kind expects. */
export class StepReader {
  readonly #parameters: StepSpec['parameters'];

  constructor(step: StepSpec) {
    this.#parameters = step.parameters;
  }

  has(name: string): boolean {
    return this.#parameters[name] !== undefined;
  }

  text(name: string, fallback = ''): string {
    const value = this.#parameters[name];
    return value === undefined || typeof value === 'object' ? fallback : String(value);
  }

  number(name: string, fallback: number): number {
    const value = this.#parameters[name];
    return typeof value === 'number' ? value : fallback;
  }

  flag(name: string, fallback = false): boolean {
    const value = this.#parameters[name];
    return typeof value === 'boolean' ? value : fallback;
  }

  value(name: string): StepScalar {
    const value = this.#parameters[name];
    return value === undefined || typeof value === 'object' ? '' : value;
  }

  /** One value counts as a list of one. */
  values(name: string): readonly StepScalar[] {
    const value: StepValue | undefined = this.#parameters[name];
    if (value === undefined) return [];
    if (!Array.isArray(value)) return typeof value === 'object' ? [] : [value];
    return value as readonly StepScalar[];
  }

  texts(name: string): readonly string[] {
    return this.values(name).map(String);
  }

  mapping(name: string): readonly (readonly [string, StepScalar])[] {
    const value = this.#parameters[name];
    if (value === undefined || typeof value !== 'object' || Array.isArray(value)) return [];
    return Object.entries(value);
  }

  list<T>(name: string): readonly T[] {
    const value = this.#parameters[name];
    return Array.isArray(value) ? (value as readonly T[]) : [];
  }
}
