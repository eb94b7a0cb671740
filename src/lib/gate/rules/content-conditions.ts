// Which SQL conditions find sensitive values in a column that is about to be published; must not run them.
import { findNameHint, isVetoed } from '../../sensitivity/name-hint.ts';
import { birthDate } from '../../sensitivity/recognizers/birth-date.ts';
import type { Recognizer } from '../../sensitivity/recognizers/recognizer.ts';
import { RECOGNIZERS } from '../../sensitivity/recognizers/recognizers.ts';
import { typeFamily } from '../../sensitivity/type-family.ts';
import type { JudgedColumn } from '../judged-columns.ts';

/** One thing to look for in a column. */
export interface ContentCondition {
  readonly entity: string;
  /** Boolean SQL over `v` (as text) and `x` (as stored). */
  readonly sql: string;
  /** Share of the non-NULL values from which it counts; 0: one value is enough. */
  readonly share: number;
  readonly severity: 'block' | 'warn';
}

function hasStrongHint(column: JudgedColumn, recognizer: Recognizer): boolean {
  return findNameHint(column.name, recognizer.hints)?.strength === 'strong';
}

function conditionOf(column: JudgedColumn, recognizer: Recognizer): ContentCondition | null {
  const { content, entity } = recognizer;
  const family = typeFamily(column.type);
  if (!content) return null;
  const severity = isVetoed(column.name, recognizer.hints) ? 'warn' : 'block';
  const isHinted = hasStrongHint(column, recognizer);
  if (content.kind === 'any') {
    const sql = (isHinted ? content.withHint?.[family] : undefined) ?? content.certain[family];
    return sql === undefined ? null : { entity, sql, share: 0, severity };
  }
  const sql = recognizer.shapes[family]?.validated;
  if (sql === undefined) return null;
  return { entity, sql, share: isHinted ? content.shareWithHint : content.share, severity };
}

/** A date that is neither the first of its month nor a Monday was not truncated to a week or more. */
const EXACT_DAY_SQL =
  'CASE WHEN TRY_CAST(x AS DATE) IS NULL THEN FALSE ELSE day(TRY_CAST(x AS DATE)) <> 1 AND isodow(TRY_CAST(x AS DATE)) <> 1 END';

/** Exact dates of birth: by name, or because the column comes from one. A tenth of exact days is beyond chance. */
function birthCondition(column: JudgedColumn): ContentCondition | null {
  const family = typeFamily(column.type);
  if (family !== 'date' && family !== 'timestamp' && family !== 'text') return null;
  const comesFromBirth = column.origins.some(
    ({ source }) => source?.entity === birthDate.entity && source.sensitivity === 'direct',
  );
  if (!comesFromBirth && !hasStrongHint(column, birthDate)) return null;
  return { entity: birthDate.entity, sql: EXACT_DAY_SQL, share: 0.1, severity: 'block' };
}

/** Everything to look for in a column, given its type as read back and its origins. */
export function conditionsFor(column: JudgedColumn): readonly ContentCondition[] {
  const found = RECOGNIZERS.map((recognizer) => conditionOf(column, recognizer));
  return [...found, birthCondition(column)].filter((condition) => condition !== null);
}
