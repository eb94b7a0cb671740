// The columns that the members of JSON records become; must not read records.
import type { JsonImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { planColumn, travelType, uniqueNames, type ColumnPlan } from './column-plan.ts';
import type { Survey } from './json-survey.ts';
import type { TypedColumn } from './typed-table.ts';
import type { ValueShape } from './value-shape.ts';

export interface JsonColumn extends TypedColumn {
  readonly inFile: string;
  /** Members that lead to the value; empty where the record itself is it. */
  readonly path: readonly string[];
}

interface Leaf {
  readonly path: readonly string[];
  readonly label: string;
  readonly shape: ValueShape;
}

/** Members of the records, those of nested objects in their places where asked for. */
function leavesOf(shape: ValueShape, flatten: boolean, path: readonly string[] = []): Leaf[] {
  return [...shape.fields].flatMap(([key, field]) => {
    const at = [...path, key];
    const { texts, wholes, fractions, exactFractions, wild, booleans, lists } = field;
    const others = texts + wholes + fractions + exactFractions + wild + booleans + lists;
    const isOnlyObject = field.objects > 0 && others === 0;
    return flatten && isOnlyObject && field.fields.size > 0
      ? leavesOf(field, true, at)
      : [{ path: at, label: at.join('_'), shape: field }];
  });
}

export function planColumns(
  survey: Survey,
  options: JsonImportOptions,
  note: (text: string) => void,
): JsonColumn[] {
  const leaves: readonly Leaf[] = survey.hasObjects
    ? leavesOf(survey.shape, options.flatten ?? false)
    : [{ path: [], label: 'value', shape: survey.shape }];
  const names = uniqueNames(
    leaves.map(({ label }) => label),
    note,
  );
  return leaves.map(({ path, shape }, index) => {
    const inFile = names[index] ?? '';
    const asked = options.types?.[inFile] ?? null;
    const planned = planColumn(shape, inFile, asked === null ? note : () => {});
    const isAsked = asked !== null && asked !== planned.type;
    const isNested = planned.kind === 'struct' || planned.kind === 'list';
    const travels: ColumnPlan =
      isAsked && (asked === 'VARCHAR' || !isNested) ? { kind: 'text', type: 'VARCHAR' } : planned;
    const needsCast = isAsked && asked !== travelType(travels);
    return {
      name: options.rename?.[inFile] ?? inFile,
      inFile,
      path,
      plan: travels,
      asked: needsCast ? asked : null,
    };
  });
}

export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as Readonly<Record<string, unknown>>)[key];
  }
  return at;
}
