// Export settings: the product's own, their files' endings and kinds, and what was stored read back; pure.
import type { DelimitedSettings, Delimiter, SaveSettings } from '../engine/save-types.ts';
import type { SavePreset } from './save-view-types.ts';

/** RFC 4180, as most programs read it. */
const CSV: DelimitedSettings = {
  format: 'delimited',
  delimiter: ',',
  header: true,
  quoteAll: false,
  nullText: '',
  decimalComma: false,
  byteOrderMark: false,
  lineEnd: 'crlf',
  guardFormulas: false,
};

const builtIn = (name: string, settings: SaveSettings): SavePreset => ({ name, settings, isOwn: false });

export const BUILT_IN_PRESETS: readonly SavePreset[] = [
  builtIn('CSV', CSV),
  builtIn('CSV for spreadsheets', { ...CSV, byteOrderMark: true, guardFormulas: true }),
  builtIn('CSV for spreadsheets with a decimal comma', {
    ...CSV,
    delimiter: ';',
    decimalComma: true,
    byteOrderMark: true,
    guardFormulas: true,
  }),
  builtIn('TSV', { ...CSV, delimiter: '\t', lineEnd: 'lf' }),
  builtIn('JSON', { format: 'json', layout: 'array' }),
  builtIn('NDJSON', { format: 'json', layout: 'lines' }),
  builtIn('Parquet', { format: 'parquet' }),
  builtIn('Excel', { format: 'excel', sheet: 'Result', header: true }),
];

export const DELIMITER_CHOICES: readonly { readonly value: Delimiter; readonly label: string }[] = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Vertical bar' },
];

interface FileKind {
  /** Without the dot. */
  readonly extension: string;
  readonly mediaType: string;
}

/** RFC 4180, IANA's registry of media types, and Apache's for Parquet. */
export function fileKindOf(settings: SaveSettings): FileKind {
  switch (settings.format) {
    case 'delimited':
      return settings.delimiter === '\t'
        ? { extension: 'tsv', mediaType: 'text/tab-separated-values;charset=utf-8' }
        : { extension: 'csv', mediaType: 'text/csv;charset=utf-8' };
    case 'json':
      return settings.layout === 'lines'
        ? { extension: 'ndjson', mediaType: 'application/x-ndjson' }
        : { extension: 'json', mediaType: 'application/json' };
    case 'parquet':
      return { extension: 'parquet', mediaType: 'application/vnd.apache.parquet' };
    case 'excel':
      return {
        extension: 'xlsx',
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      };
  }
}

/** Only text can go to a clipboard that other programs read. */
export function isTextFormat(settings: SaveSettings): boolean {
  return settings.format === 'delimited' || settings.format === 'json';
}

type Members = Readonly<Record<string, unknown>>;

function readDelimited(members: Members): DelimitedSettings {
  const flag = (key: string, fallback: boolean): boolean =>
    typeof members[key] === 'boolean' ? members[key] : fallback;
  return {
    format: 'delimited',
    delimiter: DELIMITER_CHOICES.find(({ value }) => value === members['delimiter'])?.value ?? CSV.delimiter,
    header: flag('header', CSV.header),
    quoteAll: flag('quoteAll', CSV.quoteAll),
    nullText: typeof members['nullText'] === 'string' ? members['nullText'].slice(0, 100) : CSV.nullText,
    decimalComma: flag('decimalComma', CSV.decimalComma),
    byteOrderMark: flag('byteOrderMark', CSV.byteOrderMark),
    lineEnd: members['lineEnd'] === 'lf' ? 'lf' : 'crlf',
    guardFormulas: flag('guardFormulas', CSV.guardFormulas),
  };
}

function readSettings(value: unknown): SaveSettings | null {
  if (typeof value !== 'object' || value === null) return null;
  const members: Members = { ...value };
  switch (members['format']) {
    case 'delimited':
      return readDelimited(members);
    case 'json':
      return { format: 'json', layout: members['layout'] === 'lines' ? 'lines' : 'array' };
    case 'parquet':
      return { format: 'parquet' };
    case 'excel':
      return {
        format: 'excel',
        sheet: typeof members['sheet'] === 'string' ? members['sheet'].slice(0, 31) : 'Result',
        header: members['header'] !== false,
      };
    default:
      return null;
  }
}

/** A person's own presets as they were stored; what is not understood is left out. */
export function readPresets(stored: unknown): readonly SavePreset[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { name, settings }: { name?: unknown; settings?: unknown } = entry;
    const read = readSettings(settings);
    return typeof name === 'string' && name.trim() !== '' && read !== null
      ? [{ name, settings: read, isOwn: true }]
      : [];
  });
}
