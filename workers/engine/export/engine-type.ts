// The engine's type names as trees and back; must not know what any type is exported as.

interface NamedType {
  readonly name: string;
  /** The name as the engine prints it: quoted only where it must be. */
  readonly written: string;
  readonly type: EngineType;
}

/** A DuckDB type as `DESCRIBE` prints it, e.g. `STRUCT(a DECIMAL(18,3)[], "b c" MAP(VARCHAR, DATE))`. */
export type EngineType =
  | { readonly kind: 'plain'; readonly name: string; readonly parameters: string }
  | { readonly kind: 'list'; readonly element: EngineType }
  | { readonly kind: 'array'; readonly element: EngineType; readonly length: number }
  | { readonly kind: 'map'; readonly key: EngineType; readonly value: EngineType }
  | { readonly kind: 'struct'; readonly fields: readonly NamedType[] };

/** Names of more than one word; every other name is one word. */
const LONG_NAMES: readonly string[] = ['TIMESTAMP WITH TIME ZONE', 'TIME WITH TIME ZONE'];

class TypeReader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  skipBlanks(): void {
    while (this.text[this.at] === ' ') this.at += 1;
  }

  take(token: string): boolean {
    this.skipBlanks();
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  need(token: string): void {
    if (!this.take(token)) throw new SyntaxError(`“${token}” expected at ${this.at} in type ${this.text}`);
  }

  /** From an opening parenthesis to its partner, quotes of both kinds respected; the content without the outer pair. */
  parenthesized(): string {
    const start = this.at + 1;
    let depth = 0;
    for (; this.at < this.text.length; this.at += 1) {
      const sign = this.text[this.at];
      if (sign === "'" || sign === '"') this.skipQuoted(sign);
      else if (sign === '(') depth += 1;
      else if (sign === ')' && --depth === 0) return this.text.slice(start, this.at++);
    }
    throw new SyntaxError(`unbalanced parentheses in type ${this.text}`);
  }

  /** Leaves `at` on the closing quote; a doubled quote stands for itself. */
  skipQuoted(quote: string): void {
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      if (this.text[this.at] !== quote) continue;
      if (this.text[this.at + 1] !== quote) return;
      this.at += 1;
    }
    throw new SyntaxError(`unbalanced quotes in type ${this.text}`);
  }

  fieldName(): string {
    this.skipBlanks();
    const start = this.at;
    if (this.text[start] === '"') {
      this.skipQuoted('"');
      this.at += 1;
      return this.text.slice(start + 1, this.at - 1).replaceAll('""', '"');
    }
    while (this.at < this.text.length && !' (),'.includes(this.text[this.at] ?? ' ')) this.at += 1;
    return this.text.slice(start, this.at);
  }

  plainName(): string {
    this.skipBlanks();
    const long = LONG_NAMES.find((name) => this.text.startsWith(name, this.at));
    if (long !== undefined) {
      this.at += long.length;
      return long;
    }
    if (this.text[this.at] === '"') return this.fieldName().toUpperCase();
    const word = /[A-Za-z0-9_]+/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text)?.[0];
    if (found === undefined) throw new SyntaxError(`a type name is missing at ${this.at} in ${this.text}`);
    this.at += found.length;
    return found.toUpperCase();
  }
}

function readFields(reader: TypeReader): readonly NamedType[] {
  const fields: NamedType[] = [];
  do {
    reader.skipBlanks();
    const start = reader.at;
    const name = reader.fieldName();
    const written = reader.text.slice(start, reader.at);
    fields.push({ name, written, type: readType(reader) });
  } while (reader.take(','));
  reader.need(')');
  return fields;
}

function readBase(reader: TypeReader): EngineType {
  const name = reader.plainName();
  if (name === 'STRUCT' && reader.take('(')) return { kind: 'struct', fields: readFields(reader) };
  if (name === 'MAP' && reader.take('(')) {
    const key = readType(reader);
    reader.need(',');
    const value = readType(reader);
    reader.need(')');
    return { kind: 'map', key, value };
  }
  const parameters = reader.text[reader.at] === '(' ? reader.parenthesized() : '';
  return { kind: 'plain', name, parameters };
}

function readType(reader: TypeReader): EngineType {
  let type = readBase(reader);
  while (reader.take('[')) {
    const length = /\d*/y;
    length.lastIndex = reader.at;
    const digits = length.exec(reader.text)?.[0] ?? '';
    reader.at += digits.length;
    reader.need(']');
    type =
      digits === ''
        ? { kind: 'list', element: type }
        : { kind: 'array', element: type, length: Number(digits) };
  }
  return type;
}

/** @throws SyntaxError where the text is not a type as the engine prints it. */
export function parseEngineType(text: string): EngineType {
  const reader = new TypeReader(text);
  const type = readType(reader);
  reader.skipBlanks();
  if (reader.at !== text.length) throw new SyntaxError(`unexpected text at ${reader.at} in type ${text}`);
  return type;
}

/** The type as SQL that the engine accepts in a CAST. */
export function printEngineType(type: EngineType): string {
  switch (type.kind) {
    case 'plain':
      return type.parameters === '' ? type.name : `${type.name}(${type.parameters})`;
    case 'list':
      return `${printEngineType(type.element)}[]`;
    case 'array':
      return `${printEngineType(type.element)}[${type.length}]`;
    case 'map':
      return `MAP(${printEngineType(type.key)}, ${printEngineType(type.value)})`;
    case 'struct':
      return `STRUCT(${type.fields.map((field) => `${field.written} ${printEngineType(field.type)}`).join(', ')})`;
  }
}
