// Which edits get an entry in the log: the first of a burst in one place, not every letter; must not know where entries go.
import { describeEdit, type EditEvent } from '../audit/edit-event.ts';
import { coalescingKey } from '../notebook/edit.ts';
import type { Edit } from '../notebook/edit-types.ts';
import type { Notebook } from '../notebook/notebook-types.ts';

const BURST_MS = 30_000;

export class EditBursts {
  readonly #now: () => number;
  /** When the last entry for a place was made, ms. */
  #noted = new Map<string, number>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The event of an edit; null where it goes on with what has an entry already, or says nothing. */
  begin(edit: Edit, before: Notebook, after: Notebook): EditEvent | null {
    const event = describeEdit(edit, before, after);
    if (event?.action !== 'notebook-changed') return event;
    const place = coalescingKey(edit);
    if (place === null) return event;
    const last = this.#noted.get(place);
    if (last !== undefined && this.#now() - last < BURST_MS) return null;
    this.#noted.set(place, this.#now());
    return event;
  }

  settle(): void {
    this.#noted = new Map();
  }
}
