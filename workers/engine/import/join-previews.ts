// The beginning of a source of several files: rows of the first, and how the others differ; must not know formats.
import type { DuckPort } from '../duck-port.ts';
import type { BoundReader, PartPreview } from './format-reader.ts';
import { emptyFile } from './import-problems.ts';
import type { InputPart } from './input-parts.ts';
import { mergeColumns } from './merge-columns.ts';

const MOST_LOOKED_AT = 25;

/** @throws ProblemError `import-…` */
export async function joinPreviews(
  port: DuckPort,
  parts: readonly InputPart[],
  reader: BoundReader,
  rows: number,
  fileColumn: string | undefined,
): Promise<PartPreview> {
  const filled = parts.filter((part) => part.blob.size > 0);
  const [first, ...others] = filled;
  if (first === undefined) throw emptyFile();
  const shown = await reader.preview(port, first, rows);
  const found = [{ file: first.name, columns: shown.columns }];
  for (const part of others.slice(0, MOST_LOOKED_AT))
    found.push({ file: part.name, columns: (await reader.preview(port, part, 1)).columns });
  const merged = mergeColumns(found);
  const padding = merged.slice(shown.columns.length).map(() => null);
  const unseen = others.length - MOST_LOOKED_AT;
  return {
    ...shown,
    columns: [
      ...(fileColumn === undefined ? [] : [{ name: fileColumn, type: 'VARCHAR' }]),
      ...merged.map(({ name, type }) => ({ name, type })),
    ],
    rows: shown.rows.map((row) => [
      ...(fileColumn === undefined ? [] : [first.name]),
      ...row.map((value, index) =>
        merged[index]?.type === 'VARCHAR' && value !== null ? String(value) : value,
      ),
      ...padding,
    ]),
    notes: [
      ...(others.length === 0 ? [] : [`${filled.length} files as one; the rows shown are of ${first.name}.`]),
      ...merged.flatMap((column) => column.notes),
      ...(unseen > 0 ? [`${unseen} files were not looked at yet.`] : []),
      ...shown.notes,
    ],
  };
}
