// Output columns with what they come from and what happened on the way; must not know any document's form.
import type { Sensitivity } from '../base/sensitivity-level.ts';
import { higherSensitivity } from '../base/sensitivity-level.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { ColumnLineage, ColumnRef, DirectEdge, RelationLineage } from '../lineage/lineage-types.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { ColumnDescription, LoweredOrigin, PrivacyStatement, Treatment } from './dataset-description.ts';

/** What is known of a source column. */
export interface OriginLevel {
  readonly relation: string;
  readonly column: string;
  readonly sensitivity: Sensitivity;
  readonly label?: string;
  readonly meaning?: string;
  /** Where the owner lowered the level: what was found, and the owner's reason. */
  readonly lowered?: { readonly found: Sensitivity; readonly reason: string };
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

function loweredOrigin(from: ColumnRef, level: OriginLevel | undefined): readonly LoweredOrigin[] {
  if (level?.lowered === undefined) return [];
  return [{ from, declared: level.sensitivity, ...level.lowered }];
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
    lowered: origins.flatMap((ref, i) => loweredOrigin(ref, levels[i])),
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

/** One sentence for each column with a lowered origin: who lowered it, from what to what, and why. */
function loweredWords(columns: readonly ColumnDescription[]): readonly string[] {
  return columns.flatMap((column) =>
    column.lowered.map(({ from, found, declared, reason }) => {
      const source = `${from.relation}.${from.column}`;
      return `“${column.name}” comes from ${source}, found to be ${found} and lowered to ${declared} by the owner, with the reason: ${reason}`;
    }),
  );
}

/** The status where no identifying column in force was treated. */
function stateUntreated(columns: readonly ColumnDescription[]): Pick<PrivacyStatement, 'status' | 'reasons'> {
  const lowered = columns.flatMap((column) => column.lowered);
  const names = columns
    .filter((column) => column.originSensitivity !== 'none')
    .map((column) => `“${column.name}”`)
    .join(', ');
  if (lowered.some((each) => isIdentifying(each.found)) || (names === '' && lowered.length > 0)) {
    const others = names === '' ? [] : [`${names} come from sensitive columns.`];
    return { status: 'lowered-by-owner', reasons: others };
  }
  if (names !== '') {
    const reason = `No identifying value is in it; ${names} come from sensitive columns.`;
    return { status: 'generalized', reasons: [reason] };
  }
  return {
    status: 'without-personal-columns',
    reasons: ['No column comes from a column found or declared sensitive.'],
  };
}

/**
 * Whether the data are pseudonymous and why, with every column whose level the owner lowered. Never claims that data
 * are anonymous: that depends on what else a reader holds (GDPR recital 26).
 */
export function statePrivacy(columns: readonly ColumnDescription[], k: number | null): PrivacyStatement {
  const treated = columns.filter((column) =>
    column.treatments.some((each) => isIdentifying(each.sensitivity)),
  );
  const lowered = loweredWords(columns);
  const classes =
    k === null
      ? []
      : [`Every combination of the declared quasi-identifiers is shared by at least ${k} rows.`];
  if (treated.length === 0) {
    const { status, reasons } = stateUntreated(columns);
    return { status, reasons: [...reasons, ...lowered, ...classes], k };
  }
  const named = treated.map((column) => `“${column.name}” comes from ${originWords(column)}.`);
  const why =
    'Values made from identifying columns can be linked to persons by whoever holds the key or the sources.';
  return { status: 'pseudonymous', reasons: [...named, why, ...lowered, ...classes], k };
}
