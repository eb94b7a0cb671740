// Earlier states of a notebook as this browser keeps them, bounded, beside its text; must not know what a state means.
import type { Result } from '../base/result.ts';
import { succeed } from '../base/result.ts';
import { readSetting, writeSetting } from './database.ts';
import { pastName } from './database-schema.ts';

export interface StoredState {
  readonly id: string;
  /** UTC ISO 8601. */
  readonly at: string;
  /** What led to it. */
  readonly words: string;
  /** Text form `.sluice.md`. */
  readonly text: string;
}

const MOST_STATES = 200;
/** Characters of all texts together. */
const MOST_TEXT = 1_500_000;

function isState(value: unknown): value is StoredState {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'at', 'words', 'text'].every((key) => typeof Reflect.get(value, key) === 'string')
  );
}

/** The newest that fit; oldest first. */
export function boundStates<T extends Pick<StoredState, 'text'>>(states: readonly T[]): readonly T[] {
  let room = MOST_TEXT;
  const kept: T[] = [];
  for (const state of states.slice(-MOST_STATES).reverse()) {
    room -= state.text.length;
    if (room < 0 && kept.length > 0) break;
    kept.push(state);
  }
  return kept.reverse();
}

/** Oldest first; what is damaged is left out. */
export async function readPast(id: string): Promise<Result<readonly StoredState[]>> {
  const read = await readSetting(pastName(id));
  if (!read.ok) return read;
  return succeed(Array.isArray(read.value) ? read.value.filter(isState) : []);
}

export function writePast(id: string, states: readonly StoredState[]): Promise<Result<null>> {
  return writeSetting(pastName(id), boundStates(states));
}
