// Makes a module of what the gate let through; must not know where it will be stored.
import { canonicalJson } from '../base/canonical-json.ts';
import type { Effects } from '../base/effects.ts';
import { fail, succeed } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import { sha256Hex } from '../base/sha256.ts';
import { buildCroissant } from '../metadata/croissant.ts';
import { checkCroissant } from '../metadata/check-croissant.ts';
import type { DataFileDescription, DatasetDescription } from '../metadata/dataset-description.ts';
import { buildLineageDocument } from '../metadata/open-lineage.ts';
import { buildReadme } from '../metadata/readme.ts';
import { RedactionLog } from '../metadata/redaction-log.ts';
import { buildStepLog } from '../metadata/step-log.ts';
import type { StepDone } from '../metadata/step-log.ts';
import { isBlocking } from '../quality/check-types.ts';
import type { ModuleRequest } from './build-request.ts';
import { cleanNotebook } from './clean-notebook.ts';
import { writeCommit } from './commit.ts';
import { describeDataset, listSteps } from './describe-dataset.ts';
import type { Commit, Module, ModuleFile, ModuleParts } from './module-types.ts';
import { COMMIT_FILE, dataPath, moduleNameProblem, versionPrefix } from './paths.ts';
import { redactRequest } from './redact-request.ts';

const encoder = new TextEncoder();

function document(path: string, value: unknown): ModuleFile {
  return { path, bytes: encoder.encode(canonicalJson(value)) };
}

/** Digests of the candidates, computed here: nobody's word is taken for them. */
async function describeFiles(request: ModuleRequest): Promise<readonly DataFileDescription[]> {
  return Promise.all(
    request.data.map(async ({ path, format, bytes, rowCount }) => ({
      path,
      format,
      sha256: await sha256Hex(bytes),
      sizeBytes: bytes.byteLength,
      rowCount,
    })),
  );
}

/** Why these bytes may not become a module: the verdict vouches for other ones. */
function vouchingProblem(request: ModuleRequest, files: readonly DataFileDescription[]): Problem | null {
  const { verdict, settings } = request;
  const hint = 'Check again, and publish exactly what was checked.';
  if (verdict.verdict !== 'passed')
    return { code: 'module-not-passed', message: 'The gate did not pass.', hint };
  if (files.length === 0) return { code: 'module-empty', message: 'There is no data file to publish.', hint };
  for (const file of files) {
    const judged = verdict.files.find((each) => each.path === file.path);
    if (judged === undefined || judged.sha256 !== file.sha256) {
      return {
        code: 'module-not-judged',
        message: `The gate did not judge these bytes of ${file.path}.`,
        hint,
      };
    }
    if (file.path !== dataPath(settings.module, file.format, file.sha256)) {
      return { code: 'module-path', message: `${file.path} is not where a module keeps such a file.`, hint };
    }
  }
  const unseen = verdict.files.find((judged) => !files.some((file) => file.path === judged.path));
  if (unseen === undefined) return null;
  return {
    code: 'module-not-judged',
    message: `${unseen.path} was judged but is not to be published.`,
    hint,
  };
}

function writeDocuments(
  request: ModuleRequest,
  dataset: DatasetDescription,
  steps: readonly StepDone[],
  log: RedactionLog,
): readonly ModuleFile[] {
  const { verdict, settings, registry, appVersion, notebookText } = request;
  const { rules, files, risk, quality } = verdict;
  const findings = verdict.findings.map((finding) => ({
    ...finding,
    path: finding.path === null ? null : log.text('gate.json: findings', finding.path),
    message: log.text('gate.json: findings', finding.message),
  }));
  const stepLog = buildStepLog({ ...request, steps, redactions: log.entries() });
  const lineage = buildLineageDocument({
    namespace: settings.namespace,
    module: settings.module,
    lineage: request.lineage,
    sources: dataset.sources,
    registry,
    appVersion,
  });
  return [
    document('croissant.json', buildCroissant(dataset)),
    document('steps.json', stepLog),
    document('lineage.json', lineage),
    ...(risk === null ? [] : [document('risk.json', risk)]),
    ...(quality.length === 0 ? [] : [document('quality.json', describeQuality(quality, log))]),
    document('gate.json', { verdict: verdict.verdict, findings, rules, files }),
    { path: 'notebook.sluice.md', bytes: encoder.encode(notebookText) },
    { path: 'README.md', bytes: encoder.encode(buildReadme(dataset)) },
  ];
}

