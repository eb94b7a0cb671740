// Runs a notebook from its sources in a fresh engine, so that equal input gives equal output; must not know gate or module.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import type { Effects } from '../base/effects.ts';
import type { Engine, HmacPads, ImportReport, RunReport, SourceHandle } from '../engine/contract.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { Notebook, SourcePart, SourceSpec, SqlCell } from '../notebook/notebook-types.ts';
import type { StepSpec } from '../notebook/steps/step-types.ts';
import type { CheckResult } from '../quality/check-types.ts';
import { detectColumns } from '../sensitivity/detect-columns.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';
import { inputsOf } from '../notebook/inputs/edit-inputs.ts';
import { disabledNames } from '../notebook/cell-flags.ts';
import {
  analyzeCells,
  disabledProblem,
  type AsyncParse,
  type NotebookAnalysis,
} from './notebook-analysis.ts';
import { replayChecks, withCheckedRelations } from './replay-checks.ts';
import { levelsOfSource, type SourceColumnLevel } from './source-levels.ts';

export interface BoundSource {
  readonly handle: SourceHandle;
  /** Lower-case hex SHA-256 of the bytes behind the handle. */
  readonly sha256: string;
  /** What the handle holds where that is not what the notebook names. */
  readonly files?: readonly SourcePart[];
  readonly fileName?: string;
}

export interface ReplayRequest {
  readonly notebook: Notebook;
  /** By source name. */
  readonly sources: Readonly<Record<string, BoundSource>>;
  readonly pads: HmacPads | null;
  readonly parse: AsyncParse;
  readonly registry: MacroRegistry;
  readonly effects: Effects;
  /** Cells to run with all they read; every cell when null. */
  readonly targets: readonly string[] | null;
  readonly onStep?: (step: { readonly kind: 'import' | 'cell' | 'check'; readonly name: string }) => void;
}

export interface ReplayedSource {
  readonly name: string;
  readonly spec: SourceSpec;
  readonly sha256: string;
  readonly report: ImportReport;
  readonly findings: readonly ColumnFinding[];
  readonly startedAt: Date;
  readonly endedAt: Date;
}

