// The step whose form is open: its draft, what it would change, and the cell it becomes; must not know how a form looks.
import { fail, type Result } from '../base/result.ts';
import { nameOfCell, freeName, namesOf } from '../notebook/names.ts';
import type { CellId } from '../notebook/notebook-types.ts';
import { stepCell } from '../notebook/step-body.ts';
import { checkStep, presentParameters } from '../notebook/steps/check-step.ts';
import { definitionOf, writeStepSql } from '../notebook/steps/step-kinds.ts';
import type { StepKind, StepSpec } from '../notebook/steps/step-types.ts';
import { profileColumns } from '../profile/profile-columns.ts';
import { measureStep } from '../run/step-figures.ts';
import { detectColumns } from '../sensitivity/detect-columns.ts';
import { measureRelation } from '../suggest/measure-relation.ts';
import { readDismissed, writeDismissed } from '../store/dismissed-suggestions.ts';
import { suggest } from '../suggest/suggest.ts';
import type { Suggestion } from '../suggest/suggest-types.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { CellRunner } from './cell-runner.svelte.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import { makeCellId, type NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import { askWhile, PreviewTable, unfinishedRead } from './preview-table.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';
import { columnTypeProblem } from './step-columns.ts';
import type { StepColumn, StepDraft, Steps, StepStart } from './step-view-types.ts';

/** Names of this kind belong to Sluice: no cell can have or read one. */
const RESULT = 'sluice_step';
const PAUSE_MS = 350;

interface StepParts {
  readonly desk: NotebookDesk;
  readonly edits: NotebookEditor;
  readonly board: CellBoard;
  readonly bindings: SourceBindings;
  readonly runs: CellRunner;
  readonly host: EngineHost;
  readonly announce: (text: string) => void;
}

function keyOf(relation: string, id: string): string {
  return `${relation.toLowerCase()}\n${id}`;
}

function idsOf(keys: ReadonlySet<string>, relation: string): ReadonlySet<string> {
  const start = keyOf(relation, '');
  return new Set([...keys].flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : [])));
}

