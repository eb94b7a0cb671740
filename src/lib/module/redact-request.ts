// The one place where free text is scanned on its way into a module's metadata; must not know any document's form.
import type { ColumnType } from '../engine/contract.ts';
import type { ColumnRef, RelationLineage } from '../lineage/lineage-types.ts';
import type { RedactionLog } from '../metadata/redaction-log.ts';
import { REDACTED } from '../metadata/sql-literals.ts';
import type { PublishSettings } from '../notebook/notebook-types.ts';
import type { ModuleRequest } from './build-request.ts';
import { redactColumns, redactOptions } from '../metadata/redact-source.ts';

/** Name under which the documents speak of a column of a source or cell. */
type NameColumn = (relation: string, column: string) => string;

function columnKey(relation: string, column: string): string {
  return JSON.stringify([relation.toLowerCase(), column.toLowerCase()]);
}

/** Columns whose name is a value are called by their place, so that they stay apart. */
function nameColumns({ replay }: ModuleRequest, log: RedactionLog): NameColumn {
  const relations = [...replay.sources, ...replay.cells].map(({ name, report }) => ({
    name,
    columns: report?.columns ?? [],
  }));
  const renamed = new Map<string, string>();
  for (const { name, columns } of relations) {
    for (const [i, column] of columns.entries()) {
      if (log.name(`metadata: column names of ${name}`, column.name) === column.name) continue;
      renamed.set(columnKey(name, column.name), `column ${i + 1} ${REDACTED}`);
    }
  }
  return (relation, column) => renamed.get(columnKey(relation, column)) ?? column;
}

function redactSettings(settings: PublishSettings, log: RedactionLog): PublishSettings {
  const text = (key: 'title' | 'description' | 'license') => {
    const value = settings[key];
    return value === undefined ? {} : { [key]: log.text(`metadata: ${key}`, value) };
  };
  const { keywords } = settings;
  return {
    ...settings,
    ...text('title'),
    ...text('description'),
    ...text('license'),
    ...(keywords === undefined
      ? {}
      : { keywords: keywords.map((each) => log.text('metadata: keywords', each)) }),
  };
}

function redactReplay(
  { replay }: ModuleRequest,
  name: NameColumn,
  log: RedactionLog,
): ModuleRequest['replay'] {
  const columnsOf = (relation: string, columns: readonly ColumnType[]) =>
    columns.map((column) => ({
      name: name(relation, column.name),
      type: log.text(`metadata: column types of ${relation}`, column.type),
    }));
  return {
    ...replay,
    sources: replay.sources.map((source) => {
      const { name: relation, report, findings } = source;
      const nameColumn = (column: string) => name(relation, column);
      const place = { source: relation, document: 'metadata', nameColumn, log };
      const columns = columnsOf(relation, report.columns);
      return {
        ...source,
        spec: { ...source.spec, ...redactColumns(source.spec, place) },
        report: {
          ...report,
          columns,
          options: redactOptions(report.options, place),
          rejected: [],
          notes: [],
        },
        findings: findings.map((each) => ({ ...each, name: nameColumn(each.name) })),
      };
    }),
    cells: replay.cells.map((cell) => {
      const { report } = cell;
      return report === null
        ? cell
        : { ...cell, report: { ...report, columns: columnsOf(cell.name, report.columns) } };
    }),
    levels: replay.levels.map((level) => ({ ...level, column: name(level.relation, level.column) })),
  };
}

function redactLineage(lineage: RelationLineage, name: NameColumn): RelationLineage {
  const from = ({ relation, column }: ColumnRef) => ({ relation, column: name(relation, column) });
  const renamed = <T extends { readonly from: ColumnRef }>(edges: readonly T[]) =>
    edges.map((edge) => ({ ...edge, from: from(edge.from) }));
  return {
    ...lineage,
    columns: lineage.columns.map((column) => ({
      ...column,
      direct: renamed(column.direct),
      indirect: renamed(column.indirect),
    })),
    indirect: renamed(lineage.indirect),
  };
}

/**
 * The request as the metadata may tell it: every free text scanned, with `[REDACTED]` in place of values. The creator,
 * the actor's label, names of namespace, module, sources and cells, digests and times stay; so do the names of published
 * columns, which the gate judged. SQL is left to the step log, the notebook to `cleanNotebook`.
 */
export function redactRequest(request: ModuleRequest, log: RedactionLog): ModuleRequest {
  const { settings, notebookTitle } = request;
  const name = nameColumns(request, log);
  return {
    ...request,
    settings: redactSettings(settings, log),
    notebookTitle: settings.title === undefined ? log.text('metadata: title', notebookTitle) : notebookTitle,
    replay: redactReplay(request, name, log),
    lineage: redactLineage(request.lineage, name),
  };
}