export interface ReplayedCell {
  readonly name: string;
  /** As it ran: with literals where inputs stand. */
  readonly sql: string;
  /** What wrote the SQL, where it was a step. */
  readonly step?: StepSpec | undefined;
  readonly report: RunReport | null;
  readonly problem: Problem | null;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

export interface Replay {
  readonly sources: readonly ReplayedSource[];
  readonly cells: readonly ReplayedCell[];
  readonly analysis: NotebookAnalysis;
  /** Of the check cells whose relation was wanted. */
  readonly checks: readonly CheckResult[];
  readonly levels: readonly SourceColumnLevel[];
}

export function sqlCellsOf(notebook: Notebook): readonly SqlCell[] {
  return notebook.cells.filter((cell) => cell.kind === 'sql');
}

/** Differences between what a notebook expects of a source and the file at hand, in words; null where it fits. */
function schemaProblem(name: string, spec: SourceSpec, report: ImportReport): Problem | null {
  const { types = {}, rename = {} } = spec.import;
  const expected = Object.keys(types).map((column) => rename[column] ?? column);
  const present = new Set(report.columns.map((column) => column.name));
  const missing = expected.filter((column) => !present.has(column));
  if (missing.length === 0) return null;
  return {
    code: 'source-schema',
    message: `The file bound to ${name} lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')}.`,
    hint: `Bind a file with the columns ${expected.join(', ')}.`,
  };
}

async function replaySource(
  engine: Engine,
  request: ReplayRequest,
  name: string,
  spec: SourceSpec,
): Promise<Result<ReplayedSource>> {
  const bound = Object.hasOwn(request.sources, name) ? request.sources[name] : undefined;
  if (!bound)
    return fail({
      code: 'source-missing',
      message: `No file is bound to the source ${name}.`,
      hint: `Bind ${spec.file} to it.`,
    });
  const startedAt = request.effects.now();
  request.onStep?.({ kind: 'import', name });
  const imported = await engine.importFile({
    importId: `replay-${name}`,
    table: name,
    handle: bound.handle,
    files: bound.files ?? spec.files,
    fileName: bound.fileName ?? spec.file,
    options: spec.import,
  });
  if (!imported.ok) return imported;
  const mismatch = schemaProblem(name, spec, imported.value);
  if (mismatch) return fail(mismatch);
  const findings = await detectColumns({ engine, relation: name, columns: imported.value.columns });
  if (!findings.ok) return findings;
  const endedAt = request.effects.now();
  return succeed({
    name,
    spec,
    sha256: bound.sha256,
    report: imported.value,
    findings: findings.value,
    startedAt,
    endedAt,
  });
}

async function replayCell(
  engine: Engine,
  request: ReplayRequest,
  { name, sql, step }: Pick<ReplayedCell, 'name' | 'sql' | 'step'>,
  refused: Problem | null,
): Promise<ReplayedCell> {
  const startedAt = request.effects.now();
  request.onStep?.({ kind: 'cell', name });
  const ran = refused ? fail(refused) : await engine.run({ runId: `replay-${name}`, sql, into: name });
  const endedAt = request.effects.now();
  return {
    name,
    sql,
    startedAt,
    endedAt,
    step,
    report: ran.ok ? ran.value : null,
    problem: ran.ok ? null : ran.error,
  };
}

async function replaySources(
  engine: Engine,
  request: ReplayRequest,
  wanted: ReadonlySet<string> | null,
): Promise<Result<readonly ReplayedSource[]>> {
  const sources: ReplayedSource[] = [];
  for (const [name, spec] of Object.entries(request.notebook.sources)) {
    if (wanted && !wanted.has(name.toLowerCase())) continue;
    const source = await replaySource(engine, request, name, spec);
    if (!source.ok) return source;
    sources.push(source.value);
  }
  return succeed(sources);
}

async function analyzeAgain(
  request: ReplayRequest,
  sources: readonly ReplayedSource[],
  ran: readonly ReplayedCell[] = [],
): Promise<NotebookAnalysis> {
  return analyzeCells({
    outputs: ran.flatMap(({ name, report }) =>
      report ? [{ name, columns: report.columns.map((column) => column.name) }] : [],
    ),
    cells: sqlCellsOf(request.notebook),
    inputs: inputsOf(request.notebook),
    sources: sources.map((source) => ({
      name: source.name,
      columns: source.report.columns.map((column) => column.name),
    })),
    sourceNames: Object.keys(request.notebook.sources),
    disabled: disabledNames(request.notebook),
    parse: request.parse,
    registry: request.registry,
  });
}

/** Lower-case names of the targets, all they read, and what their checks look into; null where everything is wanted. */
async function wantedNames(request: ReplayRequest): Promise<ReadonlySet<string> | null> {
  if (!request.targets) return null;
  const analysis = await analyzeAgain(request, []);
  const wanted = new Set<string>();
  for (const target of request.targets) {
    wanted.add(target.toLowerCase());
    for (const name of analysis.ancestors(target)) wanted.add(name);
  }
  return withCheckedRelations(request, wanted, (name) => analysis.ancestors(name));
}

/**
 * Imports the sources and runs the cells in graph order in `engine`, which must be open, fresh and of one thread where the
 * outcome is to be published. A cell that fails leaves its dependents failed with `cell-upstream`; sources that fail end it.
 */
export async function replayNotebook(engine: Engine, request: ReplayRequest): Promise<Result<Replay>> {
  if (request.pads) {
    const set = await engine.setHmacPads(request.pads);
    if (!set.ok) return set;
  }
  const wanted = await wantedNames(request);
  const sources = await replaySources(engine, request, wanted);
  if (!sources.ok) return sources;
  const analysis = await analyzeAgain(request, sources.value);
  const cells = await replayCells(engine, request, analysis, wanted);
  const traced = await analyzeAgain(request, sources.value, cells);
  const checks = await replayChecks(engine, request, wanted, { sources: sources.value, cells });
  const levels = sources.value.flatMap((source) =>
    levelsOfSource(source.name, source.findings, source.spec.columns ?? {}),
  );
  return succeed({ sources: sources.value, cells, analysis: traced, checks, levels });
}

async function replayCells(
  engine: Engine,
  request: ReplayRequest,
  analysis: NotebookAnalysis,
  wanted: ReadonlySet<string> | null,
): Promise<readonly ReplayedCell[]> {
  const byName = new Map(sqlCellsOf(request.notebook).map((cell) => [cell.name.toLowerCase(), cell]));
  const failed = new Set<string>();
  const disabled = disabledNames(request.notebook);
  const targets = new Set(request.targets?.map((target) => target.toLowerCase()));
  const cells: ReplayedCell[] = [];
  const unordered = [...byName.keys()].filter(
    (name) => !analysis.order.some((ordered) => ordered.toLowerCase() === name),
  );
  for (const name of [...analysis.order, ...unordered]) {
    const key = name.toLowerCase();
    const written = byName.get(key);
    if (written === undefined || (wanted && !wanted.has(key))) continue;
    if (disabled.has(key) && !targets.has(key)) continue;
    const known = analysis.cells.get(key);
    const upstream = known?.reads.find((read) => failed.has(read.toLowerCase()));
    const asleep = disabled.has(key) ? disabledProblem(known?.name ?? name, false) : null;
    const refused = asleep ?? known?.problem ?? (upstream ? upstreamProblem(upstream) : null);
    const asked = { name: known?.name ?? name, sql: known?.bound.sql ?? written.sql, step: written.step };
    const cell = await replayCell(engine, request, asked, refused);
    if (cell.problem) failed.add(key);
    cells.push(cell);
  }
  return cells;
}

export function upstreamProblem(name: string): Problem {
  return {
    code: 'cell-upstream',
    message: `${name}, which this cell reads, failed.`,
    hint: `Mend ${name} first.`,
  };
}
