// The notebook as it may be shared: text without data, expected columns, and what was found in it; must not know how it travels.
import { fail, succeed, type Result } from '../base/result.ts';
import type { ColumnType } from '../engine/contract.ts';
import { cleanSpec } from '../metadata/clean-spec.ts';
import type { TextCleaner } from '../metadata/text-cleaner.ts';
import type { CellSpec, NotebookSpec, SourceSpec } from '../notebook/notebook-types.ts';
import { formNotebook, parseNotebook } from '../notebook/text-parse.ts';
import { ShareCleaner, type CleanerParts } from './share-cleaner.ts';
import type { ExpectedSource, SharedLiteral, SharedNotebook } from './share-types.ts';

export interface ShareRequest extends Omit<CleanerParts, 'nameCell'> {
  readonly spec: NotebookSpec;
  /** Columns of the sources as far as they are known, by name of the source. */
  readonly columns: ReadonlyMap<string, readonly ColumnType[]>;
  /** Whether the digests of the files go along. */
  readonly withDigests: boolean;
}

export interface SharePlan {
  readonly findings: readonly SharedLiteral[];
  readonly shared: SharedNotebook;
  /** The same as a text of its own, with the expected columns in it. */
  readonly fileText: string;
}

/** Types of this file's columns are not asked of another file: that is what the expected columns are for. */
function portableSource(
  source: SourceSpec,
  columns: readonly ColumnType[] | undefined,
  withDigests: boolean,
): SourceSpec {
  const { sha256, import: options, expects, ...rest } = source;
  const { types, ...asked } = options;
  const known = columns ?? Object.entries(expects ?? types ?? {}).map(([name, type]) => ({ name, type }));
  return {
    ...rest,
    ...(withDigests && sha256 !== undefined ? { sha256 } : {}),
    import: asked,
    ...(known.length === 0
      ? {}
      : { expects: Object.fromEntries(known.map((column) => [column.name, column.type])) }),
  };
}

function portableSpec({ spec, columns, withDigests }: Omit<ShareRequest, keyof CleanerParts>): NotebookSpec {
  const { written: _written, ...rest } = spec;
  const sources = Object.entries(spec.sources).map(([name, source]) => [
    name,
    portableSource(source, columns.get(name), withDigests),
  ]);
  return { ...rest, sources: Object.fromEntries(sources) };
}

function withCreators(spec: NotebookSpec, cleaner: TextCleaner): NotebookSpec {
  const cells = spec.cells.map((cell, index): CellSpec => {
    if (cell.kind !== 'publish' || cell.creator === undefined) return cell;
    return {
      ...cell,
      creator: cleaner.text(`notebook: cell ${index + 1} (${cell.kind}): creator`, cell.creator),
    };
  });
  return { ...spec, cells };
}

/** Every text that would be shared goes through the cleaner. */
export function visitShared(
  request: Omit<ShareRequest, keyof CleanerParts>,
  cleaner: TextCleaner,
): NotebookSpec {
  return withCreators(cleanSpec(portableSpec(request), cleaner), cleaner);
}

function nameCell(cell: CellSpec | undefined, index: number): string {
  if (cell?.kind === 'sql') return `cell ${cell.name ?? index + 1}`;
  if (cell?.kind === 'publish') return `publish cell ${cell.namespace}/${cell.module}`;
  if (cell?.kind === 'check') return `check cell of ${cell.of}`;
  if (cell?.kind === 'chart') return `chart of ${cell.of}`;
  return cell?.kind === 'markdown' ? `text cell ${index + 1}` : `cell ${index + 1}`;
}

function withoutExpected(spec: NotebookSpec): NotebookSpec {
  const sources = Object.entries(spec.sources).map(([name, { expects: _, ...source }]) => [name, source]);
  return { ...spec, sources: Object.fromEntries(sources) };
}

/** What a notebook expects of the files that are bound to its sources. */
export function expectedSources(spec: NotebookSpec): readonly ExpectedSource[] {
  return Object.entries(spec.sources).map(([name, { file, expects }]) => ({
    name,
    file,
    columns: Object.entries(expects ?? {}).map(([column, type]) => ({ name: column, type })),
  }));
}

/** Fails with `share-notebook` where the notebook could not be read any more without what was taken out of it. */
export function shareNotebook(request: ShareRequest): Result<SharePlan> {
  const { spec, known, kept, compared, comparedValues } = request;
  const cleaner = new ShareCleaner({
    known,
    kept,
    compared,
    comparedValues,
    nameCell: (index) => nameCell(spec.cells[index], index),
  });
  const clean = visitShared(request, cleaner);
  const text = formNotebook(withoutExpected(clean));
  const fileText = formNotebook(clean);
  if (!parseNotebook(text).ok || !parseNotebook(fileText).ok) {
    return fail({
      code: 'share-notebook',
      message: 'The notebook could not be read any more once what was found is taken out of it.',
      hint: 'Take it out of names and first lines of cells yourself, and share again.',
    });
  }
  const shared: SharedNotebook = { format: 'sluice-link/1', text, sources: expectedSources(clean) };
  return succeed({ findings: cleaner.findings, shared, fileText });
}
