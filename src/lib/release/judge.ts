// From a replayed relation to exported files and a verdict over their very bytes; must not know destinations.
import { fail, succeed, type Result } from '../base/result.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { ColumnType, Engine } from '../engine/contract.ts';
import { evaluateGate } from '../gate/evaluate.ts';
import type { GateInput, MetadataReport } from '../gate/gate-input.ts';
import type { Verdict } from '../gate/gate-types.ts';
import type { RelationLineage } from '../lineage/lineage-types.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { CandidateFile } from '../module/build-request.ts';
import { dataPath } from '../module/paths.ts';
import type { DataFormat, Policy, PublishSettings } from '../notebook/notebook-types.ts';
import { lineageOfSource } from '../run/notebook-analysis.ts';
import type { Replay } from '../run/replay.ts';

export type DigestedFile = CandidateFile & { readonly sha256: string };

export interface Exported {
  readonly files: readonly DigestedFile[];
  /** As written. */
  readonly columns: readonly ColumnType[];
}

async function exportOne(
  engine: Engine,
  settings: PublishSettings,
  format: DataFormat,
): Promise<Result<{ readonly file: DigestedFile; readonly columns: readonly ColumnType[] }>> {
  const exported = await engine.export({ relation: settings.of, format, order: settings.order });
  if (!exported.ok) return exported;
  const { bytes, rowCount, columns } = exported.value;
  const sha256 = await sha256Hex(bytes);
  return succeed({
    columns,
    file: { path: dataPath(settings.module, format, sha256), format, bytes, rowCount, sha256 },
  });
}

/** Writes the relation once for each format asked for; the columns are those of the first. */
export async function exportFormats(engine: Engine, settings: PublishSettings): Promise<Result<Exported>> {
  const files: DigestedFile[] = [];
  let columns: readonly ColumnType[] = [];
  for (const format of settings.formats) {
    const exported = await exportOne(engine, settings, format);
    if (!exported.ok) return exported;
    files.push(exported.value.file);
    if (files.length === 1) columns = exported.value.columns;
  }
  return succeed({ files, columns });
}

/** Lineage of the published relation, a cell or a source, down to source columns. */
export function lineageOfRelation(replay: Replay, relation: string): RelationLineage | null {
  const cell = replay.analysis.cells.get(relation.toLowerCase());
  if (cell) return cell.lineage;
  const source = replay.sources.find((candidate) => candidate.name.toLowerCase() === relation.toLowerCase());
  if (!source) return null;
  return lineageOfSource({ name: source.name, columns: source.report.columns.map((column) => column.name) });
}

export interface JudgeRequest {
  readonly engine: Engine;
  readonly replay: Replay;
  readonly settings: PublishSettings;
  readonly policy: Policy;
  readonly registry: MacroRegistry;
  readonly goesTo: GateInput['goesTo'];
  readonly exported: Exported;
  readonly metadata: MetadataReport;
}

export interface Judged {
  readonly verdict: Verdict;
  readonly lineage: RelationLineage;
}

/** Asks the gate. A relation whose lineage is not known at all is refused before that. */
export async function judgeRelease(request: JudgeRequest): Promise<Result<Judged>> {
  const { engine, replay, settings, policy, registry, goesTo, exported, metadata } = request;
  const lineage = lineageOfRelation(replay, settings.of);
  if (!lineage)
    return fail({
      code: 'publish-unknown',
      message: `There is no cell or source called ${settings.of}.`,
      hint: 'Choose what to publish in the publish cell.',
    });
  const described = await engine.describe({ relation: settings.of });
  if (!described.ok) return described;
  const verdict = await evaluateGate({
    ...described.value,
    lineage,
    sources: replay.levels,
    origins: replay.sources.map(({ name, sha256 }) => ({ relation: name, sha256 })),
    goesTo,
    checks: replay.checks,
    registry,
    policy,
    metadata,
    files: exported.files,
    engine,
  });
  return verdict.ok ? succeed({ verdict: verdict.value, lineage }) : verdict;
}
