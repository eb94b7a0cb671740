// The rows of a grid as they arrive, for one view of one result after the other; must not know columns or how they are drawn.
import { untrack } from 'svelte';
import type { Problem } from '../../base/result.ts';
import { PageCache } from './page-cache.ts';
import type { LoadPage, Row } from './page-cache.ts';

interface RowsParts {
  /** Which rows these are: another text, and they are fetched anew. Reactive. */
  readonly made: () => string;
  readonly rowCount: () => number;
  readonly load: LoadPage;
}

/** Make it while a component is being initialised; call `show` in an effect and dispose of `cache` with another. */
export class GridRows {
  readonly #parts: RowsParts;
  #arrived = $state(0);
  readonly cache = $derived.by(() => {
    this.#parts.made();
    return new PageCache({
      rowCount: this.#parts.rowCount(),
      load: (offset, limit) => untrack(() => this.#parts.load(offset, limit)),
      onChange: () => (this.#arrived += 1),
    });
  });
  readonly problem: Problem | null = $derived.by(() => (this.#arrived >= 0 ? this.cache.problem : null));
  /** Whether any have arrived, or there are none. */
  readonly areHere = $derived.by(
    () => this.#arrived >= 0 && (this.#parts.rowCount() === 0 || this.cache.fetchedRows > 0),
  );

  constructor(parts: RowsParts) {
    this.#parts = parts;
  }

  /** Null while it is on its way. */
  at(row: number): Row | null {
    return this.#arrived >= 0 && row >= 0 ? this.cache.row(row) : null;
  }
}
