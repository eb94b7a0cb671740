// What a person typed about a source, without sensitive values; must not know which document it goes into.
import type { RedactionLog } from '../metadata/redaction-log.ts';
import type { ColumnDeclaration, ImportOptions, SourceSpec } from '../notebook/notebook-types.ts';

/** Name under which a column may be spoken of; null where it may not be. */
export type NameColumn = (column: string) => string | null;

export interface SourcePlace {
  readonly source: string;
  /** Where the texts go, in words, e.g. `notebook`. */
  readonly document: string;
  readonly nameColumn: NameColumn;
  readonly log: RedactionLog;
}

const DECLARED_TEXTS = ['label', 'meaning', 'reason', 'entity'] as const;

function redactDeclaration(
  declaration: ColumnDeclaration,
  column: string,
  place: SourcePlace,
): ColumnDeclaration {
  const { document, source, log } = place;
  const texts = DECLARED_TEXTS.flatMap((key) => {
    const text = declaration[key];
    return text === undefined ? [] : [[key, log.text(`${document}: ${key} of ${source}.${column}`, text)]];
  });
  return { ...declaration, ...Object.fromEntries(texts) };
}

/** Members by column with other names and values; those without a name are left out. */
function mapColumns<T>(
  members: Readonly<Record<string, T>>,
  nameColumn: NameColumn,
  change: (value: T, column: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([column, value]) => {
      const name = nameColumn(column);
      return name === null ? [] : [[name, change(value, name)]];
    }),
  );
}

export function redactOptions(options: ImportOptions, place: SourcePlace): ImportOptions {
  const { types, nullText, dateFormat, timestampFormat } = options;
  const where = `${place.document}: import options of ${place.source}`;
  const text = (value: string) => place.log.text(where, value);
  return {
    ...options,
    ...(types === undefined ? {} : { types: mapColumns(types, place.nameColumn, text) }),
    ...(nullText === undefined ? {} : { nullText: nullText.map(text) }),
    ...(dateFormat === undefined ? {} : { dateFormat: text(dateFormat) }),
    ...(timestampFormat === undefined ? {} : { timestampFormat: text(timestampFormat) }),
  };
}

/** The source's own name with the file's kind: a file name may name a person, a customer or a place. */
function neutralFile(source: string, { file, import: { format } }: SourceSpec): string {
  const kind = /(?:\.(?:csv|tsv|tab|psv|txt|dat))(?:\.(?:gz|zst))?$/i.exec(file)?.[0].toLowerCase();
  return `${source}${kind ?? `.${format}`}`;
}

/** Declarations with scanned texts, under the names their columns may have. */
export function redactColumns(spec: SourceSpec, place: SourcePlace): Pick<SourceSpec, 'columns'> {
  const { columns } = spec;
  if (columns === undefined) return {};
  const change = (each: ColumnDeclaration, column: string) => redactDeclaration(each, column, place);
  return { columns: mapColumns(columns, place.nameColumn, change) };
}

/** The source as a notebook in a module may carry it. */
export function redactSourceSpec(spec: SourceSpec, place: SourcePlace): SourceSpec {
  const { document, source, log } = place;
  const file = neutralFile(source, spec);
  if (file !== spec.file) log.note(`${document}: source ${source}`, 'FILE_NAME');
  return { ...spec, file, import: redactOptions(spec.import, place), ...redactColumns(spec, place) };
}
