// How a source is read: import options and lists of files, from YAML; knows nothing of how they are used.
import { readKnown, readText, type Reading, type Readings } from './known-members.ts';
import type {
  CsvImportOptions,
  ExcelImportOptions,
  GuessedImportOptions,
  ImportOptions,
  JsonImportOptions,
  ParquetImportOptions,
  SourcePart,
} from './notebook-types.ts';
import type { Path, YamlReader } from './yaml-reader.ts';

const readFlag: Reading<boolean> = (reader, value, path) => reader.boolean(value, path);
const readTexts: Reading<readonly string[]> = (reader, value, path) =>
  reader.list(value, path, (item, at) => reader.text(item, at));
const readTextRecord: Reading<Readonly<Record<string, string>>> = (reader, value, path) =>
  reader.record(value, path, (item, at) => reader.text(item, at));

const COMMON: Readings<Omit<GuessedImportOptions, 'format'>> = {
  compression: (reader, value, path) =>
    reader.oneOf<'none' | 'gzip' | 'zip'>(value, path, ['none', 'gzip', 'zip']),
  member: readText,
  fileColumn: readText,
  types: readTextRecord,
  rename: readTextRecord,
};

const CSV: Readings<Omit<CsvImportOptions, 'format'>> = {
  delimiter: readText,
  quote: readText,
  escape: readText,
  header: readFlag,
  encoding: readText,
  skipRows: (reader, value, path) => reader.integer(value, path, 0),
  comment: readText,
  nullText: readTexts,
  dateFormat: readText,
  timestampFormat: readText,
  decimal: (reader, value, path) => reader.oneOf<'.' | ','>(value, path, ['.', ',']),
  ...COMMON,
};

const JSON_READINGS: Readings<Omit<JsonImportOptions, 'format'>> = {
  layout: (reader, value, path) =>
    reader.oneOf<'lines' | 'array' | 'object'>(value, path, ['lines', 'array', 'object']),
  path: readText,
  flatten: readFlag,
  encoding: readText,
  ...COMMON,
};

const PARQUET: Readings<Omit<ParquetImportOptions, 'format'>> = COMMON;

const EXCEL: Readings<Omit<ExcelImportOptions, 'format'>> = {
  sheet: readText,
  range: readText,
  header: readFlag,
  nullText: readTexts,
  ...COMMON,
};

const FORMATS: readonly ImportOptions['format'][] = ['auto', 'csv', 'json', 'parquet', 'excel'];

/** Options without a format are those of delimited text, which was the only one once. */
export function readImport(reader: YamlReader, value: unknown, path: Path): ImportOptions {
  const members = reader.members(value, path);
  const format =
    members['format'] === undefined ? 'csv' : reader.oneOf(members['format'], [...path, 'format'], FORMATS);
  switch (format) {
    case 'auto':
      return { format, ...readKnown(reader, members, path, COMMON) };
    case 'csv':
      return { format, ...readKnown(reader, members, path, CSV) };
    case 'json':
      return { format, ...readKnown(reader, members, path, JSON_READINGS) };
    case 'parquet':
      return { format, ...readKnown(reader, members, path, PARQUET) };
    case 'excel':
      return { format, ...readKnown(reader, members, path, EXCEL) };
  }
}

function readFile(reader: YamlReader, value: unknown, path: Path): SourcePart {
  const members = reader.members(value, path);
  const name = reader.text(members['name'], [...path, 'name']);
  if (/[/\\]/.test(name) || name === '') {
    reader.refuse([...path, 'name'], 'a file is named without its path.', 'Leave the folders out.');
  }
  return { name, bytes: reader.integer(members['bytes'], [...path, 'bytes'], 0) };
}

/** The files of a source that has several. */
export const readFiles: Reading<readonly SourcePart[]> = (reader, value, path) =>
  reader.list(value, path, (item, at) => readFile(reader, item, at));
