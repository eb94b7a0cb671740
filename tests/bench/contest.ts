// Two ways to the same end, timed in turn and given as a ratio; must not know what they do.
import { median } from './figures.ts';

export interface Contest {
  readonly name: string;
  readonly own: () => Promise<unknown>;
  /** The fastest other way at hand, in words. */
  readonly other: string;
  readonly theirs: () => Promise<unknown>;
}

export interface ContestResult {
  readonly name: string;
  readonly other: string;
  readonly ownMs: number;
  readonly otherMs: number;
}

/** What was compared, over how much, and what a reader has to know of it. */
export interface ContestGroup {
  readonly about: string;
  readonly results: readonly ContestResult[];
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** One round to warm up, then `rounds`, whose median counts; who goes first changes with each. */
export async function runContest(contest: Contest, rounds: number): Promise<ContestResult> {
  const { name, other, own, theirs } = contest;
  const [mine, others]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const isFirst = round % 2 === 0;
    const before = isFirst ? await time(own) : await time(theirs);
    const after = isFirst ? await time(theirs) : await time(own);
    if (round === 0) continue;
    mine.push(isFirst ? before : after);
    others.push(isFirst ? after : before);
  }
  return { name, other, ownMs: median(mine), otherMs: median(others) };
}
