// Whether the data files hold the columns and rows their version speaks of; must not look at any value.
import type { ColumnType, Engine } from '../engine/contract.ts';
import type { Commit } from './module-types.ts';
import { formatOfPath, isDataPath } from './paths.ts';
import type { VerificationFinding } from './verification-types.ts';

const TABLE = '_sluice_verified_data';

function sameColumns(a: readonly ColumnType[], b: readonly ColumnType[], withTypes: boolean): boolean {
  if (a.length !== b.length) return false;
  return a.every((column, i) => column.name === b[i]?.name && (!withTypes || column.type === b[i]?.type));
}

/** A JSON file without rows tells no columns. */
function tellsColumns(format: string, rowCount: number): boolean {
  return format !== 'json' || rowCount > 0;
}

async function verifyFile(
  path: string,
  bytes: Uint8Array,
  commit: Commit,
  engine: Engine,
): Promise<readonly VerificationFinding[]> {
  const format = formatOfPath(path);
  if (format === null)
    return [{ severity: 'error', message: `${path} is of no format a module holds.`, path }];
  const read = await engine.readBack({ bytes, format, into: TABLE });
  await engine.drop({ relation: TABLE });
  if (!read.ok)
    return [{ severity: 'error', message: `${path} cannot be read: ${read.error.message}`, path }];
  const { columns, rowCount } = read.value;
  const findings: VerificationFinding[] = [];
  if (rowCount !== commit.data.rows) {
    findings.push({
      severity: 'error',
      message: `${path} has ${rowCount} rows, committed were ${commit.data.rows}.`,
      path,
    });
  }
  if (tellsColumns(format, rowCount) && !sameColumns(columns, commit.data.columns, format === 'parquet')) {
    findings.push({ severity: 'error', message: `${path} has other columns than the commit says.`, path });
  }
  return findings;
}

/** Columns, types (Parquet) and row counts against the commit. Only files whose digest is sound are read. */
export async function verifyData(
  commit: Commit,
  sound: ReadonlyMap<string, Uint8Array>,
  engine: Engine | undefined,
): Promise<readonly VerificationFinding[]> {
  const data = [...sound].filter(([path]) => isDataPath(path));
  if (engine === undefined) {
    return [
      {
        severity: 'info',
        message: 'The data files were not opened: their schema was not compared.',
        path: null,
      },
    ];
  }
  const findings: VerificationFinding[] = [];
  for (const [path, bytes] of data) findings.push(...(await verifyFile(path, bytes, commit, engine)));
  return findings;
}
