// How delimited text looks in a module; part of its format.
import type { DelimitedSettings } from '../../../src/lib/engine/save-types.ts';

export const MODULE_CSV: DelimitedSettings = {
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
