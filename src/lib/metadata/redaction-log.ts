// Takes sensitive values out of texts and counts what was taken and where, never the value; must not know which documents there are.
import { isValueName, REDACTED, redactSql, redactText } from './sql-literals.ts';
import type { Redaction, ScanText } from './sql-literals.ts';
import type { TextCleaner } from './text-cleaner.ts';

/** `entity` as the recognizers name it, or `FILE_NAME` for a file name made neutral. */
export interface PlacedRedaction extends Redaction {
  /** In words, e.g. `metadata: reason for people.salary`. */
  readonly where: string;
}

/** One for each module. `where` must not hold anything that was not scanned itself. */
export class RedactionLog implements TextCleaner {
  readonly #scan: ScanText;
  readonly #placed = new Map<string, PlacedRedaction>();

  constructor(scan: ScanText) {
    this.#scan = scan;
  }

  /** The text with `[REDACTED]` in place of every value found. */
  text(where: string, text: string): string {
    const spans = this.#scan(text);
    for (const { entity } of spans) this.note(where, entity);
    return redactText(text, () => spans);
  }

  /** As `redactSql`. */
  sql(where: string, sql: string): string {
    const redacted = redactSql(sql, this.#scan);
    for (const { entity, count } of redacted.redactions) this.note(where, entity, count);
    return redacted.sql;
  }

  value(where: string, value: string): string | null {
    return this.text(where, value) === value ? value : null;
  }

  /** `[REDACTED]` where the name of a column is a value, else the name. */
  name(where: string, name: string): string {
    if (!isValueName(name, this.#scan)) return name;
    for (const { entity } of this.#scan(name)) this.note(where, entity);
    return REDACTED;
  }

  /** Always neutral: a file name may name a person, a customer or a place. */
  file(where: string, file: string, neutral: string): string {
    if (file !== neutral) this.note(where, 'FILE_NAME');
    return neutral;
  }

  finds(text: string): boolean {
    return this.#scan(text).length > 0;
  }

  note(where: string, entity: string, count = 1): void {
    const key = JSON.stringify([where, entity]);
    const before = this.#placed.get(key)?.count ?? 0;
    this.#placed.set(key, { where, entity, count: before + count });
  }

  /** In the order in which they were first noted. */
  entries(): readonly PlacedRedaction[] {
    return [...this.#placed.values()];
  }
}
