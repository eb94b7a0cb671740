// Which declared quasi-identifier to make coarser first, tried out on the data; must not judge.
import { quoteIdentifier } from '../../base/sql-text.ts';
import type { ColumnType, Engine } from '../../engine/contract.ts';
import { measureRisk } from '../../risk/risk.ts';
import type { RiskReport } from '../../risk/risk-types.ts';
import { typeFamily } from '../../sensitivity/type-family.ts';
import type { Mend } from '../gate-types.ts';
import { countOf } from '../outcome.ts';

/** Columns tried; each costs one grouping of the whole table. */
const MOST_TRIED = 12;

export interface HintRequest {
  readonly engine: Engine;
  readonly relation: string;
  /** With the types of the published relation; a text format reads back as text. */
  readonly quasi: readonly ColumnType[];
  readonly k: number;
  readonly report: RiskReport;
}

const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.01 ? 2 : 1)} %`;

function writeName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name);
}

/** 1, 2 or 5 times a power of ten, so that about ten ranges cover the spread. */
function niceWidth(spread: number): number {
  const raw = spread / 10;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10;
  return step * power;
}

async function coarserForm(request: HintRequest, column: ColumnType): Promise<string | null> {
  const name = quoteIdentifier(column.name);
  const from = `FROM ${quoteIdentifier(request.relation)}`;
  const family = typeFamily(column.type);
  if (family === 'date' || family === 'timestamp') {
    const answer = await request.engine.query({
      sql: `SELECT count(*) FILTER (WHERE dayofyear(TRY_CAST(${name} AS DATE)) <> 1) ${from}`,
    });
    const isByYear = answer.ok && Number(answer.value.rows[0]?.[0] ?? 1) === 0;
    return `truncate_date(${writeName(column.name)}, '${isByYear ? 'decade' : 'year'}')`;
  }
  if (family !== 'integer' && family !== 'decimal' && family !== 'float') return null;
  const answer = await request.engine.query({
    sql: `SELECT max(TRY_CAST(${name} AS DOUBLE)) - min(TRY_CAST(${name} AS DOUBLE)) ${from}`,
  });
  const spread = answer.ok ? Number(answer.value.rows[0]?.[0] ?? 0) : 0;
  if (!Number.isFinite(spread) || spread <= 0) return null;
  const width = niceWidth(spread);
  return width >= 0.000001 && width <= 1e15 ? `bucket_number(${writeName(column.name)}, ${width})` : null;
}

interface Trial {
  readonly column: ColumnType;
  readonly without: RiskReport;
}

async function tryEach(request: HintRequest): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const column of request.quasi.slice(0, MOST_TRIED)) {
    const quasi = request.quasi.filter((other) => other !== column).map((other) => other.name);
    const measured = await measureRisk({
      engine: request.engine,
      relation: request.relation,
      quasi,
      k: request.k,
    });
    if (measured.ok) trials.push({ column, without: measured.value });
  }
  return trials.sort(
    (a, b) => a.without.recordsAtRisk - b.without.recordsAtRisk || a.without.classes - b.without.classes,
  );
}

/** One greedy step with real figures: the column whose absence would leave the fewest rows at risk. */
export async function suggestGeneralization(request: HintRequest): Promise<Mend> {
  const [best] = await tryEach(request);
  const small = countOf(Math.round(request.report.recordsAtRisk * request.report.rows), 'row');
  if (!best) return { text: `Leave out the ${small} in small classes.` };
  const expression = await coarserForm(request, best.column);
  const name = writeName(best.column.name);
  const how = expression ? ` with ${expression}` : ', or leave it out';
  const text =
    `Make ${name} coarser${how}: without it ${percent(best.without.recordsAtRisk)} of the rows would be at risk instead of ` +
    `${percent(request.report.recordsAtRisk)} (k ${best.without.k}). Or leave out the ${small} in small classes.`;
  return expression ? { text, expression } : { text };
}
