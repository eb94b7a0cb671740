// What a person can choose about a delimited file, and how a choice changes the options; must not know the form.
import type { ImportSuggestion } from '../../engine/contract.ts';
import type { CsvImportOptions, ImportOptions, KnownImportOptions } from '../../notebook/notebook-types.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export const DELIMITERS: readonly Choice[] = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar |' },
  { value: ' ', label: 'Space' },
  { value: ':', label: 'Colon :' },
  { value: '^', label: 'Caret ^' },
  { value: '~', label: 'Tilde ~' },
];

/** `none` stands for the empty string, which a select cannot tell from “guess”. */
export const QUOTES: readonly Choice[] = [
  { value: '"', label: 'Double "' },
  { value: "'", label: "Single '" },
  { value: 'none', label: 'None' },
];

export const ENCODINGS: readonly Choice[] = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
  { value: 'windows-1252', label: 'Windows-1252, Latin-1' },
  { value: 'windows-1250', label: 'Windows-1250, Central European' },
  { value: 'windows-1251', label: 'Windows-1251, Cyrillic' },
  { value: 'koi8-u', label: 'KOI8-U' },
  { value: 'macintosh', label: 'Mac Roman' },
  { value: 'shift_jis', label: 'Shift JIS' },
  { value: 'gb18030', label: 'GB 18030' },
];

/** strptime formats as the engine reads them. */
export const DATE_FORMATS: readonly Choice[] = [
  { value: '%Y-%m-%d', label: '2026-07-28' },
  { value: '%m/%d/%Y', label: '07/28/2026 m/d/y' },
  { value: '%d/%m/%Y', label: '28/07/2026 d/m/y' },
  { value: '%d.%m.%Y', label: '28.07.2026' },
  { value: '%Y/%m/%d', label: '2026/07/28' },
  { value: '%d-%m-%Y', label: '28-07-2026' },
  { value: '%Y%m%d', label: '20260728' },
];

export const DECIMALS: readonly Choice[] = [
  { value: '.', label: 'Point 1.5' },
  { value: ',', label: 'Comma 1,5' },
];

export const COLUMN_TYPES: readonly string[] = [
  'VARCHAR',
  'BIGINT',
  'DOUBLE',
  'DECIMAL(18,3)',
  'BOOLEAN',
  'DATE',
  'TIMESTAMP',
  'TIME',
];

export const FORMATS: readonly (Choice & { readonly value: KnownImportOptions['format'] })[] = [
  { value: 'csv', label: 'Delimited text (CSV, TSV)' },
  { value: 'json', label: 'JSON' },
  { value: 'parquet', label: 'Parquet' },
  { value: 'excel', label: 'Excel' },
];

export const LAYOUTS: readonly Choice[] = [
  { value: 'array', label: 'One array' },
  { value: 'lines', label: 'One value a line' },
  { value: 'object', label: 'An array in an object' },
];

/** What stays when the format is changed: how the file is packed and where it is from. */
export function withFormat(options: ImportOptions, format: string | undefined): ImportOptions {
  const { compression, member, fileColumn } = options;
  const known = FORMATS.find(({ value }) => value === format)?.value ?? 'auto';
  return {
    format: known,
    ...(compression === undefined ? {} : { compression }),
    ...(member === undefined ? {} : { member }),
    ...(fileColumn === undefined ? {} : { fileColumn }),
  };
}

/** A copy with a member set, or left out where it is undefined. Types that were chosen stay with their columns. */
export function withMember<Options extends ImportOptions, Key extends keyof Options>(
  options: Options,
  key: Key,
  value: Options[Key] | undefined,
): Options {
  const kept = Object.entries(options).filter(([name]) => name !== key);
  const next = value === undefined ? kept : [...kept, [key, value]];
  return Object.fromEntries(next) as Options;
}

/** Texts for NULL as a person writes them, with commas between. */
export function readNullText(text: string): readonly string[] | undefined {
  const texts = text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
  return texts.length === 0 ? undefined : texts;
}

/** Options that decide which columns there are; a change of one makes chosen types meaningless. */
const SHAPES: readonly (keyof CsvImportOptions)[] = ['delimiter', 'quote', 'header', 'skipRows', 'encoding'];

export type Settable = 'delimiter' | 'quote' | 'header' | 'encoding' | 'skipRows' | 'dateFormat' | 'decimal';

/** A copy with `key` set, or guessed again where `value` is undefined. */
export function setOption<Key extends Settable>(
  options: CsvImportOptions,
  key: Key,
  value: CsvImportOptions[Key] | undefined,
): CsvImportOptions {
  const kept = Object.entries(options).filter(
    ([name]) => name !== key && !(name === 'types' && SHAPES.includes(key)),
  );
  return { ...Object.fromEntries(kept), format: 'csv', ...(value === undefined ? {} : { [key]: value }) };
}

/** A copy in which the column has that type; an empty `type` means: guess again. */
export function setColumnType(options: ImportOptions, column: string, type: string): ImportOptions {
  const { types = {}, ...rest } = options;
  const kept = Object.entries(types).filter(([name]) => name !== column);
  const next = Object.fromEntries(type === '' ? kept : [...kept, [column, type]]);
  return Object.keys(next).length > 0 ? { ...rest, types: next } : rest;
}

/** The name in the file of a column that may be called otherwise in the table. */
export function nameInFile(options: ImportOptions, column: string): string {
  const renamed = Object.entries(options.rename ?? {}).find(([, name]) => name === column);
  return renamed?.[0] ?? column;
}

/** A copy in which the table's column `name` is taken from `from`, a name in the file; from no other where null. */
export function takeColumnFrom(options: ImportOptions, name: string, from: string | null): ImportOptions {
  const { rename = {}, ...rest } = options;
  const kept = Object.entries(rename).filter(([column, other]) => other !== name && column !== from);
  const next = Object.fromEntries(from === null ? kept : [...kept, [from, name]]);
  return Object.keys(next).length > 0 ? { ...rest, rename: next } : rest;
}

/** True where a person set anything. */
export function hasChoices(options: ImportOptions): boolean {
  return Object.keys(options).some((key) => key !== 'format');
}

/** The words for a value, else the value as it can be seen. */
export function describeChoice(choices: readonly Choice[], value: string): string {
  return (
    choices.find((choice) => choice.value === value)?.label ?? (value === '' ? 'None' : JSON.stringify(value))
  );
}

/** The options with a suggestion taken; only delimited text has any. */
export function takeSuggestion(options: ImportOptions, { change }: ImportSuggestion): ImportOptions {
  return options.format === 'csv' || options.format === 'auto'
    ? { ...options, format: 'csv', ...change }
    : options;
}
