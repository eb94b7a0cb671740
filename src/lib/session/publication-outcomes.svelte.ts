// What came of the last check of each publish cell, and whether it still holds; must not know how it is judged.
import { SvelteMap } from 'svelte/reactivity';
import type { CellId, Notebook } from '../notebook/notebook-types.ts';
import type { PublicationOutcome } from './publication-types.ts';

type Outcome = PublicationOutcome['outcome'];

export class PublicationOutcomes {
  readonly #notebook: () => Notebook;
  readonly #kept = new SvelteMap<CellId, { readonly outcome: Outcome; readonly notebook: Notebook }>();

  constructor(notebook: () => Notebook) {
    this.#notebook = notebook;
  }

  keep(id: CellId, outcome: Outcome): void {
    this.#kept.set(id, { outcome, notebook: this.#notebook() });
  }

  /** Stale once anything of the notebook changed since. */
  of(id: CellId): PublicationOutcome | null {
    const kept = this.#kept.get(id);
    return kept ? { outcome: kept.outcome, isStale: kept.notebook !== this.#notebook() } : null;
  }
}
