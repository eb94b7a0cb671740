// Delimited text as one of the formats of an import; must not know the others.
import type { CsvImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { importCsv } from './csv-import.ts';
import { previewCsv } from './csv-preview.ts';
import { commonOptions, type FormatReader } from './format-reader.ts';

export const csvReader: FormatReader<CsvImportOptions> = {
  previewMakesTables: false,
  adopt: (options) => (options.format === 'csv' ? options : { ...commonOptions(options), format: 'csv' }),
  preview: (port, part, options, rows) => previewCsv(port, { handle: part.handle, options, rows }),
  read: (port, part, options, into, watch) =>
    importCsv(port, { handle: part.handle, options, table: into }, watch, ({ fraction }) =>
      watch.onProgress(fraction),
    ),
};
