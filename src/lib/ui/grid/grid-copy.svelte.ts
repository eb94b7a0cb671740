// Copies the selection of a grid to the clipboard and says what came of it; must not know where it is drawn.
import type { Problem } from '../../base/result.ts';
import { formatQuantity } from '../primitives/figures.ts';
import { copyRows, type CopyFormat } from './copy-rows.ts';
import type { selectionBetween } from './grid-move.ts';
import type { LoadPage } from './page-cache.ts';

interface CopyParts {
  readonly selection: () => ReturnType<typeof selectionBetween>;
  /** Names of the columns shown and their places in the pages, from the left. */
  readonly columns: () => readonly { readonly name: string }[];
  readonly places: () => readonly number[];
  readonly load: LoadPage;
  /** Another value, and other rows stand behind the same numbers. */
  readonly made: () => unknown;
  /** The size of what was put on the clipboard. */
  readonly oncopied: (rows: number, columns: number) => void;
}

const REFUSED: Problem = {
  code: 'copy-refused',
  message: 'The browser did not let the text onto the clipboard.',
  hint: 'Click into the grid and copy again, allow this page the clipboard, or save the result as a file.',
};

async function putOnClipboard(text: string): Promise<Problem | null> {
  try {
    await navigator.clipboard.writeText(text);
    return null;
  } catch {
    return REFUSED;
  }
}

export class GridCopy {
  readonly #parts: CopyParts;
  #message = $state('');
  #asked = 0;

  constructor(parts: CopyParts) {
    this.#parts = parts;
  }

  /** What the last copy did, for everyone; empty once something else was done. */
  get message(): string {
    return this.#message;
  }

  forgetMessage(): void {
    this.#message = '';
  }

  /** A later copy takes the place of one that is still gathering its rows. */
  async copy(withNames: boolean, format: CopyFormat = 'tsv'): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#message = '';
    const { top, bottom, left, right } = this.#parts.selection();
    const shown = this.#parts.columns().slice(left, right + 1);
    const names = withNames ? shown.map(({ name }) => name) : null;
    const columns = this.#parts.places().slice(left, right + 1);
    const made = this.#parts.made();
    const gathered = await copyRows(
      { top, bottom, columns, names, format },
      { load: this.#parts.load, areSameRows: () => this.#parts.made() === made },
    );
    if (asked !== this.#asked) return;
    const problem = 'code' in gathered ? gathered : await putOnClipboard(gathered.text);
    if (problem !== null) this.#message = [problem.message, problem.hint].filter(Boolean).join(' ');
    else if ('rows' in gathered) this.#tell(gathered.rows, columns.length);
  }

  #tell(rows: number, columns: number): void {
    this.#message = `Copied ${formatQuantity(rows, 'row')} × ${formatQuantity(columns, 'column')}`;
    this.#parts.oncopied(rows, columns);
  }
}
