// Output columns with what they come from and what happened on the way; must not know any document's form.
import type { Sensitivity } from '../base/sensitivity-level.ts';
import { higherSensitivity } from '../base/sensitivity-level.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { ColumnLineage, ColumnRef, DirectEdge, RelationLineage } from '../lineage/lineage-types.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { ColumnDescription, PrivacyStatement, Treatment } from './dataset-description.ts';

/** What is known of a source column. */
export interface OriginLevel {
  readonly relation: string;
  readonly column: string;
  readonly sensitivity: Sensitivity;
  readonly label?: string;
  readonly meaning?: string;
}

export interface ColumnSources {
  readonly lineage: RelationLineage;
  readonly levels: readonly OriginLevel[];
  readonly registry: MacroRegistry;
}

function findLevel(levels: readonly OriginLevel[], ref: ColumnRef): OriginLevel | undefined {
  const [relation, column] = [ref.relation.toLowerCase(), ref.column.toLowerCase()];
  return levels.find(
    (level) => level.relation.toLowerCase() === relation && level.column.toLowerCase() === column,
  );
}

function treatmentsOf(edge: DirectEdge, { levels, registry }: ColumnSources): readonly Treatment[] {
  return edge.via.flatMap((step) => {
    const sanitizer = step.isLibraryMacro ? registry.find(step.name)?.sanitizer : null;
    if (!sanitizer) return [];
    const sensitivity = findLevel(levels, edge.from)?.sensitivity ?? 'none';
    return [{ macro: step.name, from: edge.from, sensitivity, shows: sanitizer.shows }];
  });
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

function describeColumn(
  column: ColumnType,
  lineage: ColumnLineage | undefined,
  sources: ColumnSources,
): ColumnDescription {
  const direct = lineage?.direct ?? [];
  const origins = uniqueBy(
    direct.map((edge) => edge.from),
    (ref) => JSON.stringify([ref.relation, ref.column]),
  );
  const levels = origins.map((ref) => findLevel(sources.levels, ref));
  const only = levels.length === 1 ? levels[0] : undefined;
  const library = direct.flatMap((edge) =>
    edge.via.filter((step) => step.isLibraryMacro).map((step) => step.name),
  );
  return {
    name: column.name,
    type: column.type,
    label: only?.label ?? null,
    meaning: only?.meaning ?? null,
    origins,
    treatments: uniqueBy(
      direct.flatMap((edge) => treatmentsOf(edge, sources)),
      (treatment) => JSON.stringify([treatment.macro, treatment.from.relation, treatment.from.column]),
    ),
    originSensitivity: levels.reduce<Sensitivity>(
      (sum, level) => higherSensitivity(sum, level?.sensitivity ?? 'none'),
      'none',
    ),
    imputations: [...new Set(library.filter((name) => name.startsWith('impute_')))],
  };
}

/** One description for each column as written, in their order. */
export function describeColumns(
  columns: readonly ColumnType[],
  sources: ColumnSources,
): readonly ColumnDescription[] {
  return columns.map((column) => {
    const name = column.name.toLowerCase();
    const lineage = sources.lineage.columns.find((each) => each.name.toLowerCase() === name);
    return describeColumn(column, lineage, sources);
  });
}

function isIdentifying(level: Sensitivity): boolean {
  return level === 'direct' || level === 'secret';
}

function originWords(column: ColumnDescription): string {
  const from = column.treatments.filter((treatment) => isIdentifying(treatment.sensitivity));
  return from.map((each) => `${each.from.relation}.${each.from.column} by ${each.macro}`).join(', ');
}

/**
 * Whether the data are pseudonymous and why. Never claims that data are anonymous: that depends on what else a reader
 * holds (GDPR recital 26).
 */
export function statePrivacy(columns: readonly ColumnDescription[], k: number | null): PrivacyStatement {
  const treated = columns.filter((column) =>
    column.treatments.some((each) => isIdentifying(each.sensitivity)),
  );
  const quasi = columns.filter((column) => column.originSensitivity !== 'none' && !treated.includes(column));
  const classes =
    k === null
      ? []
      : [`Every combination of the declared quasi-identifiers is shared by at least ${k} rows.`];
  if (treated.length > 0) {
    const named = treated.map((column) => `“${column.name}” comes from ${originWords(column)}.`);
    const why =
      'Values made from identifying columns can be linked to persons by whoever holds the key or the sources.';
    return { status: 'pseudonymous', reasons: [...named, why, ...classes], k };
  }
  if (quasi.length > 0) {
    const names = quasi.map((column) => `“${column.name}”`).join(', ');
    return {
      status: 'generalized',
      reasons: [`No identifying value is in it; ${names} come from sensitive columns.`, ...classes],
      k,
    };
  }
  return {
    status: 'without-personal-columns',
    reasons: ['No column comes from a column found or declared sensitive.'],
    k,
  };
}
