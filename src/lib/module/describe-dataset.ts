// The facts a module's documents share, drawn from the scanned request that builds it; must not scan or write.
import { sensitivityRank, type Sensitivity } from '../base/sensitivity-level.ts';
import { isDemoSource } from '../gate/demo-sources.ts';
import type { ImportDone, SqlDone, StepDone } from '../metadata/step-log.ts';
import type { DataFileDescription, DatasetDescription } from '../metadata/dataset-description.ts';
import type { OriginLevel } from '../metadata/describe-columns.ts';
import { describeColumns, statePrivacy } from '../metadata/describe-columns.ts';
import type { DataFormat } from '../notebook/notebook-types.ts';
import type { ModuleRequest } from './build-request.ts';

/** Parquet keeps types; readers should take it where there is one. */
const PREFERENCE: readonly DataFormat[] = ['parquet', 'csv', 'json'];

/** What was found where the level in force is lower: only a declaration with a reason makes it so. */
function loweredFrom(found: Sensitivity | undefined, level: Sensitivity, reason: string | undefined) {
  if (found === undefined || sensitivityRank(level) >= sensitivityRank(found)) return {};
  return { lowered: { found, reason: reason?.trim() ?? '' } };
}

/** Levels of the sources' columns, with what the notebook says of them. */
function originLevels({ replay }: ModuleRequest): readonly OriginLevel[] {
  return replay.levels.map((level) => {
    const source = replay.sources.find((each) => each.name.toLowerCase() === level.relation.toLowerCase());
    const declared = source?.spec.columns ?? {};
    const found = source?.findings.find((each) => each.name === level.column)?.sensitivity;
    const { label, meaning, reason } = Object.hasOwn(declared, level.column)
      ? (declared[level.column] ?? {})
      : {};
    const { relation, column, sensitivity } = level;
    return {
      relation,
      column,
      sensitivity,
      ...(label === undefined ? {} : { label }),
      ...(meaning === undefined ? {} : { meaning }),
      ...loweredFrom(found, sensitivity, reason),
    };
  });
}

function importSteps({ replay }: ModuleRequest): readonly ImportDone[] {
  return replay.sources.map((source) => ({
    kind: 'import',
    relation: source.name,
    sha256: source.sha256,
    options: source.report.options,
    columns: source.report.columns,
    rowCount: source.report.rowCount,
    rejectedCount: source.report.rejectedCount,
    startedAt: source.startedAt.toISOString(),
    endedAt: source.endedAt.toISOString(),
  }));
}

function sqlSteps({ replay }: ModuleRequest): readonly SqlDone[] {
  return replay.cells.flatMap((cell) => {
    if (cell.report === null) return [];
    return [
      {
        kind: 'sql' as const,
        relation: cell.name,
        sql: cell.sql,
        step: cell.step,
        reads: replay.analysis.cells.get(cell.name.toLowerCase())?.reads ?? [],
        columns: cell.report.columns,
        rowCount: cell.report.rowCount,
        startedAt: cell.startedAt.toISOString(),
        endedAt: cell.endedAt.toISOString(),
      },
    ];
  });
}

/** Everything done, in order: imports, cells, the publication itself. */
export function listSteps(
  request: ModuleRequest,
  files: readonly DataFileDescription[],
  at: Date,
): readonly StepDone[] {
  const moment = at.toISOString();
  return [
    ...importSteps(request),
    ...sqlSteps(request),
    {
      kind: 'publish',
      of: request.settings.of,
      order: request.settings.order,
      columns: request.columns,
      files,
      startedAt: moment,
      endedAt: moment,
    },
  ];
}

function labelOf(step: StepDone): string {
  if (step.kind === 'import') return `Import of the source ${step.relation}`;
  return step.kind === 'sql' ? `Cell ${step.relation}` : `Publication of ${step.of}`;
}

export function describeDataset(
  request: ModuleRequest,
  files: readonly DataFileDescription[],
  steps: readonly StepDone[],
  at: Date,
): DatasetDescription {
  const { settings, lineage, registry } = request;
  const columns = describeColumns(request.columns, { lineage, levels: originLevels(request), registry });
  const title = settings.title ?? request.notebookTitle;
  return {
    namespace: settings.namespace,
    module: settings.module,
    version: request.version.version,
    previousVersion: request.version.previous?.version ?? null,
    title: title.trim() === '' ? settings.module : title,
    description:
      settings.description ??
      `Rows of ${settings.of}, published as ${settings.namespace}/${settings.module}.`,
    license: settings.license ?? null,
    creator: settings.creator ?? null,
    keywords: settings.keywords ?? [],
    isDemo: request.replay.sources.some(({ sha256 }) => isDemoSource(sha256)),
    publishedAt: at.toISOString(),
    columns,
    files: [...files].sort((a, b) => PREFERENCE.indexOf(a.format) - PREFERENCE.indexOf(b.format)),
    sources: request.replay.sources.map((source) => ({
      relation: source.name,
      sha256: source.sha256,
      columns: source.report.columns.map((column) => column.name),
    })),
    order: settings.order,
    privacy: statePrivacy(columns, request.verdict.risk?.k ?? null),
    activities: steps.map((step) => ({
      label: labelOf(step),
      startedAt: step.startedAt,
      endedAt: step.endedAt,
    })),
  };
}
