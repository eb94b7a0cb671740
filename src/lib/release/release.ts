// One publication, the same for app and command: replay, export, verdict; then module and destination. Must not know either's interface.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import type { Engine } from '../engine/contract.ts';
import type { GateInput } from '../gate/gate-input.ts';
import type { Passed, Verdict } from '../gate/gate-types.ts';
import { buildModule } from '../module/build.ts';
import { listTakenVersions, readNewestVersion } from '../module/list-modules.ts';
import type { Module, ModuleReader, ModuleSummary } from '../module/module-types.ts';
import type { VersionChange } from '../module/semantic-version.ts';
import { nextVersion, type VersionDecision } from '../module/version.ts';
import type { PublishSettings } from '../notebook/notebook-types.ts';
import type { Destination } from '../publish/destination.ts';
import { publishModule } from '../publish/publish-module.ts';
import { replayNotebook, type Replay, type ReplayRequest } from '../run/replay.ts';
import type { ScanText } from '../metadata/sql-literals.ts';
import { scanMetadata } from './metadata-scan.ts';
import { exportFormats, judgeRelease, type Exported, type Judged } from './judge.ts';

export type ReleaseStage = 'replaying' | 'writing' | 'judging';

export interface ReleaseRequest extends Omit<ReplayRequest, 'targets' | 'onStep'> {
  readonly settings: PublishSettings;
  /** The text form, as it will lie in the module. */
  readonly notebookText: string;
  readonly keyFingerprint: string | null;
  readonly appVersion: string;
  /** A label for whoever publishes. */
  readonly actor: string;
  /** Where the earlier versions lie; null where only the verdict is wanted. */
  readonly versions: ModuleReader | null;
  /** What the destination is to the gate; null where only the verdict is wanted. */
  readonly goesTo: GateInput['goesTo'];
  /** Raises the next version number. */
  readonly atLeast?: VersionChange;
  /** A fresh engine of one thread; it is disposed of with the release. */
  readonly openEngine: () => Promise<Result<Engine>>;
  readonly onStage?: (stage: ReleaseStage) => void;
}

/** What was judged and can be completed; holds an engine until disposed of. */
export interface Release {
  readonly verdict: Verdict;
  readonly nextVersion: string | null;
  readonly replay: Replay;
  readonly request: ReleaseRequest;
  readonly exported: Exported;
  readonly judged: Judged;
  readonly version: VersionDecision | null;
  /** Finds values of people in texts, those of the sources among them. */
  readonly scan: ScanText;
  readonly engineVersion: string;
  dispose(): Promise<void>;
}

function failedCell(replay: Replay): Problem | null {
  const failed = replay.cells.find((cell) => cell.problem !== null);
  if (!failed?.problem) return null;
  const { message, hint } = failed.problem;
  return {
    code: 'publish-cell-failed',
    message: `The cell ${failed.name} failed: ${message}`,
    ...(hint ? { hint } : {}),
  };
}

async function replayTarget(engine: Engine, request: ReleaseRequest): Promise<Result<Replay>> {
  request.onStage?.('replaying');
  const replay = await replayNotebook(engine, { ...request, targets: [request.settings.of] });
  if (!replay.ok) return replay;
  const failed = failedCell(replay.value);
  return failed ? fail(failed) : replay;
}

async function decideVersion(
  engine: Engine,
  request: ReleaseRequest,
  exported: Exported,
): Promise<Result<VersionDecision | null>> {
  if (!request.versions) return succeed(null);
  const { namespace, module } = request.settings;
  const taken = await listTakenVersions(request.versions, namespace, module);
  if (!taken.ok) return taken;
  const previous = await readNewestVersion(request.versions, namespace, module);
  if (!previous.ok) return previous;
  return nextVersion({
    previous: previous.value,
    taken: taken.value,
    candidate: exported.files,
    engine,
    ...(request.atLeast ? { atLeast: request.atLeast } : {}),
  });
}

async function prepareIn(engine: Engine, request: ReleaseRequest): Promise<Result<Release>> {
  const replay = await replayTarget(engine, request);
  if (!replay.ok) return replay;
  request.onStage?.('writing');
  const exported = await exportFormats(engine, request.settings);
  if (!exported.ok) return exported;
  request.onStage?.('judging');
  const { notebook, settings, registry, goesTo } = request;
  const { columns } = exported.value;
  const metadata = await scanMetadata({ ...request, engine, replay: replay.value, columns });
  if (!metadata.ok) return metadata;
  const judged = await judgeRelease({
    engine,
    replay: replay.value,
    settings,
    policy: notebook.policy,
    registry,
    goesTo,
    exported: exported.value,
    metadata: metadata.value.report,
  });
  if (!judged.ok) return judged;
  const version = await decideVersion(engine, request, exported.value);
  if (!version.ok) return version;
  const engineVersion = await engine.query({ sql: 'SELECT version()' });
  if (!engineVersion.ok) return engineVersion;
  return succeed({
    verdict: judged.value.verdict,
    nextVersion: version.value?.version ?? null,
    replay: replay.value,
    request,
    exported: exported.value,
    judged: judged.value,
    version: version.value,
    scan: metadata.value.scan,
    engineVersion: String(engineVersion.value.rows[0]?.[0] ?? ''),
    dispose: () => engine.dispose(),
  });
}

/** Replays in a fresh engine, writes the data files, asks the gate, compares with the last version. Writes nothing. */
export async function prepareRelease(request: ReleaseRequest): Promise<Result<Release>> {
  const engine = await request.openEngine();
  if (!engine.ok) return engine;
  try {
    const prepared = await prepareIn(engine.value, request);
    if (!prepared.ok) await engine.value.dispose();
    return prepared;
  } catch (error) {
    await engine.value.dispose();
    const hint = 'Check again; if it stays, look at the cells one by one.';
    return fail({ code: 'publish-stopped', message: `The check stopped: ${String(error)}`, hint });
  }
}

function isPassed(verdict: Verdict): verdict is Passed {
  return verdict.verdict === 'passed';
}

export interface CompletedRelease {
  readonly summary: ModuleSummary;
  readonly module: Module;
  /** Where a person finds it. */
  readonly uri: string;
}

/** The finished module, still nowhere; refuses what the gate blocked, and what was given no version number. */
export async function buildReleaseModule(release: Release): Promise<Result<Module>> {
  const { verdict, request, exported, judged, replay, version, engineVersion, scan } = release;
  if (!isPassed(verdict))
    return fail({
      code: 'gate-blocked',
      message: 'The gate blocked this publication.',
      hint: 'Mend the findings first.',
    });
  if (!version)
    return fail({
      code: 'destination-none',
      message: 'No destination was chosen.',
      hint: 'Choose where to publish.',
    });
  const { settings, notebook, effects, notebookText, registry, appVersion, actor, keyFingerprint } = request;
  return buildModule(
    {
      verdict,
      data: exported.files,
      columns: exported.columns,
      settings,
      notebookTitle: notebook.title,
      notebookText,
      replay,
      lineage: judged.lineage,
      registry,
      version,
      engineVersion,
      appVersion,
      actor,
      keyFingerprint,
      scan,
    },
    effects,
  );
}

/** Builds the module and writes it at once; refuses what the gate blocked. */
export async function completeRelease(
  release: Release,
  destination: Destination,
): Promise<Result<CompletedRelease>> {
  const module = await buildReleaseModule(release);
  if (!module.ok) return module;
  const published = await publishModule(module.value, destination);
  if (!published.ok) return published;
  const { summary, uri } = published.value;
  return succeed({ summary, module: module.value, uri });
}
