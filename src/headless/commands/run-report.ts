// The outcome of `sluice run` as the promised JSON and as text; must not run anything.
import type { Finding } from '../../lib/gate/gate-types.ts';
import type { CompletedRelease, Release } from '../../lib/release/release.ts';
import type { Replay } from '../../lib/run/replay.ts';
import { isBlocking } from '../../lib/quality/check-types.ts';
import { describeCheck, writeCheckLine } from '../check-report.ts';
import type { CommandOutcome } from '../command-outcome.ts';

export interface RunOutcome {
  readonly replay: Replay;
  readonly releases: { readonly release: Release; readonly completed: CompletedRelease | null }[];
}

function describeCells({ cells }: Replay) {
  return cells.map(({ name, report, problem }) => ({
    name,
    state: problem ? 'failed' : 'done',
    rows: report?.rowCount ?? null,
    columns: report?.columns ?? [],
    elapsedMs: report ? Math.round(report.elapsedMs) : null,
    problem: problem ? { code: problem.code, message: problem.message, hint: problem.hint ?? null } : null,
  }));
}

function describeFinding({ rule, column, path, message, mend, severity }: Finding) {
  return { rule, column, path, message, mend: mend.text, severity };
}

function describeModule({ release, completed }: RunOutcome['releases'][number]) {
  if (!completed) return null;
  const rows = new Map(release.exported.files.map((file) => [file.path, file.rowCount]));
  const files = completed.module.commit.files.map((file) => ({ ...file, rows: rows.get(file.path) ?? null }));
  return { version: completed.summary.version, uri: completed.uri, files };
}

function describeGate(releases: RunOutcome['releases']) {
  if (releases.length === 0) return null;
  const isBlocked = releases.some(({ release }) => release.verdict.verdict === 'blocked');
  const findings = releases.flatMap(({ release }) => release.verdict.findings.map(describeFinding));
  return { verdict: isBlocked ? 'blocked' : 'passed', findings };
}

function writeText(json: ReturnType<typeof describeJson>): string {
  const cells = json.cells.map((cell) =>
    cell.problem
      ? `✗ ${cell.name}: ${cell.problem.message}`
      : `✓ ${cell.name}: ${cell.rows} rows, ${cell.elapsedMs} ms`,
  );
  const checks = json.checks.map(writeCheckLine);
  const gate = json.gate ? [`Gate: ${json.gate.verdict}`] : [];
  const findings = (json.gate?.findings ?? []).map(
    (finding) =>
      `  ${finding.severity}  ${finding.rule}  ${finding.path ?? finding.column ?? ''}\n    ${finding.message} ${finding.mend}`,
  );
  const modules = json.modules.map((module) => `Published ${module.uri} (${module.version})`);
  return [...cells, ...checks, ...gate, ...findings, ...modules].join('\n');
}

function describeJson({ replay, releases }: RunOutcome) {
  const cells = describeCells(replay);
  const gate = describeGate(releases);
  const modules = releases.flatMap((release) => describeModule(release) ?? []);
  const checks = replay.checks.map(describeCheck);
  const areChecksPassed = !replay.checks.some(isBlocking);
  const passed =
    areChecksPassed && cells.every((cell) => cell.problem === null) && gate?.verdict !== 'blocked';
  return { passed, cells, checks, gate, module: modules[0] ?? null, modules };
}

/** Exit 0 where all ran and passed, 1 where a check or the gate said no, 5 where a cell failed. */
export function describeRun(outcome: RunOutcome): CommandOutcome {
  const json = describeJson(outcome);
  const hasFailed = json.cells.some((cell) => cell.problem !== null);
  return { exitCode: hasFailed ? 5 : json.passed ? 0 : 1, json, text: writeText(json) };
}
