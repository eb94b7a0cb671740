// Reads YAML into plain values and checks their shapes, naming the line of what is wrong; knows nothing of notebooks.
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { Problem } from '../base/result.ts';
import { ProblemError } from '../base/result.ts';

export type Path = readonly (string | number)[];

/** Own string-keyed members; keys such as `__proto__` are ordinary ones. */
export type Members = Readonly<Record<string, unknown>>;

/** Most aliases resolved before YAML is refused, against expansion bombs. */
const MAX_ALIASES = 100;

/** The problem of a text that cannot be read, with its one-based line. */
export function textProblem(line: number, what: string, hint: string): Problem {
  return { code: 'notebook-text', message: `Line ${line}: ${what}`, hint };
}

/** One YAML document within a text; every check that fails throws a ProblemError that names the line. */
export class YamlReader {
  readonly document: Document;
  readonly #lines = new LineCounter();
  readonly #firstLine: number;

  /**
   * `firstLine` is the one-based line of the text on which the YAML starts.
   * @throws ProblemError where it is not YAML.
   */
  constructor(yaml: string, firstLine: number) {
    this.#firstLine = firstLine;
    try {
      this.document = parseDocument(yaml, {
        lineCounter: this.#lines,
        prettyErrors: false,
        stringKeys: true,
      });
    } catch (error) {
      throw this.#notYaml(0, error instanceof Error ? error.message : String(error));
    }
    const error = this.document.errors[0];
    if (error) throw this.#notYaml(error.pos[0], error.message);
  }

  /** The whole document as members; null where it is something else than a mapping. */
  root(): Members | null {
    if (this.document.contents === null) return {};
    if (isScalar(this.document.contents) && this.document.contents.value === null) return {};
    if (!isMap(this.document.contents)) return null;
    try {
      return this.document.toJS({ maxAliasCount: MAX_ALIASES }) as Members;
    } catch (error) {
      throw this.#notYaml(0, error instanceof Error ? error.message : String(error));
    }
  }

  /** The whole document as a list, empty where there is nothing; null where it is something else. */
  rootList(): readonly unknown[] | null {
    const { contents } = this.document;
    if (contents === null || (isScalar(contents) && contents.value === null)) return [];
    if (!isSeq(contents)) return null;
    try {
      return this.document.toJS({ maxAliasCount: MAX_ALIASES }) as readonly unknown[];
    } catch (error) {
      throw this.#notYaml(0, error instanceof Error ? error.message : String(error));
    }
  }

  /** @throws ProblemError naming the line of `path`. */
  refuse(path: Path, what: string, hint: string): never {
    throw new ProblemError(textProblem(this.#lineOf(path), what, hint));
  }

  /** A string; numbers, booleans and dates count as written. */
  text(value: unknown, path: Path): string {
    if (typeof value === 'string') return value;
    const node: unknown = this.document.getIn(path, true);
    if (isScalar(node) && node.value !== null && node.source !== undefined) return node.source;
    return this.refuse(path, `“${path.join('.')}” must be a text.`, 'Write one word or a quoted text.');
  }

  boolean(value: unknown, path: Path): boolean {
    if (typeof value === 'boolean') return value;
    return this.refuse(path, `“${path.join('.')}” must be true or false.`, 'Write true or false.');
  }

  /** A safe integer of at least `least`. */
  integer(value: unknown, path: Path, least: number): number {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
    return this.refuse(
      path,
      `“${path.join('.')}” must be a whole number of at least ${least}.`,
      'Write a whole number.',
    );
  }

  oneOf<T extends string>(value: unknown, path: Path, allowed: readonly T[]): T {
    const found = allowed.find((one) => one === value);
    if (found !== undefined) return found;
    return this.refuse(
      path,
      `“${path.join('.')}” must be one of ${allowed.join(', ')}.`,
      'Choose one of these words.',
    );
  }

  /** Each element read by `read`; a single value counts as a list of one. */
  list<T>(value: unknown, path: Path, read: (item: unknown, path: Path) => T): readonly T[] {
    if (!Array.isArray(value)) return value === null ? [] : [read(value, path)];
    return value.map((item: unknown, index) => read(item, [...path, index]));
  }

  members(value: unknown, path: Path): Members {
    if (value === null) return {};
    if (typeof value === 'object' && !Array.isArray(value)) return value as Members;
    return this.refuse(path, `“${path.join('.')}” must be a mapping.`, 'Write “name: value” lines below it.');
  }

  /** Each member read by `read`, in order. */
  record<T>(value: unknown, path: Path, read: (item: unknown, path: Path) => T): Readonly<Record<string, T>> {
    const entries = Object.entries(this.members(value, path));
    return Object.fromEntries(entries.map(([key, item]) => [key, read(item, [...path, key])]));
  }

  #lineOf(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const node: unknown = this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.#lineAt(node.range[0]);
    }
    return this.#firstLine;
  }

  #lineAt(offset: number): number {
    return this.#firstLine + Math.max(this.#lines.linePos(offset).line, 1) - 1;
  }

  #notYaml(offset: number, why: string): ProblemError {
    const first = why.split('\n', 1)[0] ?? '';
    return new ProblemError(
      textProblem(
        this.#lineAt(offset),
        `this is not valid YAML: ${first}`,
        'Mend that line in a text editor.',
      ),
    );
  }
}

/** The members of `value` whose keys are not in `known`. */
export function otherMembers(value: Members, known: readonly string[]): Members {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !known.includes(key)));
}
