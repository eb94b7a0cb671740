// Digests the files and reads their very bytes back into the engine; must not know what is looked for in them.
import { sha256Hex } from '../base/sha256.ts';
import type { ColumnType, Engine } from '../engine/contract.ts';
import type { GateFile, GateInput } from './gate-input.ts';
import type { Finding, JudgedFile } from './gate-types.ts';

/** Rows of one file as they stand in the engine. */
export interface ReadTable {
  readonly file: GateFile;
  readonly relation: string;
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
}

export interface ReadBack {
  readonly tables: readonly ReadTable[];
  readonly files: readonly JudgedFile[];
  /** What does not fit together: a digest, a column, a number of rows. */
  readonly findings: readonly Finding[];
}

function misfit(message: string, text = 'Write the files again.'): Finding {
  return { rule: 'content', severity: 'block', column: null, path: null, message, mend: { text } };
}

function compareShape(table: ReadTable, input: Pick<GateInput, 'columns' | 'rowCount'>): readonly Finding[] {
  const findings: Finding[] = [];
  const expected = input.columns.map((column) => column.name);
  const found = table.columns.map((column) => column.name);
  if (expected.length !== found.length || expected.some((name, index) => name !== found[index]))
    findings.push(
      misfit(`${table.file.path} does not hold the columns of the published relation, in their order.`),
    );
  if (table.rowCount !== input.rowCount)
    findings.push(
      misfit(`${table.file.path} holds ${table.rowCount} rows, the published relation ${input.rowCount}.`),
    );
  return findings;
}

/** Never fails: what cannot be read is a finding that blocks. Tables are to be dropped with `dropTables`. */
export async function readFilesBack(
  input: Pick<GateInput, 'columns' | 'rowCount' | 'files' | 'engine'>,
): Promise<ReadBack> {
  const tables: ReadTable[] = [];
  const files: JudgedFile[] = [];
  const findings: Finding[] = [];
  if (input.files.length === 0)
    findings.push(misfit('There is no file to judge.', 'Choose at least one format.'));
  for (const [index, file] of input.files.entries()) {
    const sha256 = await sha256Hex(file.bytes);
    files.push({ path: file.path, sha256 });
    if (sha256 !== file.sha256)
      findings.push(misfit(`The bytes of ${file.path} are not those of the digest given for it.`));
    const relation = `sluice_judged_${index}`;
    const read = await input.engine.readBack({ bytes: file.bytes, format: file.format, into: relation });
    if (!read.ok) {
      findings.push(misfit(`${file.path} cannot be read back: ${read.error.message}`));
      continue;
    }
    const table = { file, relation, ...read.value };
    tables.push(table);
    findings.push(...compareShape(table, input));
  }
  return { tables, files, findings };
}

export async function dropTables(engine: Engine, tables: readonly ReadTable[]): Promise<void> {
  for (const table of tables) await engine.drop({ relation: table.relation });
}
