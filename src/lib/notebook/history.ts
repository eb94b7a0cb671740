// Undo and redo as an immutable value; knows nothing of what is undone.

export interface History<T> {
  /** Earlier states, oldest first. */
  readonly past: readonly T[];
  readonly present: T;
  /** Undone states, next first. */
  readonly future: readonly T[];
  /** Key of the step that led to `present`, while a further one of the same key joins it. */
  readonly openKey: string | null;
}

/** Most steps that can be undone. */
export const HISTORY_LIMIT = 200;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], openKey: null };
}

/**
 * Adds a step and forgets what was undone. Steps in a row with the same `key` (typing in one cell) are one step to undo;
 * without a key a step stands alone. Nothing happens where `next` is the present value itself.
 */
export function recordStep<T>(history: History<T>, next: T, key: string | null = null): History<T> {
  if (Object.is(next, history.present)) return history;
  const joins = key !== null && key === history.openKey;
  const past = joins ? history.past : [...history.past, history.present].slice(-HISTORY_LIMIT);
  return { past, present: next, future: [], openKey: key };
}

/** Ends the joining of steps, e.g. when the cursor leaves the cell. */
export function settleHistory<T>(history: History<T>): History<T> {
  return history.openKey === null ? history : { ...history, openKey: null };
}

export function canUndo<T>(history: History<T>): boolean {
  return history.past.length > 0;
}

export function canRedo<T>(history: History<T>): boolean {
  return history.future.length > 0;
}

/** The history one step back; itself where there is none. */
export function undo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  const earlier = past[past.length - 1] as T;
  return { past: past.slice(0, -1), present: earlier, future: [present, ...future], openKey: null };
}

/** The history one step forth; itself where there is none. */
export function redo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  const later = future[0] as T;
  return { past: [...past, present], present: later, future: future.slice(1), openKey: null };
}
