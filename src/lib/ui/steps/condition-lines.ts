// Conditions of a step as lines of a form: a line that is not edited keeps its condition as it is; must not know components.
import { itemsOf, scalarItemText, scalarOf, scalarText, unquoted } from '../../session/typed-text.ts';
import type { StepScalar } from '../../notebook/steps/step-types.ts';

/** As far as it is filled in. */
export interface DraftCondition {
  readonly column: string;
  readonly is: string;
  readonly value?: unknown;
}

export interface ConditionLine {
  readonly condition: DraftCondition;
  /** What stands in its field of values. */
  readonly text: string;
}

export type LineChange = Partial<Record<'column' | 'is' | 'text', string>>;

export function takesNone(is: string): boolean {
  return is === 'missing' || is === 'present';
}

export function takesList(is: string): boolean {
  return is === 'in' || is === 'not in' || is === 'between';
}

function isScalar(value: unknown): value is StepScalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.filter(isScalar).map(scalarItemText).join(', ');
  return isScalar(value) ? scalarText(value) : '';
}

function lineOf(given: unknown): ConditionLine {
  const { column, is, value } = (given ?? {}) as Record<string, unknown>;
  const condition = {
    column: String(column ?? ''),
    is: String(is ?? '='),
    ...(value == null ? {} : { value }),
  };
  return { condition, text: textOf(value) };
}

/** A line for each condition, at least one; `typed` are the lines as last written, whose texts stay while they say the same. */
export function linesOf(value: unknown, typed: readonly ConditionLine[]): readonly ConditionLine[] {
  const given: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [undefined];
  return given.map((each, index) => {
    const line = lineOf(each);
    const kept = typed[index];
    return kept && JSON.stringify(kept.condition) === JSON.stringify(line.condition) ? kept : line;
  });
}

/** Undefined where nothing is filled in. Values for a column of texts are texts, whatever they look like. */
function valueOf(text: string, is: string, isText: boolean): unknown {
  const read = (item: string) => (isText ? (unquoted(item) ?? item) : scalarOf(item));
  if (!takesList(is)) return text.trim() === '' ? undefined : read(text.trim());
  const items = itemsOf(text).map(read);
  return items.length === 0 ? undefined : items;
}

function isTextType(type: string | undefined): boolean {
  return type !== undefined && (type === 'VARCHAR' || type.startsWith('ENUM'));
}

/** The line after an edit; `typeOf` gives the type of a column where it is known. */
export function changeLine(
  { condition, text }: ConditionLine,
  change: LineChange,
  typeOf: (column: string) => string | undefined,
): ConditionLine {
  const { column, is } = { ...condition, ...change };
  const { value } = condition;
  const written = (next: unknown, nextText: string): ConditionLine => ({
    condition: { column, is, ...(next === undefined || takesNone(is) ? {} : { value: next }) },
    text: takesNone(is) ? '' : nextText,
  });
  const isText = isTextType(typeOf(column));
  if (change.text !== undefined) return written(valueOf(change.text, is, isText), change.text);
  if (change.column !== undefined && isText !== isTextType(typeOf(condition.column)))
    return written(valueOf(text, is, isText), text);
  if (isScalar(value) && takesList(is)) return written([value], textOf([value]));
  if (Array.isArray(value) && !takesList(is)) {
    const [first, ...others] = value as readonly unknown[];
    return others.length === 0 ? written(first, textOf(first)) : written(valueOf(text, is, true), text);
  }
  return written(value, text);
}
