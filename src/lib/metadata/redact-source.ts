// What a person typed about a source, without sensitive values; must not know which document it goes into.
import type { ColumnDeclaration, ImportOptions, SourceSpec } from '../notebook/notebook-types.ts';
import type { TextCleaner } from './text-cleaner.ts';

/** Name under which a column may be spoken of; null where it may not be. */
export type NameColumn = (column: string) => string | null;

export interface SourcePlace {
  readonly source: string;
  /** Where the texts go, in words, e.g. `notebook`. */
  readonly document: string;
  readonly nameColumn: NameColumn;
  readonly log: TextCleaner;
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

/** Renamed columns, but for those of which either name may not be spoken. */
function redactNames(
  names: Readonly<Record<string, string>>,
  nameColumn: NameColumn,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([column, name]) => {
      const [from, to] = [nameColumn(column), nameColumn(name)];
      return from === null || to === null ? [] : [[from, to]];
    }),
  );
}

/** What was typed that only some formats have. */
function redactFormat(options: ImportOptions, text: (value: string) => string): Partial<ImportOptions> {
  if (options.format === 'json') return options.path === undefined ? {} : { path: text(options.path) };
  if (options.format === 'excel') {
    const { sheet, nullText } = options;
    return {
      ...(sheet === undefined ? {} : { sheet: text(sheet) }),
      ...(nullText === undefined ? {} : { nullText: nullText.map(text) }),
    };
  }
  if (options.format !== 'csv') return {};
  const { nullText, dateFormat, timestampFormat } = options;
  return {
    ...(nullText === undefined ? {} : { nullText: nullText.map(text) }),
    ...(dateFormat === undefined ? {} : { dateFormat: text(dateFormat) }),
    ...(timestampFormat === undefined ? {} : { timestampFormat: text(timestampFormat) }),
  };
}

export function redactOptions<Options extends ImportOptions>(options: Options, place: SourcePlace): Options {
  const { types, rename, member, fileColumn } = options;
  const where = `${place.document}: import options of ${place.source}`;
  const text = (value: string) => place.log.text(where, value);
  return {
    ...options,
    ...(types === undefined ? {} : { types: mapColumns(types, place.nameColumn, text) }),
    ...(rename === undefined ? {} : { rename: redactNames(rename, place.nameColumn) }),
    ...(member === undefined ? {} : { member: text(member) }),
    ...(fileColumn === undefined ? {} : { fileColumn: text(fileColumn) }),
    ...redactFormat(options, text),
  };
}

/** The source's own name with the file's kind: a file name may name a person, a customer or a place. */
function neutralFile(source: string, { file, import: { format } }: SourceSpec): string {
  return `${source}${kindOf(file) ?? ENDINGS[format]}`;
}

/** The end of a file name that tells its kind and nothing else. */
function kindOf(file: string): string | undefined {
  const ends = /(?:\.(?:csv|tsv|tab|psv|txt|dat|json|ndjson|jsonl|parquet|xlsx))?(?:\.(?:gz|zip|zst))?$/i;
  return ends.exec(file)?.[0].toLowerCase() || undefined;
}

const ENDINGS: Readonly<Record<ImportOptions['format'], string>> = {
  auto: '.csv',
  csv: '.csv',
  json: '.json',
  parquet: '.parquet',
  excel: '.xlsx',
};

/** The files of a source that has several, each under a name that tells nothing. */
function redactFiles(spec: SourceSpec, { document, source, log }: SourcePlace): Pick<SourceSpec, 'files'> {
  if (spec.files === undefined) return {};
  const files = spec.files.map(({ name, bytes }, index) => {
    const neutral = `${source}-${index + 1}${kindOf(name) ?? ''}`;
    return { name: log.file(`${document}: source ${source}`, name, neutral), bytes };
  });
  return { files };
}

/** Declarations with scanned texts, under the names their columns may have. */
export function redactColumns(spec: SourceSpec, place: SourcePlace): Pick<SourceSpec, 'columns' | 'expects'> {
  const { columns, expects } = spec;
  const change = (each: ColumnDeclaration, column: string) => redactDeclaration(each, column, place);
  const retype = (type: string) => place.log.text(`${place.document}: column types of ${place.source}`, type);
  return {
    ...(columns === undefined ? {} : { columns: mapColumns(columns, place.nameColumn, change) }),
    ...(expects === undefined ? {} : { expects: mapColumns(expects, place.nameColumn, retype) }),
  };
}

/** The source as a notebook that leaves this machine may carry it. */
export function redactSourceSpec(spec: SourceSpec, place: SourcePlace): SourceSpec {
  const { document, source, log } = place;
  const file = log.file(`${document}: source ${source}`, spec.file, neutralFile(source, spec));
  return {
    ...spec,
    file,
    ...redactFiles(spec, place),
    import: redactOptions(spec.import, place),
    ...redactColumns(spec, place),
  };
}
