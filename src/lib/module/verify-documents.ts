// Whether a version's documents agree with its commit and are fit in themselves; must not read data files.
import { canonicalJson } from '../base/canonical-json.ts';
import { checkCroissant } from '../metadata/check-croissant.ts';
import { isMembers, listOf, memberOf, readJsonObject, textOf } from './json-document.ts';
import type { Members } from './json-document.ts';
import type { Commit } from './module-types.ts';
import { dataPath, formatOfPath, isDataPath } from './paths.ts';
import type { VerificationFinding } from './verification-types.ts';

type SoundFiles = ReadonlyMap<string, Uint8Array>;

/** Findings beyond this many of one kind say no more. */
const MOST_FINDINGS = 20;

function error(path: string, message: string): VerificationFinding {
  return { severity: 'error', message, path };
}

/** The parsed document; null where it is not among the sound files, which was said already. */
function open(
  sound: SoundFiles,
  path: string,
): { readonly members: Members | null; readonly findings: readonly VerificationFinding[] } {
  const bytes = sound.get(path);
  if (bytes === undefined) return { members: null, findings: [] };
  const read = readJsonObject(path, bytes);
  return read.ok
    ? { members: read.value, findings: [] }
    : { members: null, findings: [error(path, read.error.message)] };
}

function verifyGate(commit: Commit, sound: SoundFiles): readonly VerificationFinding[] {
  const { members, findings } = open(sound, 'gate.json');
  if (members === null) return findings;
  if (textOf(members, 'verdict') !== 'passed')
    return [error('gate.json', 'The gate did not pass this version.')];
  const judged = new Map(
    listOf(members, 'files').flatMap((file) => {
      const [path, sha256] = isMembers(file) ? [textOf(file, 'path'), textOf(file, 'sha256')] : [null, null];
      return path === null || sha256 === null ? [] : [[path, sha256] as const];
    }),
  );
  return commit.files
    .filter((file) => isDataPath(file.path) && judged.get(file.path) !== file.sha256)
    .map((file) => error(file.path, `The gate did not judge these bytes of ${file.path}.`));
}

/** The path of a data file follows from its format and digest. */
function verifyDataPaths(commit: Commit): readonly VerificationFinding[] {
  return commit.files
    .filter((file) => isDataPath(file.path))
    .filter((file) => {
      const format = formatOfPath(file.path);
      return format === null || dataPath(commit.module, format, file.sha256) !== file.path;
    })
    .map((file) =>
      error(file.path, `${file.path} is not named after its contents: it was renamed or exchanged.`),
    );
}

function distributionFindings(commit: Commit, croissant: Members): readonly VerificationFinding[] {
  const described = new Map(
    listOf(croissant, 'distribution').flatMap((file) =>
      isMembers(file) ? [[textOf(file, 'contentUrl'), file] as const] : [],
    ),
  );
  const data = commit.files.filter((file) => isDataPath(file.path));
  const wrong = data.filter((file) => {
    const entry = described.get(file.path);
    return (
      entry === undefined ||
      textOf(entry, 'sha256') !== file.sha256 ||
      textOf(entry, 'contentSize') !== `${file.sizeBytes} B`
    );
  });
  const unknown = [...described.keys()].filter((path) => !data.some((file) => file.path === path));
  return [
    ...wrong.map((file) =>
      error('croissant.json', `croissant.json does not describe ${file.path} as it is.`),
    ),
    ...unknown.map((path) =>
      error(
        'croissant.json',
        `croissant.json describes ${path ?? 'a file without a place'}, which is not part of this version.`,
      ),
    ),
  ];
}

function fieldNames(croissant: Members): readonly (string | null)[] {
  const [set] = listOf(croissant, 'recordSet');
  return isMembers(set)
    ? listOf(set, 'field').map((field) => (isMembers(field) ? textOf(field, 'name') : null))
    : [];
}

function verifyCroissant(commit: Commit, sound: SoundFiles): readonly VerificationFinding[] {
  const { members, findings } = open(sound, 'croissant.json');
  if (members === null) return findings;
  const own = checkCroissant(members)
    .slice(0, MOST_FINDINGS)
    .map(({ where, message }) => error('croissant.json', `croissant.json, ${where}: ${message}`));
  const identity = [
    ['name', commit.module],
    ['version', commit.version],
    ['datePublished', commit.publishedAt],
  ] as const;
  const differing = identity
    .filter(([name, value]) => memberOf(members, name) !== value)
    .map(([name, value]) =>
      error('croissant.json', `croissant.json gives another ${name} than the commit, ${value}.`),
    );
  const names = fieldNames(members);
  const isSame =
    names.length === commit.data.columns.length &&
    commit.data.columns.every((column, i) => column.name === names[i]);
  const columns = isSame
    ? []
    : [error('croissant.json', 'croissant.json describes other columns than the commit.')];
  return [...own, ...differing, ...columns, ...distributionFindings(commit, members)];
}

function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** The last step is the publication: it names the same columns, files and rows as the commit. */
function verifySteps(commit: Commit, sound: SoundFiles): readonly VerificationFinding[] {
  const { members, findings } = open(sound, 'steps.json');
  if (members === null) return findings;
  const last = listOf(members, 'steps').at(-1);
  const data = commit.files.filter((file) => isDataPath(file.path));
  const outputs = data.map(({ path, sha256 }) => ({ path, sha256, rows: commit.data.rows }));
  const isSame =
    isMembers(last) &&
    textOf(last, 'kind') === 'publish' &&
    sameJson(memberOf(members, 'application'), commit.application) &&
    sameJson(memberOf(last, 'columns'), commit.data.columns) &&
    sameJson([...listOf(last, 'outputs')].sort(byPath), outputs);
  return isSame
    ? []
    : [error('steps.json', 'steps.json ends with another publication than the commit speaks of.')];
}

function byPath(a: unknown, b: unknown): number {
  const [left, right] = [a, b].map((each) => (isMembers(each) ? (textOf(each, 'path') ?? '') : ''));
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

/** Documents that must at least be readable. */
function verifyOthers(sound: SoundFiles): readonly VerificationFinding[] {
  return ['lineage.json', 'risk.json', 'quality.json'].flatMap((path) => open(sound, path).findings);
}

export function verifyDocuments(commit: Commit, sound: SoundFiles): readonly VerificationFinding[] {
  return [
    ...verifyDataPaths(commit),
    ...verifyGate(commit, sound),
    ...verifyCroissant(commit, sound),
    ...verifySteps(commit, sound),
    ...verifyOthers(sound),
  ];
}
