// YAML front matter → title, timezone, sources, policy and inputs of a notebook; knows nothing of the cells below it.
import type { Problem, Result } from '../base/result.ts';
import { fail, ProblemError, succeed } from '../base/result.ts';
import { SENSITIVITY_ORDER } from '../base/sensitivity-level.ts';
import { readInputs } from './inputs/input-read.ts';
import { foldName, nameFormProblem } from './names.ts';
import { readKnown, readText, type Reading } from './known-members.ts';
import { readFiles, readImport } from './import-options-read.ts';
import type { ColumnDeclaration, NotebookSpec, Policy, SourceSpec } from './notebook-types.ts';
import { DEFAULT_POLICY } from './notebook-types.ts';
import { isTimezone } from './timezone.ts';
import type { Members, Path } from './yaml-reader.ts';
import { otherMembers, textProblem, YamlReader } from './yaml-reader.ts';

export type HeadSpec = Pick<NotebookSpec, 'title' | 'timezone' | 'sources' | 'policy' | 'inputs' | 'extra'>;

/** Version of the text form that is written, and the newest that is read. */
export const TEXT_VERSION = 1;

export const EMPTY_HEAD: HeadSpec = {
  title: '',
  timezone: 'UTC',
  sources: {},
  policy: DEFAULT_POLICY,
  extra: {},
};

export const HEAD_KEYS: readonly string[] = ['sluice', 'title', 'timezone', 'sources', 'policy', 'inputs'];

/**
 * Reads front matter whose first line is the one-based `firstLine` of the text. Null where it is no mapping: then it is
 * prose between two thematic breaks. `notebook-text` where it is broken.
 */
export function readHead(yaml: string, firstLine: number): Result<HeadSpec | null> {
  try {
    const reader = new YamlReader(yaml, firstLine);
    const root = reader.root();
    return succeed(root === null ? null : readRoot(reader, root));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    if (error instanceof RangeError) return fail(tooDeep(firstLine));
    throw error;
  }
}

function tooDeep(line: number): Problem {
  return textProblem(
    line,
    'the front matter is nested too deeply to be read.',
    'Write it with fewer levels.',
  );
}

function readRoot(reader: YamlReader, root: Members): HeadSpec {
  if (Object.hasOwn(root, 'sluice')) checkVersion(reader, root['sluice']);
  const read = <T>(key: string, absent: T, reading: (value: unknown, path: Path) => T): T =>
    Object.hasOwn(root, key) ? reading(root[key], [key]) : absent;
  const sources = read('sources', EMPTY_HEAD.sources, (value, path) =>
    reader.record(value, path, (item, at) => readSource(reader, item, at)),
  );
  checkSourceNames(reader, Object.keys(sources));
  const inputs = read('inputs', {}, (value, path) => readInputs(reader, value, path));
  return {
    title: read('title', '', (value, path) => (value === null ? '' : reader.text(value, path))),
    timezone: read('timezone', 'UTC', (value, path) => readTimezone(reader, value, path)),
    sources,
    policy: read('policy', DEFAULT_POLICY, (value, path) => readPolicy(reader, value, path)),
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
    extra: otherMembers(root, HEAD_KEYS),
  };
}

function checkVersion(reader: YamlReader, version: unknown): void {
  if (reader.integer(version, ['sluice'], 1) <= TEXT_VERSION) return;
  reader.refuse(
    ['sluice'],
    'this notebook was written by a newer Sluice.',
    'Open it with the newest version.',
  );
}

function readTimezone(reader: YamlReader, value: unknown, path: Path): string {
  const zone = reader.text(value, path);
  if (isTimezone(zone)) return zone;
  return reader.refuse(
    path,
    `“${zone}” is not a time zone.`,
    'Write an IANA name such as Europe/Kyiv or UTC.',
  );
}

function checkSourceNames(reader: YamlReader, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const problem = seen.has(foldName(name)) ? `“${name}” is there twice.` : nameFormProblem(name);
    if (problem !== null) reader.refuse(['sources', name], problem, 'Give the source another name.');
    seen.add(foldName(name));
  }
}

function readSource(reader: YamlReader, value: unknown, path: Path): SourceSpec {
  const members = reader.members(value, path);
  if (!Object.hasOwn(members, 'file')) {
    reader.refuse(path, `the source “${path.at(-1)}” names no file.`, 'Add “file: name.csv” below it.');
  }
  const file = reader.text(members['file'], [...path, 'file']);
  if (/[/\\]/.test(file) || file === '') {
    reader.refuse(
      [...path, 'file'],
      'a source has a file name only, never a path.',
      'Leave the folders out.',
    );
  }
  const sha256 = members['sha256'] === undefined ? null : reader.text(members['sha256'], [...path, 'sha256']);
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) {
    reader.refuse(
      [...path, 'sha256'],
      'a SHA-256 has 64 digits 0-9, a-f.',
      'Leave it out if it is not known.',
    );
  }
  const columns = members['columns'];
  return {
    file,
    ...(members['files'] === undefined
      ? {}
      : { files: readFiles(reader, members['files'], [...path, 'files']) }),
    ...(sha256 === null ? {} : { sha256 }),
    import:
      members['import'] === undefined
        ? { format: 'auto' }
        : readImport(reader, members['import'], [...path, 'import']),
    ...(columns === undefined
      ? {}
      : {
          columns: reader.record(columns, [...path, 'columns'], (item, at) => readColumn(reader, item, at)),
        }),
    ...(members['expects'] === undefined
      ? {}
      : {
          expects: reader.record(members['expects'], [...path, 'expects'], (item, at) =>
            reader.text(item, at),
          ),
        }),
  };
}

const COLUMN_READINGS: { readonly [Key in keyof ColumnDeclaration]-?: Reading<ColumnDeclaration[Key]> } = {
  sensitivity: (reader, value, path) => reader.oneOf(value, path, SENSITIVITY_ORDER),
  entity: readText,
  label: readText,
  meaning: readText,
  reason: readText,
};

function readColumn(reader: YamlReader, value: unknown, path: Path): ColumnDeclaration {
  return readKnown(reader, reader.members(value, path), path, COLUMN_READINGS);
}

function readPolicy(reader: YamlReader, value: unknown, path: Path): Policy {
  const members = reader.members(value, path);
  const readItem = (item: unknown, at: Path): string => reader.text(item, at);
  const dismissed = members['dismissed'];
  return {
    k: members['k'] === undefined ? DEFAULT_POLICY.k : reader.integer(members['k'], [...path, 'k'], 1),
    quasi: members['quasi'] === undefined ? [] : reader.list(members['quasi'], [...path, 'quasi'], readItem),
    ...(dismissed === undefined
      ? {}
      : { dismissed: reader.record(dismissed, [...path, 'dismissed'], readItem) }),
  };
}
