// The engine's type for a column, from all that was seen in it, and words for what a person should know; must not read values.
import { TEXT, type ValueShape } from './value-shape.ts';

/** How values travel (`kind`) and what they become (`type`). */
export type ColumnPlan =
  | {
      readonly kind: 'boolean' | 'bigint' | 'double' | 'text' | 'date' | 'timestamp';
      readonly type: string;
    }
  | { readonly kind: 'struct'; readonly type: string; readonly fields: readonly PlannedField[] }
  | { readonly kind: 'list'; readonly type: string; readonly item: ColumnPlan };

export interface PlannedField {
  /** As in the file. */
  readonly key: string;
  readonly name: string;
  readonly plan: ColumnPlan;
}

export type Note = (text: string) => void;

export const TEXT_PLAN: ColumnPlan = { kind: 'text', type: 'VARCHAR' };
const MOST_FIELDS = 500;
const INT64 = 1n << 63n;
const INT128 = 1n << 127n;

const count = (value: number, word: string): string =>
  `${value.toLocaleString('en')} ${word}${value === 1 ? '' : 's'}`;

/** `"a"` as DuckDB writes a member of a struct. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Names that differ by more than their case, and are not empty. */
export function uniqueNames(names: readonly string[], note: Note): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const base = name.trim() === '' ? `column${index}` : name;
    let unique = base;
    for (let next = 1; taken.has(unique.toLowerCase()); next++) unique = `${base}_${next}`;
    taken.add(unique.toLowerCase());
    if (unique !== name)
      note(
        name.trim() === ''
          ? `Column ${index + 1} has no name in the file and is called “${unique}”.`
          : `The name “${name}” occurs more than once; column ${index + 1} is called “${unique}”.`,
      );
    return unique;
  });
}

function numberPlan(shape: ValueShape, path: string, note: Note): ColumnPlan {
  if (shape.wild > 0) {
    note(`“${path}” has ${count(shape.wild, 'number')} too large for a number type; it is read as text.`);
    return TEXT_PLAN;
  }
  const isWide = shape.least < -(1n << 53n) || shape.greatest > 1n << 53n;
  if (shape.fractions + shape.exactFractions > 0) {
    if (isWide || shape.exactFractions > 0)
      note(
        `“${path}” has numbers with more digits than a DOUBLE keeps; they are rounded. Choose VARCHAR or DECIMAL to keep them.`,
      );
    return { kind: 'double', type: 'DOUBLE' };
  }
  if (shape.least >= -INT64 && shape.greatest < INT64) return { kind: 'bigint', type: 'BIGINT' };
  if (shape.least >= -INT128 && shape.greatest < INT128) return { kind: 'text', type: 'HUGEINT' };
  note(`“${path}” has whole numbers too long for any number type; it is read as text.`);
  return TEXT_PLAN;
}

function textPlan(shape: ValueShape, path: string, note: Note): ColumnPlan {
  if (shape.textKinds === TEXT.date) return { kind: 'date', type: 'DATE' };
  if (shape.textKinds === TEXT.timestamp) return { kind: 'timestamp', type: 'TIMESTAMP' };
  if (shape.textKinds !== TEXT.zoned) return TEXT_PLAN;
  note(`“${path}”: timestamps with a time zone are kept as the same instant in UTC.`);
  return { kind: 'timestamp', type: 'TIMESTAMP' };
}

function structPlan(shape: ValueShape, path: string, note: Note): ColumnPlan {
  if (shape.fields.size === 0) return TEXT_PLAN;
  if (shape.fields.size > MOST_FIELDS) {
    note(`“${path}” has ${count(shape.fields.size, 'different member')}; it is read as JSON text.`);
    return TEXT_PLAN;
  }
  const keys = [...shape.fields.keys()];
  const names = uniqueNames(keys, (text) => note(`In “${path}”: ${text}`));
  const fields = [...shape.fields].map(([key, field], index) => ({
    key,
    name: names[index] ?? key,
    plan: planColumn(field, `${path}.${key}`, note),
  }));
  const members = fields.map(({ name, plan }) => `${quoted(name)} ${plan.type}`);
  return { kind: 'struct', type: `STRUCT(${members.join(', ')})`, fields };
}

/** Kinds of values there are, in words. */
function kindsOf(shape: ValueShape): string[] {
  const numbers = shape.wholes + shape.fractions + shape.exactFractions + shape.wild;
  const kinds: readonly (readonly [number, string])[] = [
    [shape.texts, 'text'],
    [numbers, 'number'],
    [shape.booleans, 'truth value'],
    [shape.dates, 'date'],
    [shape.objects, 'object'],
    [shape.lists, 'list'],
  ];
  return kinds.filter(([each]) => each > 0).map(([each, word]) => count(each, word));
}

export function planColumn(shape: ValueShape, path: string, note: Note): ColumnPlan {
  const kinds = kindsOf(shape);
  if (kinds.length === 0) return TEXT_PLAN;
  if (kinds.length > 1) {
    const last = kinds.at(-1);
    note(`“${path}” holds ${kinds.slice(0, -1).join(', ')} and ${last}; it is read as text.`);
    return TEXT_PLAN;
  }
  if (shape.booleans > 0) return { kind: 'boolean', type: 'BOOLEAN' };
  if (shape.texts > 0) return textPlan(shape, path, note);
  if (shape.dates > 0) {
    return shape.times > 0 ? { kind: 'timestamp', type: 'TIMESTAMP' } : { kind: 'date', type: 'DATE' };
  }
  if (shape.objects > 0) return structPlan(shape, path, note);
  if (shape.item !== null && shape.lists > 0) {
    const item = planColumn(shape.item, `${path}[]`, note);
    return { kind: 'list', type: `${item.type}[]`, item };
  }
  return numberPlan(shape, path, note);
}

/** The engine's type of what travels, before any cast. */
export function travelType(plan: ColumnPlan): string {
  switch (plan.kind) {
    case 'struct':
      return `STRUCT(${plan.fields.map(({ name, plan: each }) => `${quoted(name)} ${travelType(each)}`).join(', ')})`;
    case 'list':
      return `${travelType(plan.item)}[]`;
    case 'text':
      return 'VARCHAR';
    default:
      return plan.type;
  }
}
