// Sentences about columns for people; must not know where they are shown.
import type { ColumnDescription } from './dataset-description.ts';

/** Where a column's values come from and what was done on the way. */
function originSentence(column: ColumnDescription): string {
  if (column.origins.length === 0) return 'Computed, from no source column.';
  const origins = column.origins.map((ref) => `${ref.relation}.${ref.column}`).join(', ');
  const treatments = [...new Set(column.treatments.map((each) => `${each.macro} (shows ${each.shows})`))];
  const imputations =
    column.imputations.length === 0 ? '' : ` Gaps filled by ${column.imputations.join(', ')}.`;
  const by = treatments.length === 0 ? '' : `, by ${treatments.join(', ')}`;
  return `From ${origins}${by}.${imputations}`;
}

/** Meaning as declared, then the origin. */
export function columnSentence(column: ColumnDescription): string {
  const declared = [column.label, column.meaning].filter((text) => text !== null && text !== '').join(': ');
  const stop = declared === '' || /[.!?]$/.test(declared) ? declared : `${declared}.`;
  return [stop, originSentence(column)].filter((text) => text !== '').join(' ');
}
