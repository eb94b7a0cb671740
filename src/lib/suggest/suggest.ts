// All suggestions for a relation, what protects first; must not know the engine or the notebook.
import type { RelationProfile } from '../profile/profile-types.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';
import { isNumeric, suggestCleansing } from './cleansing.ts';
import { suggestProtecting } from './protecting.ts';
import type { Looked, RelationMeasure, Suggestion } from './suggest-types.ts';
import { countWords, suggestionOf } from './suggestion-words.ts';

export interface SuggestRequest {
  readonly profile: RelationProfile;
  readonly measure: RelationMeasure;
  readonly findings: readonly ColumnFinding[];
  /** Ids of suggestions that were dismissed for good. */
  readonly dismissed: ReadonlySet<string>;
}

/** Ratio of the widest to the narrowest quartile range from which numbers count as of different scales. */
const DIFFERENT_SCALES = 100;

function suggestDeduplicating({ profile, measure }: SuggestRequest): readonly Suggestion[] {
  const { duplicates, rows } = measure;
  if (duplicates === 0) return [];
  const keys = profile.columns.map(({ name }) => name);
  const parts = {
    columns: [],
    title: 'Remove rows that repeat another one',
    reason: `${countWords(duplicates, rows, 'row')} equal to another in every column.`,
    figure: { count: duplicates, of: rows },
    step: { kind: 'deduplicate', parameters: { keys, keep: 'first' } },
  } as const;
  return [suggestionOf(parts)];
}

function suggestScaling(looked: readonly Looked[]): readonly Suggestion[] {
  const spread = looked.flatMap(({ profile, finding }) => {
    const isPlain = finding === null || ['none', 'quasi'].includes(finding.sensitivity);
    if (!isNumeric(profile) || !isPlain || profile.quartiles === null || profile.distinct < 10) return [];
    // A key is no measurement.
    if (profile.distinct === profile.rows && profile.kind === 'integer') return [];
    const width = Number(profile.quartiles[2]) - Number(profile.quartiles[0]);
    return width > 0 && Number.isFinite(width) ? [{ name: profile.name, width }] : [];
  });
  if (spread.length < 2) return [];
  const widths = spread.map(({ width }) => width);
  const ratio = Math.max(...widths) / Math.min(...widths);
  if (ratio < DIFFERENT_SCALES) return [];
  const columns = spread.map(({ name }) => name);
  const reason = `The widest column spreads ${Math.round(ratio).toLocaleString('en')} times as far as the narrowest.`;
  return [
    suggestionOf({
      columns,
      title: `Bring ${columns.length} columns to one scale`,
      reason,
      figure: { count: Math.round(ratio), of: 1 },
      step: { kind: 'scale', parameters: { column: columns, method: 'standard' } },
    }),
  ];
}

/** In the order to show them: what protects, then whole rows, then the columns in theirs. */
export function suggest(request: SuggestRequest): readonly Suggestion[] {
  const { profile, measure, findings, dismissed } = request;
  if (profile.rows === 0) return [];
  const looked = profile.columns.flatMap((column): readonly Looked[] => {
    const measured = measure.columns.find(({ name }) => name === column.name);
    const finding = findings.find(({ name }) => name === column.name) ?? null;
    return measured ? [{ profile: column, measure: measured, finding }] : [];
  });
  return [
    ...looked.flatMap(suggestProtecting),
    ...suggestDeduplicating(request),
    ...looked.flatMap(suggestCleansing),
    ...suggestScaling(looked),
  ].filter(({ id }) => !dismissed.has(id));
}
