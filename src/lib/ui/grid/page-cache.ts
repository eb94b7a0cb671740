// Keeps the few blocks of rows near the viewport and fetches what is missing; must not know the DOM or the engine.
import type { Problem } from '../../base/result.ts';
import type { CellValue, Page } from '../../engine/contract.ts';

export type LoadPage = (offset: number, limit: number) => Promise<Page | Problem>;

export interface PageCacheOptions {
  readonly rowCount: number;
  readonly load: LoadPage;
  /** Called after rows arrived or failed to. */
  readonly onChange: () => void;
  /** Rows per fetch, at most 1,000. */
  readonly blockSize?: number;
  /** Blocks kept; the least recently seen go first. */
  readonly capacity?: number;
  /** Quiet time before a jump into unknown rows is fetched. */
  readonly settleMs?: number;
}

export type Row = readonly CellValue[];

/** Rows of one generation of one relation. Make a new one when the relation was run again. */
export class PageCache {
  readonly #rowCount: number;
  readonly #load: LoadPage;
  readonly #onChange: () => void;
  readonly #blockSize: number;
  readonly #capacity: number;
  readonly #settleMs: number;
  /** In order of use, oldest first. */
  readonly #blocks = new Map<number, readonly Row[]>();
  readonly #loading = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isDisposed = false;
  #problem: Problem | null = null;
  #fetchedRows = 0;

  constructor(options: PageCacheOptions) {
    this.#rowCount = options.rowCount;
    this.#load = options.load;
    this.#onChange = options.onChange;
    this.#blockSize = options.blockSize ?? 200;
    this.#capacity = options.capacity ?? 20;
    this.#settleMs = options.settleMs ?? 80;
  }

  /** Rows fetched since the cache was made. */
  get fetchedRows(): number {
    return this.#fetchedRows;
  }

  /** Why the last fetch failed; null after one that worked. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** The row, or null while it is not here. */
  row(index: number): Row | null {
    const block = Math.floor(index / this.#blockSize);
    return this.#blocks.get(block)?.[index - block * this.#blockSize] ?? null;
  }

  /** Sees to it that rows `first` to `last` (inclusive) arrive; jumps are fetched only once they settle. */
  show(first: number, last: number): void {
    if (this.#isDisposed || last < first || this.#rowCount === 0) return;
    const wanted = this.#blocksOf(first, last);
    for (const block of wanted) this.#touch(block);
    const missing = wanted.filter((block) => !this.#blocks.has(block) && !this.#loading.has(block));
    this.#stopTimer();
    if (missing.length === 0) return;
    if (this.#isNearKnown(wanted)) this.#fetch(missing);
    else this.#timer = setTimeout(() => this.#fetch(missing), this.#settleMs);
  }

  /** Fetches again what failed. */
  retry(first: number, last: number): void {
    this.#problem = null;
    this.show(first, last);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopTimer();
    this.#blocks.clear();
  }

  #blocksOf(first: number, last: number): number[] {
    const from = Math.floor(Math.max(0, first) / this.#blockSize);
    const to = Math.floor(Math.min(this.#rowCount - 1, last) / this.#blockSize);
    const blocks: number[] = [];
    for (let block = from; block <= to; block += 1) blocks.push(block);
    return blocks;
  }

  #isNearKnown(wanted: readonly number[]): boolean {
    if (this.#blocks.size === 0 && this.#loading.size === 0) return true;
    return wanted.some((block) => [block - 1, block, block + 1].some((near) => this.#blocks.has(near)));
  }

  #touch(block: number): void {
    const rows = this.#blocks.get(block);
    if (rows === undefined) return;
    this.#blocks.delete(block);
    this.#blocks.set(block, rows);
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #fetch(blocks: readonly number[]): void {
    for (const block of blocks) void this.#fetchBlock(block);
  }

  async #fetchBlock(block: number): Promise<void> {
    this.#loading.add(block);
    const offset = block * this.#blockSize;
    const answer = await this.#load(offset, Math.min(this.#blockSize, this.#rowCount - offset));
    this.#loading.delete(block);
    if (this.#isDisposed) return;
    if ('code' in answer) {
      this.#problem = answer;
    } else {
      this.#problem = null;
      this.#fetchedRows += answer.rows.length;
      this.#blocks.set(block, answer.rows);
      this.#evict();
    }
    this.#onChange();
  }

  #evict(): void {
    for (const block of this.#blocks.keys()) {
      if (this.#blocks.size <= this.#capacity) return;
      this.#blocks.delete(block);
    }
  }
}
