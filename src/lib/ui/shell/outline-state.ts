// How each cell stands, in the outline's one word, and all of them in one line; must not know how states come about.
import type { Cell } from '../../notebook/notebook-types.ts';
import { isBlocking } from '../../quality/check-types.ts';
import { isDisabled } from '../../session/cell-facts.ts';
import type { CellState } from '../../session/cell-run-types.ts';
import type { CheckRunView } from '../../session/check-view-types.ts';
import type { PublicationOutcome } from '../../session/publication-types.ts';
import type { Session } from '../../session/session-types.ts';
import { formatCount } from '../primitives/figures.ts';

/** The sign that is drawn: a state of a run, or `warned`. */
export type OutlineSign = CellState | 'warned';

export interface OutlineState {
  readonly sign: OutlineSign;
  readonly word: string;
}

const RUN_WORDS: Readonly<Record<CellState, string>> = {
  new: 'not run',
  queued: 'queued',
  running: 'running',
  done: 'done',
  stale: 'stale',
  failed: 'failed',
  blocked: 'blocked',
};

/** The worst of its checks. */
export function checkState(run: CheckRunView): OutlineState | null {
  switch (run.state) {
    case 'disabled':
      return null;
    case 'done':
      if (run.results.some(isBlocking)) return { sign: 'failed', word: 'failed' };
      if (run.results.some(({ outcome }) => outcome !== 'pass')) return { sign: 'warned', word: 'warned' };
      return { sign: 'done', word: 'passed' };
    case 'failed':
      return { sign: 'failed', word: 'could not run' };
    default:
      return { sign: run.state, word: RUN_WORDS[run.state] };
  }
}

const PUBLICATION: Readonly<Record<PublicationOutcome['outcome'], OutlineState>> = {
  passed: { sign: 'done', word: 'passed' },
  blocked: { sign: 'blocked', word: 'blocked' },
  published: { sign: 'done', word: 'published' },
  staged: { sign: 'done', word: 'ready to send' },
  failed: { sign: 'failed', word: 'not checked' },
};

export function publishState(kept: PublicationOutcome | null): OutlineState | null {
  if (kept === null) return null;
  return kept.isStale ? { sign: 'stale', word: 'stale' } : PUBLICATION[kept.outcome];
}

type Standing = Pick<Session, 'runs' | 'checks' | 'publishing'>;

/** Null for what has no state: text, cells kept as they are, and what is disabled. */
export function outlineState(cell: Cell, session: Standing): OutlineState | null {
  if (isDisabled(cell)) return null;
  if (cell.kind === 'check') return checkState(session.checks.of(cell.id));
  if (cell.kind === 'publish') return publishState(session.publishing.outcomeOf(cell.id));
  if (cell.kind !== 'sql') return null;
  const { state } = session.runs.of(cell.id);
  return { sign: state, word: RUN_WORDS[state] };
}

const TOLD: readonly (readonly [OutlineSign, string])[] = [
  ['failed', 'failed'],
  ['blocked', 'blocked'],
  ['warned', 'warned'],
  ['stale', 'stale'],
  ['new', 'not run'],
];

/** `2 failed · 1 warned · 3 stale`; `All done.` where there is nothing to do, empty where nothing can be run. */
export function summarizeOutline(states: readonly (OutlineState | null)[]): string {
  const known = states.filter((state) => state !== null);
  if (known.length === 0) return '';
  const told = TOLD.map(
    ([sign, word]) => [known.filter((state) => state.sign === sign).length, word] as const,
  )
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`);
  if (told.length > 0) return told.join(' · ');
  return known.every(({ sign }) => sign === 'done') ? 'All done.' : '';
}
