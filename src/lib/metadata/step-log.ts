// The step log of a module: one entry for each thing done, in order, without anything that identifies a person; must not run anything.
import type { ColumnType } from '../engine/contract.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { ImportOptions } from '../notebook/notebook-types.ts';
import type { StepSpec } from '../notebook/steps/step-types.ts';
import type { DataFileDescription } from './dataset-description.ts';
import type { PlacedRedaction } from './redaction-log.ts';
import type { Redaction, ScanText } from './sql-literals.ts';
import { calledNames, redactSql } from './sql-literals.ts';

interface Timed {
  /** UTC ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
}

export interface ImportDone extends Timed {
  readonly kind: 'import';
  readonly relation: string;
  readonly sha256: string;
  /** Complete: every option as used. */
  readonly options: ImportOptions;
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
  readonly rejectedCount: number;
}

export interface SqlDone extends Timed {
  readonly kind: 'sql';
  readonly relation: string;
  readonly sql: string;
  /** What wrote the SQL, where it was a step. */
  readonly step?: StepSpec | undefined;
  /** Cells and sources it reads. */
  readonly reads: readonly string[];
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
}

interface PublishDone extends Timed {
  readonly kind: 'publish';
  readonly of: string;
  readonly order: readonly string[];
  readonly columns: readonly ColumnType[];
  readonly files: readonly DataFileDescription[];
}

export type StepDone = ImportDone | SqlDone | PublishDone;

export interface StepLogRequest {
  readonly steps: readonly StepDone[];
  readonly appVersion: string;
  /** DuckDB version, e.g. `v1.5.6`. */
  readonly engineVersion: string;
  /** A label chosen by the person or `sluice run`; never a user name of the machine. */
  readonly actor: string;
  readonly keyFingerprint: string | null;
  readonly registry: MacroRegistry;
  readonly scan: ScanText;
  /** What was taken out of the module's texts, SQL of the steps apart. */
  readonly redactions: readonly PlacedRedaction[];
}

interface RelationRows {
  readonly relation: string;
  readonly rows: number | null;
}

interface MacroUse {
  readonly name: string;
  readonly version: string;
}

interface StepEntry extends Timed {
  /** From 1. */
  readonly step: number;
  readonly kind: StepDone['kind'];
  readonly title: string;
  readonly inputs: readonly (RelationRows | { readonly sha256: string })[];
  readonly outputs: readonly (
    RelationRows | { readonly path: string; readonly sha256: string; readonly rows: number }
  )[];
  readonly columns: readonly ColumnType[];
  readonly sql?: string;
  /** The step that wrote `sql`; absent where one of its settings would say what was taken out. */
  readonly form?: StepSpec;
  readonly macros?: readonly MacroUse[];
  readonly options?: ImportOptions;
  readonly rejectedRows?: number;
  readonly order?: readonly string[];
  /** Literals and comments that were taken out of `sql`. */
  readonly redactions?: readonly Redaction[];
}

export interface StepLog {
  readonly format: 'sluice-steps/1';
  readonly application: { readonly name: 'sluice'; readonly version: string };
  readonly engine: { readonly name: 'duckdb'; readonly version: string };
  readonly actor: string;
  readonly keyFingerprint: string | null;
  readonly steps: readonly StepEntry[];
  /** What was taken out of the metadata and the notebook: how much and where, never what. */
  readonly redactions: readonly PlacedRedaction[];
}

type RowCounts = ReadonlyMap<string, number>;

function rowsOf(counts: RowCounts, relation: string): RelationRows {
  return { relation, rows: counts.get(relation.toLowerCase()) ?? null };
}

function macrosIn(code: string, registry: MacroRegistry): readonly MacroUse[] {
  return [...calledNames(code)].sort().flatMap((name) => {
    const macro = registry.find(name);
    return macro === undefined ? [] : [{ name: macro.name, version: macro.version }];
  });
}

/** True where no text among the settings, at any depth, is a value. */
function saysNothing(step: StepSpec, scan: ScanText): boolean {
  const texts: string[] = [];
  JSON.stringify(step.parameters, (key, value: unknown) => {
    texts.push(key, ...(typeof value === 'string' || typeof value === 'number' ? [String(value)] : []));
    return value;
  });
  return texts.every((text) => scan(text).length === 0);
}

function sqlEntry(done: SqlDone, counts: RowCounts, request: StepLogRequest): Omit<StepEntry, 'step'> {
  const { sql, redactions, code } = redactSql(done.sql, request.scan);
  const { step } = done;
  return {
    kind: 'sql',
    title: step ? `Ran the step ${step.kind} as ${done.relation}` : `Ran the cell ${done.relation}`,
    startedAt: done.startedAt,
    endedAt: done.endedAt,
    inputs: done.reads.map((relation) => rowsOf(counts, relation)),
    outputs: [rowsOf(counts, done.relation)],
    columns: done.columns,
    sql,
    ...(step && redactions.length === 0 && saysNothing(step, request.scan) ? { form: step } : {}),
    macros: macrosIn(code, request.registry),
    redactions,
  };
}

function importEntry(done: ImportDone): Omit<StepEntry, 'step'> {
  return {
    kind: 'import',
    title: `Imported the source ${done.relation}`,
    startedAt: done.startedAt,
    endedAt: done.endedAt,
    inputs: [{ sha256: done.sha256 }],
    outputs: [{ relation: done.relation, rows: done.rowCount }],
    columns: done.columns,
    options: done.options,
    rejectedRows: done.rejectedCount,
  };
}

function publishEntry(done: PublishDone, counts: RowCounts): Omit<StepEntry, 'step'> {
  return {
    kind: 'publish',
    title: `Wrote ${done.of} to ${done.files.length === 1 ? 'one file' : `${done.files.length} files`}`,
    startedAt: done.startedAt,
    endedAt: done.endedAt,
    inputs: [rowsOf(counts, done.of)],
    outputs: done.files.map(({ path, sha256, rowCount }) => ({ path, sha256, rows: rowCount })),
    columns: done.columns,
    order: done.order,
  };
}

/** `steps.json`: enough to do it again from the sources, nothing that identifies. */
export function buildStepLog(request: StepLogRequest): StepLog {
  const counts = new Map(
    request.steps.flatMap((done) =>
      done.kind === 'publish' ? [] : [[done.relation.toLowerCase(), done.rowCount] as const],
    ),
  );
  const entries = request.steps.map((done) => {
    if (done.kind === 'import') return importEntry(done);
    return done.kind === 'sql' ? sqlEntry(done, counts, request) : publishEntry(done, counts);
  });
  return {
    format: 'sluice-steps/1',
    application: { name: 'sluice', version: request.appVersion },
    engine: { name: 'duckdb', version: request.engineVersion },
    actor: request.actor,
    keyFingerprint: request.keyFingerprint,
    steps: entries.map((entry, i) => ({ step: i + 1, ...entry })),
    redactions: request.redactions,
  };
}
