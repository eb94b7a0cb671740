// Keeps every state that an edit led to, bursts of typing as one, over reloads; shows, compares and restores them. Must not know cells.
import { diffLines } from 'diff';
import { describeEdit } from '../audit/edit-event.ts';
import { specOf } from '../notebook/complete.ts';
import { coalescingKey } from '../notebook/edit.ts';
import { reviveNotebook } from '../notebook/edit-several.ts';
import type { Edit } from '../notebook/edit-types.ts';
import type { Notebook } from '../notebook/notebook-types.ts';
import { parseNotebook } from '../notebook/text-parse.ts';
import { writeNotebook } from '../notebook/text-write.ts';
import { boundStates, readPast, writePast, type StoredState } from '../store/notebook-past.ts';
import { makeCellId, type NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import type { ComparedLine, Past, PastState } from './past-types.ts';

const WRITE_DELAY_MS = 1_500;
/** Typing in one place joins into one state for so long. */
const BURST_MS = 60_000;

interface PastParts {
  readonly desk: NotebookDesk;
  readonly edits: () => NotebookEditor;
  readonly announce: (text: string) => void;
}

interface State extends Omit<StoredState, 'text'> {
  /** Until its text is needed; writing it at every letter would be felt. */
  readonly notebook: Notebook | null;
  readonly text: string;
  readonly key: string | null;
}

function textOf(state: State): string {
  return state.notebook === null ? state.text : writeNotebook(specOf(state.notebook));
}

function settled(state: State): State {
  return state.notebook === null ? state : { ...state, text: textOf(state), notebook: null };
}

function wordsOf(edit: Edit | null, before: Notebook, after: Notebook): string {
  if (edit === null) return 'Undone or made again';
  const event = describeEdit(edit, before, after);
  if (edit.kind === 'restore') return 'An earlier state restored';
  if (edit.kind === 'change-flags') return 'Cells folded, disabled or enabled';
  const change = event?.details['change'];
  const what = typeof change === 'string' ? change : edit.kind.replaceAll('-', ' ');
  const words = event?.subject ? `${event.subject}: ${what}` : what;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export class PastDesk implements Past {
  readonly #parts: PastParts;
  #states: readonly State[] = $state.raw([]);
  #isOpen = $state.raw(false);
  /** Of which notebook the states are. */
  #of: string | null = null;
  #loading: Promise<void> = Promise.resolve();
  /** Whether what is on disk of it is among the states: only then may they take its place. */
  #isRead = false;
  #writing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(parts: PastParts) {
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.#isOpen && this.#parts.desk.id !== null;
  }

  get states(): readonly PastState[] {
    return this.#states.map(({ id, at, words }) => ({ id, at, words })).reverse();
  }

  /** After every edit, undo and redo (null). */
  note(edit: Edit | null, before: Notebook, after: Notebook): void {
    if (before === after) return;
    this.#follow();
    const key = edit === null ? null : coalescingKey(edit);
    const at = new Date();
    const last = this.#states.at(-1);
    const joins = key !== null && last?.key === key && at.getTime() - Date.parse(last.at) < BURST_MS;
    const state = {
      at: at.toISOString(),
      words: wordsOf(edit, before, after),
      notebook: after,
      text: '',
      key,
    };
    if (joins) this.#states = [...this.#states.slice(0, -1), { ...state, id: last.id, at: last.at }];
    else {
      const kept = this.#states.map(settled);
      const first = kept.length === 0 ? [this.#firstState(before, at)] : [];
      this.#states = [...first, ...kept, { ...state, id: crypto.randomUUID() }];
    }
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_DELAY_MS);
  }

  #firstState(before: Notebook, at: Date): State {
    const words = 'Before the first change';
    return {
      id: crypto.randomUUID(),
      at: at.toISOString(),
      words,
      notebook: null,
      text: writeNotebook(specOf(before)),
      key: null,
    };
  }

  /** Another notebook has a history of its own. */
  #follow(): void {
    const { id } = this.#parts.desk;
    if (id === this.#of) return;
    this.#of = id;
    this.#states = [];
    this.#isRead = false;
    if (id !== null) this.#loading = this.#load(id);
  }

  async #load(id: string): Promise<void> {
    const read = await readPast(id);
    if (!read.ok || this.#of !== id) return;
    this.#isRead = true;
    const known = read.value.map((state): State => ({ ...state, notebook: null, key: null }));
    // What was noted while this was read comes after; the state before it is the last one known.
    const noted = known.length === 0 ? this.#states : this.#states.slice(1);
    this.#states = [...known, ...noted];
  }

  /** Writes what is not on disk yet, one write after the other. */
  flush(): Promise<void> {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
      const write = () => this.#write();
      this.#writing = this.#writing.then(write, write);
    }
    return this.#writing;
  }

  async #write(): Promise<void> {
    const { desk } = this.#parts;
    const of = this.#of;
    if (of === null) return;
    await this.#loading;
    if (this.#of === of && !this.#isRead) await this.#load(of);
    if (!this.#isRead || this.#of !== of || of !== desk.id || desk.isReadOnly) return;
    const states = boundStates(this.#states.map((state) => ({ ...state, text: textOf(state) })));
    await writePast(
      of,
      states.map(({ id, at, words, text }) => ({ id, at, words, text })),
    );
  }

  async open(): Promise<void> {
    this.#follow();
    await this.#loading;
    this.#isOpen = this.#of === this.#parts.desk.id;
  }

  close(): void {
    this.#isOpen = false;
  }

  /** The notebook was left: its states are those of no other. */
  forget(): void {
    this.close();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#of = null;
    this.#isRead = false;
    this.#states = [];
  }

  textOf(id: string): string {
    const state = this.#states.find((each) => each.id === id);
    return state === undefined ? '' : textOf(state);
  }

  compare(id: string): readonly ComparedLine[] {
    return diffLines(this.textOf(id), this.#parts.desk.text).flatMap(({ added, removed, value }) =>
      value
        .replace(/\n$/, '')
        .split('\n')
        .map((text): ComparedLine => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text })),
    );
  }

  restore(id: string): string | null {
    const { desk, edits, announce } = this.#parts;
    const state = this.#states.find((each) => each.id === id);
    const parsed = parseNotebook(this.textOf(id));
    if (this.#of !== desk.id) return 'This state is of another notebook.';
    if (state === undefined) return 'This state is not kept any more.';
    if (!parsed.ok) return `This state cannot be read: ${parsed.error.message}`;
    if (desk.isReadOnly) return 'This notebook cannot be changed here.';
    edits().restore(reviveNotebook(parsed.value, desk.notebook, makeCellId));
    announce('Restored. What came after is still in the history.');
    return null;
  }
}
