// Rows of JavaScript values into a table of planned columns, piece by piece; what does not fit a type that was asked for is named.
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { RejectedLine } from '../../../src/lib/engine/contract.ts';
import { readTextRows } from '../cell-values.ts';
import { DuckCancelled, type DuckPort } from '../duck-port.ts';
import { arrowStream } from './arrow-values.ts';
import { cutReason, cutSql } from './asked-types.ts';
import { travelType, type ColumnPlan } from './column-plan.ts';
import type { ReadWatch } from './format-reader.ts';

export interface TypedColumn {
  /** In the table. */
  readonly name: string;
  readonly plan: ColumnPlan;
  /** Type that a person asked for. */
  readonly asked: string | null;
}

const MOST_LISTED = 1_000;
let lastNumber = 0;

const tableOf = (name: string): string => `main.${quoteIdentifier(name)}`;

export class TypedTable {
  readonly #port: DuckPort;
  readonly #columns: readonly TypedColumn[];
  readonly #watch: ReadWatch;
  readonly #part: string;
  readonly #stage: string;
  readonly #doubtful: readonly number[];
  #isMade = false;
  readonly rejected: RejectedLine[] = [];
  rejectedCount = 0;

  constructor(port: DuckPort, columns: readonly TypedColumn[], watch: ReadWatch) {
    this.#port = port;
    this.#columns = columns;
    this.#watch = watch;
    const number = ++lastNumber;
    this.#part = `_sl_typed_${number}_part`;
    this.#stage = `_sl_typed_${number}`;
    this.#doubtful = columns.flatMap(({ asked }, index) =>
      asked === null || asked === 'VARCHAR' ? [] : [index],
    );
  }

  /** `values` by column; `lines` says where each row stands. @throws DuckError, DuckCancelled */
  async add(values: readonly (readonly unknown[])[], lines: readonly number[]): Promise<void> {
    if (this.#watch.isCancelled()) throw new DuckCancelled();
    const line: ColumnPlan = { kind: 'bigint', type: 'BIGINT' };
    const columns = this.#columns.map(({ plan }, index) => ({ name: `c${index}`, plan }));
    const stream = arrowStream([...columns, { name: 'l', plan: line }], [...values, lines], lines.length);
    await this.#run(`DROP TABLE IF EXISTS ${tableOf(this.#part)}`);
    await this.#port.insertArrow(this.#part, stream);
    await this.#reject();
    const list = this.#columns.map(
      ({ name }, index) => `${this.#expression(index)} AS ${quoteIdentifier(name)}`,
    );
    const fits = this.#doubtful.map((index) => `NOT (${this.#misfit(index)})`);
    const where = fits.length === 0 ? '' : ` WHERE ${fits.join(' AND ')}`;
    const select = `SELECT ${list.join(', ')} FROM ${tableOf(this.#part)}${where}`;
    await this.#run(
      this.#isMade
        ? `INSERT INTO ${tableOf(this.#stage)} ${select}`
        : `CREATE TABLE ${tableOf(this.#stage)} AS ${select}`,
    );
    this.#isMade = true;
  }

  /** Puts what was added where it belongs, in the place of what was there. */
  async finish(into: string): Promise<void> {
    if (!this.#isMade)
      await this.add(
        this.#columns.map(() => []),
        [],
      );
    await this.#run(`DROP TABLE IF EXISTS ${tableOf(into)}`);
    await this.#run(`ALTER TABLE ${tableOf(this.#stage)} RENAME TO ${quoteIdentifier(into)}`);
  }

  /** Lets go of what lies about, whatever happened. */
  async dispose(): Promise<void> {
    for (const name of [this.#part, this.#stage])
      await this.#run(`DROP TABLE IF EXISTS ${tableOf(name)}`).catch(() => {});
  }

  async #run(sql: string): Promise<void> {
    await this.#port.query(sql, 'work');
  }

  #expression(index: number): string {
    const column = this.#columns[index];
    if (column === undefined) return `c${index}`;
    const { asked, plan } = column;
    if (asked !== null) return `TRY_CAST(c${index} AS ${asked})`;
    return travelType(plan) === plan.type ? `c${index}` : `CAST(c${index} AS ${plan.type})`;
  }

  #isCut(index: number): string {
    const column = this.#columns[index];
    return column === undefined ? 'FALSE' : cutSql(`c${index}`, travelType(column.plan), column.asked ?? '');
  }

  #misfit(index: number): string {
    return `(c${index} IS NOT NULL AND ${this.#expression(index)} IS NULL) OR ${this.#isCut(index)}`;
  }

  /** Each row that does not fit, once, by its first such column. */
  async #reject(): Promise<void> {
    if (this.#doubtful.length === 0) return;
    const cases = (what: (index: number) => string): string =>
      this.#doubtful.map((index) => `WHEN ${this.#misfit(index)} THEN ${what(index)}`).join(' ');
    const sql = `SELECT CAST(l AS VARCHAR), CAST(CASE ${cases(String)} END AS VARCHAR) AS which,
      CAST(CASE ${cases((index) => this.#isCut(index))} END AS VARCHAR) AS is_cut, left(CASE ${cases((index) => `CAST(c${index} AS VARCHAR)`)} END, 200) FROM ${tableOf(this.#part)}
      WHERE ${this.#doubtful.map((index) => `(${this.#misfit(index)})`).join(' OR ')}`;
    for (const [line, which, isCut, text] of readTextRows(await this.#port.query(sql, 'work'))) {
      this.rejectedCount++;
      const column = this.#columns[Number(which)];
      if (this.rejected.length >= MOST_LISTED || column === undefined) continue;
      const type = column.asked ?? column.plan.type;
      this.rejected.push({
        line: Number(line),
        column: column.name,
        reason: isCut === 'true' ? cutReason(type) : `A value could not be read as ${type}.`,
        text: text ?? null,
      });
    }
  }
}
