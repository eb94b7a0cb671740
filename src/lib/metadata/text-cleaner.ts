// What takes sensitive values out of the parts of a notebook, one method for each kind of part; knows nothing of what is sensitive.

/** `where` says in words which part it is, e.g. `notebook: cell 2 (sql)`, and holds nothing that was not cleaned itself. */
export interface TextCleaner {
  /** Running text, without the values. */
  text(where: string, text: string): string;
  /** A statement, which stays readable as one. */
  sql(where: string, sql: string): string;
  /** A value that statements compare with, such as that of an input; null where it has to go. */
  value(where: string, value: string): string | null;
  /** The name of a column; another one where it is a value itself. */
  name(where: string, name: string): string;
  /** The name of a file, or `neutral`, which says nothing. */
  file(where: string, file: string, neutral: string): string;
}
