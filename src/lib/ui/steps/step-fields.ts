// Which fields of a step are asked for now, and how typed text becomes a value; must not know components.
import { definitionOf, STEP_DEFINITIONS } from '../../session/step-facts.ts';
import { scalarOf, scalarText } from '../../session/typed-text.ts';
import type {
  ColumnFamily,
  StepGroup,
  StepKind,
  StepParameter,
  StepScalar,
} from '../../notebook/steps/step-types.ts';
import type { DraftParameters, StepColumn } from '../../session/step-view-types.ts';

export const GROUP_WORDS: Readonly<Record<StepGroup, string>> = {
  cleanse: 'Cleanse',
  encode: 'Encode',
  protect: 'Protect',
  combine: 'Combine',
  shape: 'Rows and columns',
};

export interface KindChoice {
  readonly kind: StepKind;
  readonly title: string;
}

/** Kinds by group, in the order of the library. */
export function kindGroups(): readonly { readonly words: string; readonly kinds: readonly KindChoice[] }[] {
  return Object.entries(GROUP_WORDS).map(([group, words]) => ({
    words,
    kinds: STEP_DEFINITIONS.filter((each) => each.group === group).map(({ kind, title }) => ({
      kind,
      title,
    })),
  }));
}

/** Parameters of the kind that make sense with what is chosen already. */
export function fieldsOf(kind: StepKind, parameters: DraftParameters): readonly StepParameter[] {
  const { parameters: all } = definitionOf(kind);
  return all.filter(({ onlyWhere }) => {
    if (!onlyWhere) return true;
    const asked = all.find(({ name }) => name === onlyWhere.name);
    const value = parameters[onlyWhere.name] ?? asked?.fallback;
    return onlyWhere.values.some((each) => each === value);
  });
}

const NUMBER_TYPE = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL)/i;
const DATE_TYPE = /^(DATE|TIME)/i;

function familyOf(type: string): ColumnFamily {
  if (NUMBER_TYPE.test(type)) return 'number';
  if (DATE_TYPE.test(type)) return 'date';
  return type === 'VARCHAR' ? 'text' : 'any';
}

export function fitsFamily(type: string, family: ColumnFamily | undefined): boolean {
  return family === undefined || family === 'any' || familyOf(type) === family;
}

/** Columns of the family first; all others stay to be chosen. */
export function columnsFirst(
  columns: readonly StepColumn[],
  family: ColumnFamily | undefined,
): readonly StepColumn[] {
  const fits = (column: StepColumn) => fitsFamily(column.type, family);
  return [...columns.filter(fits), ...columns.filter((column) => !fits(column))];
}

/** A number or truth value where it says all of the text, else the text; null where it is empty. */
export function readScalar(text: string): StepScalar | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = scalarOf(trimmed);
  return typeof value === 'string' ? text : value;
}

/** One value a line; quotes keep a text that looks like a number. */
export function readScalarLines(text: string): readonly StepScalar[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : scalarOf(line.trim())));
}

/** What `readScalarLines` reads as these values again. */
export function writeScalarLines(value: unknown): string {
  const values = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return values
    .flatMap((each) =>
      typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean'
        ? scalarText(each)
        : [],
    )
    .join('\n');
}

export function asTexts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === null ? [] : [String(value)];
}

export function asPairs(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([key, item]) => [key, String(item)]);
}

/** One value or a list, as a list; truth values are left out. */
export function asScalars(value: unknown): readonly (string | number)[] {
  return (Array.isArray(value) ? value : [value]).filter(
    (each: unknown): each is string | number => typeof each === 'string' || typeof each === 'number',
  );
}
