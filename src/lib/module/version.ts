// The next version's number, from what changed since the last; must not know how versions are stored.
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { ColumnType, Engine } from '../engine/contract.ts';
import type { DataFormat } from '../notebook/notebook-types.ts';
import type { PreviousCommit } from './module-types.ts';
import type { VersionChange } from './semantic-version.ts';
import { freeVersion, higherChange } from './semantic-version.ts';

export interface VersionDecision {
  readonly version: string;
  readonly change: VersionChange | 'first';
  /** One sentence. */
  readonly reason: string;
  readonly previous: PreviousCommit | null;
}

export interface ComparedFile {
  readonly format: DataFormat;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

export interface PreviousVersion {
  readonly version: string;
  /** SHA-256 of its `_COMMIT.json`. */
  readonly commitSha256: string;
  readonly files: readonly ComparedFile[];
}

export interface VersionRequest {
  readonly previous: PreviousVersion | null;
  readonly candidate: readonly ComparedFile[];
  /** Numbers whose folders hold anything, committed or not. */
  readonly taken: ReadonlySet<string>;
  /** What a person asked for; raises the change, never lowers it. */
  readonly atLeast?: VersionChange;
  readonly engine: Engine;
}

interface Change {
  readonly change: VersionChange;
  readonly reason: string;
}

interface Table {
  readonly name: string;
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
}

const BEFORE = '_sluice_version_before';
const AFTER = '_sluice_version_after';
const PREFERENCE: readonly DataFormat[] = ['parquet', 'csv', 'json'];

function preferred(files: readonly ComparedFile[], formats: readonly DataFormat[]): ComparedFile | undefined {
  return formats
    .map((format) => files.find((file) => file.format === format))
    .find((file) => file !== undefined);
}

/** One file of each side: of the same format where both have one. */
function choosePair(
  before: readonly ComparedFile[],
  after: readonly ComparedFile[],
): readonly [ComparedFile, ComparedFile] | null {
  const shared = PREFERENCE.filter((format) =>
    [before, after].every((side) => side.some((file) => file.format === format)),
  );
  const formats = shared.length === 0 ? PREFERENCE : shared;
  const [left, right] = [preferred(before, formats), preferred(after, formats)];
  return left === undefined || right === undefined ? null : [left, right];
}

async function readBack(engine: Engine, file: ComparedFile, into: string): Promise<Result<Table>> {
  const read = await engine.readBack({ bytes: file.bytes, format: file.format, into });
  return read.ok ? succeed({ name: into, ...read.value }) : read;
}

function compareColumns(before: Table, after: Table): Change | null {
  for (const column of before.columns) {
    const now = after.columns.find((each) => each.name === column.name);
    if (now === undefined)
      return { change: 'major', reason: `The column “${column.name}” is gone or renamed.` };
    if (now.type !== column.type) {
      return {
        change: 'major',
        reason: `The column “${column.name}” was ${column.type} and is ${now.type}.`,
      };
    }
  }
  return null;
}

/** Rows of the last version that are not in this one, each counted as often as it is missing. */
async function countLost(engine: Engine, before: Table): Promise<Result<number>> {
  const columns = before.columns.map((column) => quoteIdentifier(column.name)).join(', ');
  const page = await engine.query({
    sql: `SELECT count(*) AS lost FROM (SELECT ${columns} FROM ${BEFORE} EXCEPT ALL SELECT ${columns} FROM ${AFTER})`,
  });
  return page.ok ? succeed(Number(page.value.rows[0]?.[0] ?? 0)) : page;
}

async function compareTables(engine: Engine, before: Table, after: Table): Promise<Result<Change>> {
  const columnChange = compareColumns(before, after);
  if (columnChange !== null) return succeed(columnChange);
  if (after.rowCount < before.rowCount) return succeed({ change: 'major', reason: 'Rows were removed.' });
  const lost = await countLost(engine, before);
  if (!lost.ok) return lost;
  if (lost.value > 0)
    return succeed({ change: 'major', reason: `${lost.value} rows were changed or removed.` });
  const newRows = after.rowCount - before.rowCount;
  const newColumns = after.columns.length - before.columns.length;
  if (newRows === 0 && newColumns === 0)
    return succeed({ change: 'patch', reason: 'The data are the same.' });
  return succeed({ change: 'minor', reason: `${newRows} rows and ${newColumns} columns were added.` });
}

async function compareFiles(request: VersionRequest, previous: PreviousVersion): Promise<Result<Change>> {
  const pair = choosePair(previous.files, request.candidate);
  if (pair === null)
    return succeed({ change: 'major', reason: 'The last version has no data to compare with.' });
  const [left, right] = pair;
  if (left.format === right.format && left.sha256 === right.sha256) {
    return succeed({ change: 'patch', reason: 'The data are the same, byte for byte.' });
  }
  const { engine } = request;
  try {
    const before = await readBack(engine, left, BEFORE);
    if (!before.ok)
      return fail({
        ...before.error,
        message: `The last version cannot be compared: ${before.error.message}`,
      });
    const after = await readBack(engine, right, AFTER);
    return after.ok ? await compareTables(engine, before.value, after.value) : after;
  } finally {
    await engine.drop({ relation: BEFORE });
    await engine.drop({ relation: AFTER });
  }
}

/**
 * Croissant's meaning of a version: PATCH, same data; MINOR, rows or columns added; MAJOR, columns removed, renamed or
 * retyped, or values changed. The first is 1.0.0. Numbers that are taken are passed over.
 */
export async function nextVersion(request: VersionRequest): Promise<Result<VersionDecision>> {
  const { previous, taken } = request;
  if (previous === null) {
    const version = freeVersion(null, 'patch', taken);
    return succeed({ version, change: 'first', reason: 'There is no earlier version.', previous: null });
  }
  const compared = await compareFiles(request, previous);
  if (!compared.ok) return compared;
  const change = higherChange(compared.value.change, request.atLeast ?? 'patch');
  const isRaised = change !== compared.value.change;
  return succeed({
    version: freeVersion(previous.version, change, taken),
    change,
    reason: isRaised ? `${compared.value.reason} Raised to ${change} as asked.` : compared.value.reason,
    previous: { version: previous.version, sha256: previous.commitSha256 },
  });
}