export class StepDesk implements Steps {
  readonly #parts: StepParts;
  #draft: StepDraft | null = $state.raw(null);
  #after: CellId | null = null;
  readonly #table: PreviewTable;
  /** Until the form is closed, or asks for suggestions again or for another relation. */
  #looking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: StepParts) {
    this.#parts = parts;
    this.#table = new PreviewTable(parts, RESULT);
  }

  get draft(): StepDraft | null {
    return this.#draft;
  }

  get relations(): readonly string[] {
    const { desk } = this.#parts;
    const own = this.#draft?.cellId ?? null;
    const cells = desk.notebook.cells.flatMap((cell) =>
      cell.kind === 'sql' && cell.id !== own ? (nameOfCell(cell) ?? []) : [],
    );
    return [...Object.keys(desk.notebook.sources), ...cells];
  }

  columnsOf(relation: string): readonly StepColumn[] {
    const { bindings, board } = this.#parts;
    const source = bindings.find(relation);
    if (source) return source.columns.map(({ name, type, sensitivity }) => ({ name, type, sensitivity }));
    const cell = board.cellNamed(relation);
    return cell
      ? board.run(cell.id).columns.map(({ name, type, sensitivity }) => ({ name, type, sensitivity }))
      : [];
  }

  /** The cell above if there is one, else the first source. */
  #nearest(after: CellId | null): string {
    const { cells } = this.#parts.desk.notebook;
    const at = cells.findIndex((cell) => cell.id === after);
    const above = cells.slice(0, at + 1).findLast((cell) => cell.kind === 'sql');
    return (above ? nameOfCell(above) : null) ?? this.relations[0] ?? '';
  }

  open(after: CellId | null, start: StepStart = {}): void {
    if (this.#parts.desk.isReadOnly) return;
    this.#after = after;
    this.#begin(null, {
      kind: start.kind ?? 'impute-mean',
      of: start.of ?? this.#nearest(after),
      parameters: start.parameters ?? {},
    });
  }

  edit(id: CellId): void {
    const cell = this.#parts.desk.notebook.cells.find((candidate) => candidate.id === id);
    if (cell?.kind !== 'sql' || !cell.step || this.#parts.desk.isReadOnly) return;
    this.#begin(id, cell.step);
  }

  #begin(cellId: CellId | null, step: Pick<StepDraft, 'kind' | 'of' | 'parameters'>): void {
    this.#looking.abort();
    this.#draft = {
      cellId,
      ...step,
      fault: null,
      sql: null,
      figures: null,
      isBusy: false,
      problem: null,
      suggestions: null,
      dismissedCount: 0,
    };
    this.#judge();
  }

  change(change: StepStart): void {
    const draft = this.#draft;
    if (!draft) return;
    const kind = change.kind ?? draft.kind;
    const parameters = change.parameters ?? (kind === draft.kind ? draft.parameters : this.#shared(kind));
    const of = change.of ?? draft.of;
    if (of !== draft.of) this.#looking.abort();
    this.#draft = { ...draft, kind, of, parameters, ...(of === draft.of ? {} : { suggestions: null }) };
    this.#judge();
  }

  #shared(kind: StepKind): StepDraft['parameters'] {
    const draft = this.#draft;
    if (!draft) return {};
    const formOf = (each: StepKind, name: string) =>
      definitionOf(each).parameters.find((parameter) => parameter.name === name)?.form;
    return Object.fromEntries(
      Object.entries(draft.parameters).filter(
        ([name]) => formOf(kind, name) !== undefined && formOf(kind, name) === formOf(draft.kind, name),
      ),
    );
  }

  /** What is missing, else the SQL, and after a pause what it would change. */
  #judge(): void {
    const draft = this.#draft;
    if (!draft) return;
    this.#stopPreview();
    const step = this.#step();
    const fault = checkStep(draft.kind, presentParameters(draft.parameters));
    const sql = step ? writeStepSql(step) : null;
    const isSame = sql !== null && sql === draft.sql;
    const problem = step ? columnTypeProblem(step, this.columnsOf(step.of)) : null;
    this.#draft = {
      ...draft,
      fault,
      sql,
      isBusy: sql !== null && problem === null,
      ...(isSame && problem === null ? {} : { figures: null, problem }),
    };
    if (step && problem === null) this.#timer = setTimeout(() => void this.#preview(step), PAUSE_MS);
  }

  #step(): StepSpec | null {
    const draft = this.#draft;
    if (!draft || draft.of === '') return null;
    const parameters = presentParameters(draft.parameters);
    return checkStep(draft.kind, parameters) === null ? { kind: draft.kind, of: draft.of, parameters } : null;
  }

  #stopPreview(): void {
    clearTimeout(this.#timer);
    this.#table.abandon();
  }

  async #preview(step: StepSpec): Promise<void> {
    const made = await this.#table.make(writeStepSql(step), step);
    if (!made) return;
    const engine = askWhile(this.#parts.host, made.signal);
    const measured = made.ran.ok ? await measureStep({ engine, step, result: RESULT }) : made.ran;
    if (made.signal.aborted || !this.#draft) return;
    // Its figures are all that is shown.
    this.#table.abandon();
    this.#draft = measured.ok
      ? { ...this.#draft, isBusy: false, figures: measured.value, problem: null }
      : { ...this.#draft, isBusy: false, figures: null, problem: measured.error };
    if (measured.ok)
      this.#parts.announce(`${measured.value.rowsBefore} rows before, ${measured.value.rowsAfter} after.`);
  }

  async lookForSuggestions(): Promise<void> {
    const draft = this.#draft;
    if (!draft || draft.of === '') return;
    this.#looking.abort();
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    this.#draft = { ...draft, suggestions: 'looking' };
    const dismissed = await this.#dismissals();
    const found = await this.#suggest(draft.of, idsOf(dismissed, draft.of), signal);
    if (signal.aborted || !this.#draft) return;
    const dismissedCount = idsOf(dismissed, draft.of).size;
    this.#draft = found.ok
      ? { ...this.#draft, suggestions: found.value, dismissedCount }
      : { ...this.#draft, suggestions: [], problem: found.error, dismissedCount };
    if (found.ok) this.#parts.announce(`${found.value.length} suggestions.`);
  }

  async #dismissals(): Promise<ReadonlySet<string>> {
    const { id } = this.#parts.desk;
    const read = id === null ? null : await readDismissed(id);
    return read?.ok === true ? read.value : new Set();
  }

  async #keepDismissals(keys: ReadonlySet<string>): Promise<void> {
    const { id } = this.#parts.desk;
    const kept = id === null ? null : await writeDismissed(id, keys);
    if (kept?.ok === false && this.#draft) this.#draft = { ...this.#draft, problem: kept.error };
  }

  async dismiss({ id, title }: Suggestion): Promise<void> {
    const draft = this.#draft;
    if (!draft || !Array.isArray(draft.suggestions)) return;
    const suggestions = (draft.suggestions as readonly Suggestion[]).filter((each) => each.id !== id);
    this.#draft = { ...draft, suggestions, dismissedCount: draft.dismissedCount + 1 };
    this.#parts.announce(`Dismissed: ${title}.`);
    await this.#keepDismissals(new Set([...(await this.#dismissals()), keyOf(draft.of, id)]));
  }

  async takeDismissalsBack(): Promise<void> {
    const { of } = this.#draft ?? {};
    if (of === undefined) return;
    const all = await this.#dismissals();
    await this.#keepDismissals(new Set([...all].filter((key) => !key.startsWith(keyOf(of, '')))));
    await this.lookForSuggestions();
  }

  async #suggest(
    relation: string,
    dismissed: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Result<readonly Suggestion[]>> {
    const { host, runs, board } = this.#parts;
    // Waits for files that are being imported as well.
    await runs.runReads(board.cellNamed(relation) ? [relation] : [], signal);
    const unfinished = unfinishedRead(this.#parts, [relation]);
    if (unfinished) return fail(unfinished);
    const engine = askWhile(host, signal);
    const profile = await profileColumns({ engine, relation, signal });
    if (!profile.ok) return profile;
    const measure = await measureRelation({ engine, relation, profile: profile.value, signal });
    if (!measure.ok) return measure;
    const columns = profile.value.columns.map(({ name, type }) => ({ name, type }));
    const findings = await detectColumns({ engine, relation, columns });
    if (!findings.ok) return findings;
    const asked = { profile: profile.value, measure: measure.value, findings: findings.value };
    return { ok: true, value: suggest({ ...asked, dismissed }) };
  }

  apply(): CellId | null {
    const { desk, edits, board, runs } = this.#parts;
    const step = this.#step();
    const draft = this.#draft;
    if (!step || !draft) return null;
    edits.settle();
    const id = draft.cellId ?? makeCellId();
    const name = freeName(`${step.of}_${step.kind.split('-')[0] ?? 'step'}`, namesOf(desk.notebook));
    const refused =
      draft.cellId === null
        ? edits.apply({ kind: 'add-cell', id, cell: stepCell(step, name), after: this.#after })
        : edits.apply({ kind: 'change-step', id, step });
    edits.settle();
    if (refused !== null) {
      this.#draft = { ...draft, problem: { code: 'step-refused', message: refused } };
      return null;
    }
    board.markStale([]);
    this.close();
    void runs.runOne(id);
    return id;
  }

  turnIntoSql(id: CellId): void {
    this.#parts.edits.apply({ kind: 'change-step', id, step: null });
    this.#parts.announce('The step is SQL now.');
  }

  close(): void {
    this.#stopPreview();
    this.#looking.abort();
    this.#draft = null;
  }
}