/** What a person typed into a check stands in its name, columns and threshold. */
function describeQuality(quality: ModuleRequest['verdict']['quality'], log: RedactionLog) {
  const clean = (text: string): string => log.text('quality.json', text);
  const checks = quality.map((check) => ({
    ...check,
    name: clean(check.name),
    column: check.column === null ? null : clean(check.column),
    threshold: clean(check.threshold),
    observed: typeof check.observed === 'string' ? clean(check.observed) : check.observed,
  }));
  return { passed: !quality.some(isBlocking), checks };
}

async function commitTo(
  request: ModuleRequest,
  dataset: DatasetDescription,
  files: readonly ModuleFile[],
): Promise<Commit> {
  const committed = await Promise.all(
    files.map(async ({ path, bytes }) => ({
      path,
      sha256: await sha256Hex(bytes),
      sizeBytes: bytes.byteLength,
    })),
  );
  return {
    format: 'sluice-module/1',
    namespace: dataset.namespace,
    module: dataset.module,
    version: dataset.version,
    publishedAt: dataset.publishedAt,
    application: { name: 'sluice', version: request.appVersion },
    gate: { verdict: 'passed' },
    data: { rows: dataset.files[0]?.rowCount ?? 0, columns: request.columns },
    files: committed.sort((a, b) => (a.path < b.path ? -1 : 1)),
    previous: request.version.previous,
  };
}

function seal(commit: Commit, files: readonly ModuleFile[], bytes: Uint8Array, commitSha256: string): Module {
  const { namespace, module, version, publishedAt, data } = commit;
  const all = [...files, { path: COMMIT_FILE, bytes }];
  const sizeBytes = all.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  const parts: ModuleParts = {
    summary: { namespace, module, version, publishedAt, sizeBytes, rowCount: data.rows },
    prefix: versionPrefix(namespace, module, version),
    files: all,
    commit,
    commitSha256,
  };
  return parts as Module;
}

/**
 * Every file of a version, `_COMMIT.json` last. Refuses bytes the verdict does not vouch for (`module-not-judged`),
 * names that cannot be folders (`module-name`) and metadata that fail Sluice's own check (`module-croissant`).
 * Times come from `effects` and stand outside `data/`.
 */
export async function buildModule(
  request: ModuleRequest,
  effects: Pick<Effects, 'now'>,
): Promise<Result<Module>> {
  const { namespace, module } = request.settings;
  const nameProblem = moduleNameProblem('namespace', namespace) ?? moduleNameProblem('module', module);
  if (nameProblem !== null) return fail(nameProblem);
  const described = await describeFiles(request);
  const problem = vouchingProblem(request, described);
  if (problem !== null) return fail(problem);
  const log = new RedactionLog(request.scan);
  const notebook = cleanNotebook(request.notebookText, log);
  if (!notebook.ok) return notebook;
  const clean = { ...redactRequest(request, log), notebookText: notebook.value };
  const at = effects.now();
  const steps = listSteps(clean, described, at);
  const dataset = describeDataset(clean, described, steps, at);
  const findings = checkCroissant(JSON.parse(JSON.stringify(buildCroissant(dataset))));
  const [first] = findings;
  if (first !== undefined) {
    const message = `The metadata are not fit for publication: ${first.where}: ${first.message}`;
    return fail({ code: 'module-croissant', message, hint: 'Fill it in at the publish cell.' });
  }
  const data = request.data.map(({ path, bytes }) => ({ path, bytes }));
  const files = [...data, ...writeDocuments(clean, dataset, steps, log)];
  const commit = await commitTo(clean, dataset, files);
  const bytes = writeCommit(commit);
  return succeed(seal(commit, files, bytes, await sha256Hex(bytes)));
}
