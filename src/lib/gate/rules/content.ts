// The rule `content`: no sensitive value may stand in the very bytes to be published; every row, column and format is read.
import { fail, succeed, type Result } from '../../base/result.ts';
import { quoteIdentifier } from '../../base/sql-text.ts';
import type { Engine } from '../../engine/contract.ts';
import { detectText } from '../../sensitivity/detect-text.ts';
import type { GateInput, RuleVerdict } from '../gate-input.ts';
import type { Finding } from '../gate-types.ts';
import { judgeColumns, lastSanitizer, writePath, type JudgedColumn } from '../judged-columns.ts';
import { suggestMend } from '../mend.ts';
import { countOf, summarizeRule } from '../outcome.ts';
import type { ReadBack, ReadTable } from '../read-back.ts';
import { searchColumn, valuesSql, type Hit } from './content-search.ts';

export type ContentInput = Pick<GateInput, 'columns' | 'lineage' | 'sources' | 'registry' | 'engine'> & {
  readonly readBack: ReadBack;
};

/** How many values of the column equal one of a source column, trimmed and case-folded; null where the source is not there. */
async function countRawValues(
  engine: Engine,
  table: ReadTable,
  column: JudgedColumn,
): Promise<number | null> {
  let total = 0;
  for (const { edge } of column.origins) {
    const raw = `SELECT lower(trim(CAST(${quoteIdentifier(edge.from.column)} AS VARCHAR))) FROM ${quoteIdentifier(edge.from.relation)}`;
    const answer = await engine.query({
      sql: `SELECT count(*) FROM (${valuesSql(table, column.name)}) WHERE lower(trim(v)) IN (SELECT r FROM (${raw}) AS raw(r) WHERE r IS NOT NULL AND r <> '')`,
    });
    if (!answer.ok) return null;
    total += Number(answer.value.rows[0]?.[0] ?? 0);
  }
  return total;
}

/** Every path ends in a sanitizer that makes values of this entity, and no value is a raw one. */
async function isExcused(hit: Hit, table: ReadTable, input: ContentInput): Promise<boolean> {
  const { origins } = hit.column;
  const isMade = origins.every(
    ({ edge }) => lastSanitizer(edge.via, input.registry)?.sanitizer?.produces === hit.condition.entity,
  );
  if (origins.length === 0 || !isMade || hit.condition.entity === 'DATE_TIME') return false;
  return (await countRawValues(input.engine, table, hit.column)) === 0;
}

function nameRows(hit: Hit): string {
  const rest = hit.count - hit.rows.length;
  const named = `${hit.rows.length === 1 ? 'row' : 'rows'} ${hit.rows.join(', ')}`;
  return rest > 0 ? `${named} and ${rest.toLocaleString('en-US')} more` : named;
}

function hitFinding(hit: Hit, table: ReadTable, input: ContentInput): Finding {
  const { column, condition, count } = hit;
  const first = column.origins[0];
  const mend = suggestMend({
    entity: condition.entity,
    type: column.type,
    column: column.name,
    isSecret: false,
    registry: input.registry,
  });
  return {
    rule: 'content',
    severity: condition.severity,
    column: column.name,
    path: first ? writePath(first.edge.path, column.name) : null,
    message: `${column.name} holds ${countOf(count, 'value')} of ${condition.entity} in ${table.file.path} (${nameRows(hit)}).`,
    mend,
  };
}

/** A pivot can turn values into names of columns. The name itself is the value, so it is named by its place. */
function nameFindings(columns: readonly JudgedColumn[]): readonly Finding[] {
  return columns.flatMap((column, index) =>
    detectText(column.name)
      .filter((span) => span.score >= 0.8)
      .map((span): Finding => {
        const isCertain = span.entity !== 'PERSON' && span.entity !== 'DATE_TIME';
        return {
          rule: 'content',
          severity: isCertain ? 'block' : 'warn',
          column: null,
          path: null,
          message: `The name of column ${index + 1} holds a value of ${span.entity}.`,
          mend: { text: 'Give the column another name with AS, or pivot by a token of the value.' },
        };
      }),
  );
}

/** Searches every table that was read back. @returns the engine's problem where a search fails: then nothing passes. */
export async function judgeContent(input: ContentInput): Promise<Result<RuleVerdict>> {
  const judged = judgeColumns(input);
  const findings: Finding[] = [...input.readBack.findings, ...nameFindings(judged)];
  let values = 0;
  for (const table of input.readBack.tables) {
    values += table.rowCount * table.columns.length;
    for (const [position, read] of table.columns.entries()) {
      const traced = judged[position];
      const isTraced = traced !== undefined && traced.name === read.name;
      const column: JudgedColumn = isTraced
        ? { ...traced, type: read.type }
        : { ...read, lineage: null, origins: [], sensitivity: null };
      const hits = await searchColumn(input.engine, table, column);
      if (!hits.ok) return fail(hits.error);
      for (const hit of hits.value)
        if (!(await isExcused(hit, table, input))) findings.push(hitFinding(hit, table, input));
    }
  }
  const blocked = findings.filter((finding) => finding.severity === 'block').length;
  const summary = `${countOf(input.readBack.tables.length, 'file')}, ${countOf(values, 'value')} read back, ${countOf(blocked, 'finding')} ${blocked === 1 ? 'blocks' : 'block'}`;
  return succeed({ findings, outcome: summarizeRule('content', findings, summary) });
}
