// Files that were opened and wait for a decision: name, options, preview, and the import they become; must not know how it is made.
import type { Edit } from '../notebook/edit-types.ts';
import type { ImportOptions, SourcePart } from '../notebook/notebook-types.ts';
import { nameProblem, proposeName } from '../notebook/names.ts';
import type { AuditLog } from './audit-view-types.ts';
import { noteImport } from './audit-notes.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { DraftChange, ImportDraft, Imports } from './import-types.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { NoticeBoard } from './notice-board.svelte.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';
import type { SourceShelf } from './source-shelf.svelte.ts';

const PREVIEW_ROWS = 100;

interface ImportDeskParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly bindings: SourceBindings;
  readonly shelf: SourceShelf;
  readonly audit: AuditLog;
  readonly notices: NoticeBoard;
  readonly createNotebook: () => Promise<void>;
  readonly openText: (text: string) => Promise<void>;
}

export class ImportDesk implements Imports {
  readonly #parts: ImportDeskParts;
  readonly #files = new Map<string, File>();
  readonly #asked = new Map<string, number>();
  #drafts: readonly ImportDraft[] = $state.raw([]);

  constructor(parts: ImportDeskParts) {
    this.#parts = parts;
  }

  get drafts(): readonly ImportDraft[] {
    return this.#drafts;
  }

  #takenNames(): readonly string[] {
    const { notebook } = this.#parts.desk;
    const cells = notebook.cells.flatMap((cell) => (cell.kind === 'sql' ? [cell.name] : []));
    return [...Object.keys(notebook.sources), ...cells, ...this.#drafts.map((draft) => draft.name)];
  }

  async openFiles(files: readonly File[]): Promise<void> {
    if (this.#parts.desk.id === null) await this.#parts.createNotebook();
    await Promise.all(files.map((file) => this.#openFile(file)));
  }

  async #openFile(file: File): Promise<void> {
    if (/\.sluice\.md$/i.test(file.name)) await this.#parts.openText(await file.text());
    else await this.add(file);
  }

  async add(file: File, rebinds: string | null = null, files?: readonly SourcePart[]): Promise<void> {
    if (this.#parts.desk.isReadOnly) return;
    const id = crypto.randomUUID();
    this.#files.set(id, file);
    const options: ImportOptions = rebinds
      ? (this.#parts.desk.notebook.sources[rebinds]?.import ?? { format: 'auto' })
      : { format: 'auto' };
    const draft: ImportDraft = {
      id,
      fileName: file.name,
      ...(files === undefined ? {} : { files }),
      sizeBytes: file.size,
      name: rebinds ?? proposeName(file.name, this.#takenNames()),
      nameProblem: null,
      options,
      preview: null,
      isBusy: true,
      problem: null,
      rebinds,
    };
    this.#drafts = [...this.#drafts, draft];
    await this.#refresh(id);
  }

  #find(id: string): { draft: ImportDraft; file: File } | null {
    const draft = this.#drafts.find((candidate) => candidate.id === id);
    const file = this.#files.get(id);
    return draft && file ? { draft, file } : null;
  }

  async change(id: string, change: DraftChange): Promise<void> {
    if (change.name !== undefined) {
      const found = this.#find(id);
      const problem = found && found.draft.name !== change.name ? this.#nameProblem(id, change.name) : null;
      this.#update(id, { name: change.name, nameProblem: problem });
    }
    if (change.options !== undefined) {
      this.#update(id, { options: change.options, isBusy: true });
      await this.#refresh(id);
    }
  }

  #nameProblem(id: string, name: string): string | null {
    const other = this.#drafts.some(
      (draft) => draft.id !== id && draft.name.toLowerCase() === name.toLowerCase(),
    );
    return other
      ? `Another file that waits for import is called ${name}.`
      : nameProblem(this.#parts.desk.notebook, name);
  }

  async #refresh(id: string): Promise<void> {
    const found = this.#find(id);
    if (!found) return;
    const turn = (this.#asked.get(id) ?? 0) + 1;
    this.#asked.set(id, turn);
    const ready = await this.#parts.host.ready();
    const preview = ready.ok
      ? await this.#parts.host.guard(
          ready.value.preview({
            handle: found.file,
            files: found.draft.files,
            fileName: found.draft.fileName,
            options: found.draft.options,
            rows: PREVIEW_ROWS,
          }),
        )
      : ready;
    if (this.#asked.get(id) !== turn) return;
    if (preview.ok) this.#update(id, { preview: preview.value, isBusy: false, problem: null });
    else this.#update(id, { isBusy: false, problem: preview.error });
  }

  #update(id: string, change: Partial<ImportDraft>): void {
    this.#drafts = this.#drafts.map((draft) => (draft.id === id ? { ...draft, ...change } : draft));
  }

  async confirm(id: string): Promise<void> {
    const found = this.#find(id);
    if (!found || found.draft.nameProblem || !found.draft.preview) return;
    const { desk, bindings, shelf, audit, notices } = this.#parts;
    const { draft, file } = found;
    // Only what a person chose: guessed types are judged against every row, chosen ones are not.
    const source = {
      file: draft.fileName,
      ...(draft.files === undefined ? {} : { files: draft.files }),
      import: draft.options,
    };
    const edit: Edit = draft.rebinds
      ? {
          kind: 'change-source',
          name: draft.rebinds,
          change: { ...source, files: draft.files, sha256: undefined },
        }
      : { kind: 'add-source', name: draft.name, source };
    const edited = desk.edit(edit);
    if (!edited.ok) return this.#update(id, { problem: edited.error, isBusy: false });
    this.discard(id);
    // A notebook that names the source is on disk before its file is: whatever ends the import, it can be bound again.
    void desk.flush();
    const name = draft.rebinds ?? draft.name;
    const problem = await shelf.bind(name, file, true);
    const note = noteImport(bindings.find(name));
    if (note) audit.note(note);
    notices.announce(problem ? problem.message : `${draft.name} is imported.`);
    if (problem?.code.startsWith('storage')) notices.report(problem);
  }

  async joinAll(): Promise<void> {
    const waiting = this.#drafts.filter((draft) => draft.rebinds === null && draft.files === undefined);
    const found = waiting.flatMap(({ id }) => this.#files.get(id) ?? []);
    if (found.length < 2) return;
    const sorted = [...found].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    for (const { id } of waiting) this.discard(id);
    const parts = sorted.map(({ name, size }) => ({ name, bytes: size }));
    const first = sorted[0]?.name ?? 'files';
    await this.add(new File(sorted, `${first} and ${sorted.length - 1} more`), null, parts);
  }

  async paste(text: string): Promise<void> {
    await this.openFiles([new File([text], 'pasted.txt', { type: 'text/plain' })]);
  }

  /** Closes every draft, e.g. with the notebook they were meant for. */
  clear(): void {
    this.#files.clear();
    this.#asked.clear();
    this.#drafts = [];
  }

  discard(id: string): void {
    this.#files.delete(id);
    this.#asked.delete(id);
    this.#drafts = this.#drafts.filter((draft) => draft.id !== id);
  }
}
