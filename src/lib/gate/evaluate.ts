// Runs every rule over what is to be published and is the only maker of `Passed`; must not know what happens with it.
import { fail, succeed, type Result } from '../base/result.ts';
import { describeForPublication } from '../quality/published-checks.ts';
import type { GateInput } from './gate-input.ts';
import type { Blocked, Passed, Verdict } from './gate-types.ts';
import { dropTables, readFilesBack, type ReadBack, type ReadTable } from './read-back.ts';
import { judgeContent } from './rules/content.ts';
import { judgeCorrelated } from './rules/correlated.ts';
import { judgeDemo } from './rules/demo.ts';
import { judgeLineage } from './rules/lineage.ts';
import { judgeMetadata } from './rules/metadata.ts';
import { judgeQuality } from './rules/quality.ts';
import { judgeRisk } from './rules/risk.ts';

/** Parquet keeps NULL and empty text apart, as text formats may not. */
function tableToMeasure({ tables }: ReadBack): ReadTable | null {
  return tables.find(({ file }) => file.format === 'parquet') ?? tables[0] ?? null;
}

async function judge(input: GateInput, readBack: ReadBack): Promise<Result<Verdict>> {
  const lineage = judgeLineage(input);
  const content = await judgeContent({ ...input, readBack });
  if (!content.ok) return fail(content.error);
  const risk = await judgeRisk({ ...input, table: tableToMeasure(readBack) });
  if (!risk.ok) return fail(risk.error);
  const relation = input.lineage.relation;
  const quality = judgeQuality({ checks: input.checks, relation });
  const demo = judgeDemo(input);
  const metadata = judgeMetadata(input.metadata);
  const correlated = judgeCorrelated(input);
  const verdicts = [lineage, content.value, correlated, risk.value, quality, metadata, demo].filter(
    (each) => each !== null,
  );
  const body: Omit<Blocked, 'verdict'> = {
    findings: verdicts.flatMap((verdict) => verdict.findings),
    rules: verdicts.map((verdict) => verdict.outcome),
    files: readBack.files,
    risk: risk.value.risk,
    quality: input.checks.map((check) => describeForPublication(check, relation)),
  };
  if (body.rules.some((rule) => rule.outcome === 'block'))
    return succeed(Object.freeze<Blocked>({ ...body, verdict: 'blocked' }));
  return succeed(Object.freeze({ ...body, verdict: 'passed' } as Passed));
}

/**
 * Judges the lineage, the bytes, the risk, the checks and the metadata of one publication. Default deny: what cannot be analysed, read back or
 * measured is blocked. The verdict vouches for exactly the files whose digests it names.
 * @returns the engine's problem where it broke down; there is no verdict then, and nothing can be published.
 */
export async function evaluateGate(input: GateInput): Promise<Result<Verdict>> {
  const readBack = await readFilesBack(input);
  try {
    return await judge(input, readBack);
  } finally {
    await dropTables(input.engine, readBack.tables);
  }
}
