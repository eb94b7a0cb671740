// Literals that a statement compares with sensitive columns, found in its parse tree; must not know what the values are.
import { foldIdentifier, nameText } from '../lineage/identifiers.ts';
import type { ParseTree } from '../lineage/lineage-types.ts';
import { isRecord } from '../lineage/tree.ts';
import type { KnownValue, SensitiveColumn } from './share-types.ts';

/** Node kinds and names of functions that hold a value against another. */
const COMPARING = new Set(
  (
    'eq neq gt gte lt lte is in between like i_like ilike similar_to regexp_like regexp_i_like glob null_safe_eq null_safe_neq ' +
    'distinct_from is_distinct_from is_not_distinct_from any all starts_with ends_with prefix suffix contains ' +
    'regexp_matches regexp_full_match list_contains list_has array_contains array_has list_position array_position ' +
    'nullif str_position strpos instr position levenshtein jaro_similarity jaro_winkler_similarity'
  ).split(' '),
);

/** What is said of how many or how long tells no value. */
const COUNTING = new Set(['count', 'count_if', 'approx_count_distinct', 'length', 'char_length']);

/** What passes a value on as it is, for names given to it. */
const PASSING = new Set([
  'paren',
  'cast',
  'try_cast',
  'lower',
  'upper',
  'trim',
  'collation',
  'coalesce',
  'any_value',
]);

type ByName = ReadonlyMap<string, KnownValue>;

function entriesOf(node: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(node) ? Object.entries(node) : [];
}

/** The sensitive column that a part mentions, if any. */
function mentioned(part: unknown, sensitive: ByName): KnownValue | null {
  if (Array.isArray(part)) return firstOf(part, (item) => mentioned(item, sensitive));
  return firstOf(entriesOf(part), ([key, value]) => {
    if (COUNTING.has(key) || key === 'select') return null;
    if (key === 'function' && isRecord(value) && COUNTING.has(functionName(value))) return null;
    if (key === 'column' && isRecord(value))
      return sensitive.get(foldIdentifier(nameText(value['name']) ?? '')) ?? null;
    return mentioned(value, sensitive);
  });
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

function functionName(fields: Readonly<Record<string, unknown>>): string {
  return (nameText(fields['name']) ?? '').toLowerCase();
}

/** Values of the literals in a part, as the tree has them. */
function literalsIn(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(literalsIn);
  return entriesOf(part).flatMap(([key, value]) => {
    if (key === 'literal' && isRecord(value) && typeof value['value'] === 'string') return [value['value']];
    return literalsIn(value);
  });
}

/** The parts of a node that are held against each other; null where it compares nothing. */
function operandsOf(kind: string, fields: Readonly<Record<string, unknown>>): readonly unknown[] | null {
  if (kind === 'case' && isRecord(fields['operand'])) {
    const whens = Array.isArray(fields['whens']) ? fields['whens'] : [];
    return [fields['operand'], ...whens.map((when) => (Array.isArray(when) ? (when[0] as unknown) : null))];
  }
  const compares = COMPARING.has(kind) || (kind === 'function' && COMPARING.has(functionName(fields)));
  return compares ? Object.values(fields).flatMap((value) => (Array.isArray(value) ? value : [value])) : null;
}

function collect(part: unknown, sensitive: ByName, found: Map<string, KnownValue>): void {
  if (Array.isArray(part)) {
    for (const item of part) collect(item, sensitive, found);
    return;
  }
  for (const [kind, fields] of entriesOf(part)) {
    const operands = isRecord(fields) ? operandsOf(kind, fields) : null;
    const column = operands ? mentioned(operands, sensitive) : null;
    if (operands && column) {
      const others = operands.filter((operand) => mentioned(operand, sensitive) === null);
      for (const value of others.flatMap(literalsIn)) found.set(value.replaceAll('_', ''), column);
    }
    collect(fields, sensitive, found);
  }
}

/** The column whose values an expression passes on as they are. */
function passedOn(expression: unknown, sensitive: ByName): KnownValue | null {
  const [entry] = entriesOf(expression);
  if (!entry || !isRecord(entry[1])) return null;
  const [kind, fields] = entry;
  if (kind === 'column') return sensitive.get(foldIdentifier(nameText(fields['name']) ?? '')) ?? null;
  if (!PASSING.has(kind)) return null;
  const [first] = Array.isArray(fields['expressions']) ? (fields['expressions'] as unknown[]) : [];
  return passedOn(fields['this'] ?? first, sensitive);
}

function addAliases(part: unknown, names: Map<string, KnownValue>): void {
  if (Array.isArray(part)) {
    for (const item of part) addAliases(item, names);
    return;
  }
  for (const [kind, fields] of entriesOf(part)) {
    if (kind === 'alias' && isRecord(fields)) {
      const column = passedOn(fields['this'], names);
      const name = foldIdentifier(nameText(fields['alias']) ?? '');
      if (column && name !== '' && !names.has(name)) names.set(name, column);
    }
    addAliases(fields, names);
  }
}

/** Sensitive columns by folded name, with the names that the statements give them; tables are not told apart. */
export function nameSensitive(columns: readonly SensitiveColumn[], trees: readonly ParseTree[]): ByName {
  const names = new Map<string, KnownValue>();
  for (const { name, column, entity } of columns) {
    const folded = foldIdentifier(name);
    if (!names.has(folded)) names.set(folded, { column, entity });
  }
  for (let before = -1; before !== names.size;) {
    before = names.size;
    for (const tree of trees) addAliases(tree, names);
  }
  return names;
}

/**
 * Literals held against a sensitive column (`email = 'x'`, `salary > 1`, `name LIKE 'K%'`, `CASE city WHEN 'x'`), by their
 * value without underscores, with the column. A literal that stands beside the column within one operand
 * (`split_part(email, '@', 2)`) is not among them.
 */
export function comparedLiterals(tree: ParseTree, sensitive: ByName): ReadonlyMap<string, KnownValue> {
  const found = new Map<string, KnownValue>();
  collect(tree, sensitive, found);
  return found;
}
