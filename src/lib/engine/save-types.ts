// How a result becomes a file for a person: plain data, shared by dialog, session and engine; knows no format's bytes.

/** Signs that a line of delimited text can be cut at. */
export type Delimiter = ',' | ';' | '\t' | '|';

/** RFC 4180 and what spreadsheets make of it. */
export interface DelimitedSettings {
  readonly format: 'delimited';
  readonly delimiter: Delimiter;
  /** A first line with the column names. */
  readonly header: boolean;
  /** Quotes around every value but NULL, not only where they are needed. */
  readonly quoteAll: boolean;
  /** What stands for NULL; a text that reads the same is quoted. */
  readonly nullText: string;
  /** `3,14` instead of `3.14` in DECIMAL, FLOAT and DOUBLE. */
  readonly decimalComma: boolean;
  /** EF BB BF before the text, by which Excel knows UTF-8. */
  readonly byteOrderMark: boolean;
  readonly lineEnd: 'crlf' | 'lf';
  /** An apostrophe before texts that a spreadsheet would read as a formula (OWASP, CSV injection). */
  readonly guardFormulas: boolean;
}

export interface JsonSettings {
  readonly format: 'json';
  /** `lines`: one object a line (NDJSON). */
  readonly layout: 'array' | 'lines';
}

export interface ParquetSettings {
  readonly format: 'parquet';
}

/** Office Open XML workbook (ECMA-376). */
export interface ExcelSettings {
  readonly format: 'excel';
  /** At most 31 characters, none of `[ ] : * ? / \`. */
  readonly sheet: string;
  readonly header: boolean;
}

export type SaveSettings = DelimitedSettings | JsonSettings | ParquetSettings | ExcelSettings;

export interface SaveRequest {
  readonly saveId: string;
  readonly relation: string;
  /** Columns in this order; all where absent. */
  readonly columns?: readonly string[] | undefined;
  readonly settings: SaveSettings;
}

export interface SavedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rowCount: number;
  /** What is written otherwise than it stands in the result, e.g. whole numbers that Excel cannot hold. */
  readonly notes: readonly string[];
}
