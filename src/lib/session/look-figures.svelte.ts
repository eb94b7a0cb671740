// Measures the columns that are looked at and what the filters leave of them, a few at a time; must not know rows or who draws.
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { fail, type Problem, type Result } from '../base/result.ts';
import { countFiltered } from '../filter/filtered-counts.ts';
import type { FilteredCounts } from '../filter/view-types.ts';
import { planProfiles, type PlannedProfile } from '../profile/profile-columns.ts';
import type { LookEngine } from './look-engine.ts';
import type { ColumnFigures } from './look-view-types.ts';

/** Columns measured together, where that takes no time to speak of. */
const AT_ONCE = 8;
/** Above so many rows columns are measured one by one, so that the first is seen early. */
const FEW_ROWS = 200_000;

interface FiguresParts {
  readonly engine: LookEngine;
  /** Reactive. */
  readonly subject: () => {
    readonly relation: string;
    readonly rowCount: number;
    readonly generation: number | string;
    readonly columns: readonly { readonly name: string }[];
  };
  /** The condition a column's figures are filtered by. Reactive. */
  readonly conditionOf: (column: string) => Result<string | null>;
}

interface Measured {
  readonly planned: PlannedProfile | null;
  readonly whole: FilteredCounts | null;
  readonly problem: Problem | null;
}

interface Filtered {
  readonly condition: string;
  readonly counts: FilteredCounts;
}

const NOTHING: ColumnFigures = { profile: null, whole: null, filtered: null, problem: null };

/** Measuring these again would only end the same way. */
const ENDS_MEASURING: ReadonlySet<string> = new Set(['engine-crashed', 'engine-out-of-memory']);

export class LookFigures {
  readonly #parts: FiguresParts;
  readonly #measured = new SvelteMap<string, Measured>();
  readonly #filtered = new SvelteMap<string, Filtered>();
  #wanted: ReadonlyMap<string, string | null> = new Map();
  #generation: number | string | null = null;
  #measuring = new AbortController();
  #counting = new AbortController();
  #isWorking = false;
  /** Why nothing more of this result is measured. */
  #endedBy: Problem | null = null;

  constructor(parts: FiguresParts) {
    this.#parts = parts;
  }

  of(column: string): ColumnFigures {
    const measured = this.#measured.get(column);
    if (measured === undefined) return NOTHING;
    const condition = this.#parts.conditionOf(column);
    const kept = this.#filtered.get(column);
    return {
      profile: measured.planned?.profile ?? null,
      whole: measured.whole,
      filtered: kept && condition.ok && condition.value === kept.condition ? kept.counts : null,
      problem: measured.problem,
    };
  }

  /** Reads the conditions and the result's generation: call in an effect. */
  follow(columns: readonly string[]): void {
    const { generation } = this.#parts.subject();
    const wanted = new Map<string, string | null>();
    for (const column of columns) {
      const condition = this.#parts.conditionOf(column);
      wanted.set(column, condition.ok ? condition.value : null);
    }
    untrack(() => this.#want(generation, wanted));
  }

  rest(): void {
    this.#wanted = new Map();
    this.#measuring.abort();
    this.#counting.abort();
  }

  /** Another engine is there: what the one before could not measure is tried again. */
  lost(): void {
    this.rest();
    this.#endedBy = null;
    for (const [column, { problem }] of this.#measured) if (problem) this.#measured.delete(column);
  }

  #want(generation: number | string, wanted: ReadonlyMap<string, string | null>): void {
    if (this.#generation !== generation) {
      this.#generation = generation;
      this.#measuring.abort();
      this.#counting.abort();
      this.#measured.clear();
      this.#filtered.clear();
      this.#endedBy = null;
    } else if ([...wanted].some(([column, condition]) => this.#wanted.get(column) !== condition))
      this.#counting.abort();
    this.#wanted = wanted;
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    while (this.#endedBy === null && (await this.#step()));
    this.#isWorking = false;
    if (this.#endedBy !== null) this.#tellAll(this.#endedBy);
  }

  /** Columns that are measured no more say why, instead of being waited for. */
  #tellAll(problem: Problem): void {
    for (const column of this.#wanted.keys())
      if (!this.#measured.has(column)) this.#measured.set(column, { planned: null, whole: null, problem });
  }

  /** False where nothing is left to do. */
  async #step(): Promise<boolean> {
    const { rowCount } = this.#parts.subject();
    const size = rowCount > FEW_ROWS ? 1 : AT_ONCE;
    const outdated = [...this.#wanted].filter(
      ([column, condition]) =>
        condition !== null &&
        this.#measured.get(column)?.planned != null &&
        this.#filtered.get(column)?.condition !== condition,
    );
    const [condition] = outdated.map((each) => each[1]);
    if (condition !== undefined && condition !== null) {
      const together = outdated.filter((each) => each[1] === condition).map(([column]) => column);
      return this.#count(together.slice(0, AT_ONCE), condition);
    }
    const missing = [...this.#wanted.keys()].filter((column) => !this.#measured.has(column));
    return missing.length > 0 && this.#measure(missing.slice(0, size));
  }

  async #measure(columns: readonly string[]): Promise<boolean> {
    const { relation, rowCount } = this.#parts.subject();
    this.#measuring = new AbortController();
    const { signal } = this.#measuring;
    const generation = this.#generation;
    const engine = this.#parts.engine.measuring(rowCount, signal);
    const profiled = await planProfiles({ engine, relation, columns, signal });
    const sampled = profiled.ok
      ? profiled.value.columns.filter(({ profile }) => profile.sampled.includes('top'))
      : [];
    const counted =
      sampled.length > 0 ? await countFiltered({ engine, signal }, relation, sampled, null) : null;
    if (signal.aborted || generation !== this.#generation) return this.#wanted.size > 0;
    const problem = profiled.ok ? null : profiled.error;
    if (problem && ENDS_MEASURING.has(problem.code)) this.#endedBy = problem;
    for (const [index, column] of columns.entries()) {
      const planned = profiled.ok ? (profiled.value.columns[index] ?? null) : null;
      const at = planned ? sampled.indexOf(planned) : -1;
      const whole = counted?.ok && at >= 0 ? (counted.value[at] ?? null) : null;
      this.#measured.set(column, { planned, whole, problem });
    }
    return true;
  }

  async #count(columns: readonly string[], condition: string): Promise<boolean> {
    const { relation, rowCount } = this.#parts.subject();
    this.#counting = new AbortController();
    const { signal } = this.#counting;
    const generation = this.#generation;
    const engine = this.#parts.engine.measuring(rowCount, signal);
    const profiles = columns.flatMap((column) => this.#measured.get(column)?.planned ?? []);
    const counted =
      profiles.length === columns.length
        ? await countFiltered({ engine, signal }, relation, profiles, condition)
        : fail({ code: 'look-outdated', message: 'The result has changed.' });
    if (signal.aborted || generation !== this.#generation) return this.#wanted.size > 0;
    for (const [index, column] of columns.entries()) {
      const counts = counted.ok ? counted.value[index] : undefined;
      if (counts) this.#filtered.set(column, { condition, counts });
      // Not asked again: what the rows are filtered by says what is wrong.
      else if (!counted.ok)
        this.#measured.set(column, { planned: null, whole: null, problem: counted.error });
    }
    if (!counted.ok && ENDS_MEASURING.has(counted.error.code)) this.#endedBy = counted.error;
    return true;
  }
}
