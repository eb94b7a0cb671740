// Counts what suggestions need beyond a profile, over all rows; must not know what is suggested.
import { fail, succeed, type Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { CellValue } from '../engine/contract.ts';
import type { AskedEngine } from '../profile/ask-columns.ts';
import type { ColumnProfile, RelationProfile } from '../profile/profile-types.ts';
import type { ColumnMeasure, RelationMeasure } from './suggest-types.ts';

export interface MeasureRequest {
  /** Its macro library is loaded. */
  readonly engine: AskedEngine;
  /** Name of a table. */
  readonly relation: string;
  readonly profile: RelationProfile;
  /** Stops between two statements with `engine-cancelled`. */
  readonly signal?: AbortSignal;
}

const EMAIL = `'[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+'`;

function isNumber(profile: ColumnProfile): boolean {
  return ['integer', 'decimal', 'float'].includes(profile.kind);
}

/** Figures by the member of `ColumnMeasure` they fill. */
function expressionsOf(profile: ColumnProfile): Readonly<Record<string, string>> {
  const name = quoteIdentifier(profile.name);
  if (isNumber(profile) && profile.quartiles !== null) {
    const [q1, , q3] = profile.quartiles.map(Number);
    // Where half of the values are one, any other would be an outlier.
    if (q1 === undefined || q3 === undefined || !(q3 > q1) || !Number.isFinite(q3 - q1)) return {};
    const reach = 1.5 * (q3 - q1);
    const value = `CAST(${name} AS DOUBLE)`;
    return {
      outliers: `count(*) FILTER (NOT isnan(${value}) AND (${value} < ${q1 - reach} OR ${value} > ${q3 + reach}))`,
    };
  }
  if (profile.kind !== 'text') return {};
  const there = `trim(${name}) <> ''`;
  return {
    untidy: `count(*) FILTER (${there} AND sluice.text_trim(${name}) <> ${name})`,
    spellings: `count(DISTINCT ${name}) FILTER (${there}) - count(DISTINCT lower(sluice.text_trim(${name}))) FILTER (${there})`,
    texts: `count(*) FILTER (${there})`,
    numbers: `count(sluice.parse_number(${name})) FILTER (${there})`,
    dates: `count(sluice.parse_date(${name})) FILTER (${there})`,
    emails: `count(*) FILTER (regexp_full_match(trim(${name}), ${EMAIL}))`,
  };
}

function readMeasure(name: string, figures: ReadonlyMap<string, number>): ColumnMeasure {
  const figure = (key: string): number | null => figures.get(key) ?? null;
  return {
    name,
    outliers: figure('outliers'),
    untidy: figure('untidy'),
    spellings: figure('spellings'),
    texts: figure('texts'),
    numbers: figure('numbers'),
    dates: figure('dates'),
    emails: figure('emails'),
  };
}

async function askRow(request: MeasureRequest, sql: string): Promise<Result<readonly CellValue[]>> {
  if (request.signal?.aborted === true)
    return fail({ code: 'engine-cancelled', message: 'Looking for suggestions was stopped.' });
  const answer = await request.engine.query({ sql });
  return answer.ok ? succeed(answer.value.rows[0] ?? []) : answer;
}

/** @returns the engine's problem; `engine-cancelled` where the signal came between two statements. */
export async function measureRelation(request: MeasureRequest): Promise<Result<RelationMeasure>> {
  const { relation, profile } = request;
  const from = quoteIdentifier(relation);
  const columns: ColumnMeasure[] = [];
  for (const column of profile.columns) {
    const entries = Object.entries(expressionsOf(column));
    const list = entries.map(([, sql]) => sql).join(', ');
    const answer = entries.length === 0 ? succeed([]) : await askRow(request, `SELECT ${list} FROM ${from}`);
    if (!answer.ok) return answer;
    const figures = entries.map(([key], at) => [key, Number(answer.value[at] ?? 0)] as const);
    columns.push(readMeasure(column.name, new Map(figures)));
  }
  const distinct = await askRow(request, `SELECT count(*) FROM (SELECT DISTINCT * FROM ${from})`);
  if (!distinct.ok) return distinct;
  return succeed({ rows: profile.rows, duplicates: profile.rows - Number(distinct.value[0] ?? 0), columns });
}
