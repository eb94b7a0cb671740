// The inputs of the open notebook: values, choices asked of the engine, the form; must not know how SQL is bound.
import { SvelteMap } from 'svelte/reactivity';
import type { Problem } from '../base/result.ts';
import type { Edit } from '../notebook/edit-types.ts';
import { bindSql, inputUses } from '../notebook/inputs/bind-inputs.ts';
import { choiceFrom, choiceTypeOf } from '../notebook/inputs/choice-type.ts';
import { choicesSql } from '../notebook/inputs/choices-sql.ts';
import { inputsOf } from '../notebook/inputs/edit-inputs.ts';
import { emptyInput, isOfColumn, namesInSql } from '../notebook/inputs/input-form.ts';
import type { ColumnOptions, InputSpec, InputSpecs, InputType } from '../notebook/inputs/input-types.ts';
import { foldName, freeName } from '../notebook/names.ts';
import type { Cell } from '../notebook/notebook-types.ts';
import { SQL_PARAMETERS } from '../notebook/check-kinds.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { ChoicesView, InputFormView, Inputs, InputView } from './input-view-types.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';

/** More than a person can look through. */
const MOST_CHOICES = 500;

interface InputDeskParts {
  readonly desk: NotebookDesk;
  readonly edits: NotebookEditor;
  readonly board: CellBoard;
  readonly host: EngineHost;
  readonly bindings: SourceBindings;
  readonly announce: (text: string) => void;
}

interface Asked extends ChoicesView {
  /** Of what was asked: other than before whenever the answer may be. */
  readonly mark: string;
  /** Which engine was asked. */
  readonly engine: number;
}

const UNKNOWN: ChoicesView = { state: 'unknown', choices: [], isCut: false, problem: null };

/** Every SQL text of a cell that a person wrote. */
function sqlOf(cell: Cell): readonly string[] {
  if (cell.kind === 'sql') return [cell.sql];
  if (cell.kind !== 'check') return [];
  return cell.checks.flatMap(({ parameters }) =>
    SQL_PARAMETERS.flatMap((key) => {
      const sql = parameters[key];
      return typeof sql === 'string' ? [sql] : [];
    }),
  );
}

export class InputDesk implements Inputs {
  readonly #parts: InputDeskParts;
  readonly #asked = new SvelteMap<string, Asked>();
  #form: InputFormView | null = $state.raw(null);
  readonly #all: readonly InputView[] = $derived.by(() => this.#view());

  constructor(parts: InputDeskParts) {
    this.#parts = parts;
  }

  get all(): readonly InputView[] {
    return this.#all;
  }
  get form(): InputFormView | null {
    return this.#form;
  }

  get #inputs(): InputSpecs {
    return inputsOf(this.#parts.desk.notebook);
  }

  #view(): readonly InputView[] {
    const uses = this.#parts.desk.notebook.cells.flatMap((cell) => {
      const names = new Set(sqlOf(cell).flatMap((sql) => inputUses(sql).map(({ name }) => foldName(name))));
      const reader = cell.kind === 'sql' ? cell.name : cell.kind === 'check' ? `checks of ${cell.of}` : '';
      return names.size === 0 ? [] : [{ reader, names }];
    });
    return Object.entries(this.#inputs).map(([name, spec]) => {
      const names = namesInSql(name, spec);
      const readers = uses
        .filter((use) => names.some((each) => use.names.has(foldName(each))))
        .map(({ reader }) => reader);
      return { name, spec, written: names.map((each) => `$${each}`), readers: [...new Set(readers)] };
    });
  }

  #optionsOf(name: string): ColumnOptions | null {
    const spec = this.#inputs[name];
    const options = spec && 'options' in spec ? spec.options : null;
    return options !== null && isOfColumn(options) ? options : null;
  }

  /** Other whenever the column's values may be; null where the relation is not there to be asked. */
  #mark({ of, column }: ColumnOptions): string | null {
    const { board, bindings, desk } = this.#parts;
    const cell = board.cellNamed(of);
    if (cell) {
      const { rowCount, generation } = board.run(cell.id);
      return rowCount === null ? null : JSON.stringify([desk.id, of, column, generation]);
    }
    const source = bindings.find(of);
    return source?.state === 'bound'
      ? JSON.stringify([desk.id, of, column, source.sha256, source.rowCount])
      : null;
  }

  choices(name: string): ChoicesView {
    const options = this.#optionsOf(name);
    const spec = this.#inputs[name];
    if (options === null) {
      const typed = spec && 'options' in spec && !isOfColumn(spec.options) ? spec.options : [];
      return { ...UNKNOWN, state: 'known', choices: typed };
    }
    const mark = this.#mark(options);
    if (mark === null) return { ...UNKNOWN, state: 'failed', problem: absent(options) };
    const asked = this.#asked.get(name);
    if (asked?.mark !== mark) return UNKNOWN;
    return asked.state === 'failed' && asked.engine !== this.#parts.host.starts ? UNKNOWN : asked;
  }

  async lookUp(name: string): Promise<void> {
    const options = this.#optionsOf(name);
    const mark = options && this.#mark(options);
    const asked = this.#asked.get(name);
    if (options === null || mark === null || (asked?.mark === mark && asked.state !== 'failed')) return;
    const { host } = this.#parts;
    const about = { mark, engine: host.starts };
    this.#asked.set(name, { ...UNKNOWN, state: 'looking', ...about });
    const ready = await host.ready();
    const answer = ready.ok
      ? await host.guard(ready.value.query({ sql: choicesSql(options, MOST_CHOICES + 1) }))
      : ready;
    if (this.#asked.get(name)?.mark !== mark) return;
    if (!answer.ok)
      return void this.#asked.set(name, { ...UNKNOWN, state: 'failed', problem: answer.error, ...about });
    const found = answer.value.rows.map(([value]) => choiceFrom(value));
    const isCut = found.length > MOST_CHOICES;
    this.#asked.set(name, {
      ...UNKNOWN,
      state: 'known',
      choices: found.slice(0, MOST_CHOICES),
      isCut,
      ...about,
    });
  }

  setValue(name: string, spec: InputSpec): string | null {
    const { edits, board } = this.#parts;
    const problem = this.choiceProblem(spec);
    if (problem !== null) return problem;
    edits.settle();
    const refused = edits.apply({ kind: 'change-input', name, input: this.#withType(spec) });
    edits.settle();
    board.markStale([]);
    return refused;
  }

  open(name: string | null, proposed?: string): void {
    const spec = name === null ? undefined : this.#inputs[name];
    if (name !== null && !spec) return;
    const taken = Object.entries(this.#inputs).flatMap(([each, one]) => [each, ...namesInSql(each, one)]);
    this.#form = {
      edited: name,
      name: name ?? freeName(proposed ?? 'input', taken),
      spec: spec ?? emptyInput('text'),
    };
  }

  close(): void {
    this.#form = null;
  }

  empty(type: InputType): InputSpec {
    return emptyInput(type);
  }

  keep(name: string, spec: InputSpec): string | null {
    const { edits, board, announce } = this.#parts;
    const edited = this.#form?.edited ?? null;
    const problem = this.choiceProblem(spec);
    if (problem !== null) return problem;
    if (edited === null && Object.hasOwn(this.#inputs, name)) return `There is an input “${name}” already.`;
    const all: Edit[] = [
      ...(edited !== null && edited !== name
        ? [{ kind: 'rename-input' as const, name: edited, newName: name }]
        : []),
      { kind: 'change-input', name, input: this.#withType(spec) },
    ];
    edits.settle();
    const words = edited === null ? `Input ${name} added` : `Input ${name} changed`;
    const refused = edits.apply({ kind: 'several', words, edits: all });
    edits.settle();
    if (refused !== null) return refused;
    board.markStale([]);
    this.#asked.delete(name);
    this.#form = null;
    announce(`${words}.`);
    return null;
  }

  /** Of the column that is chosen from, where that is there to be asked. */
  #columnType({ of, column }: ColumnOptions): string | null {
    const { board, bindings } = this.#parts;
    const cell = board.cellNamed(of);
    const columns = cell ? board.run(cell.id).columns : (bindings.find(of)?.columns ?? []);
    return columns.find((each) => each.name === column)?.type ?? null;
  }

  choiceProblem(spec: InputSpec): string | null {
    if (!('options' in spec) || !isOfColumn(spec.options)) return null;
    const { column } = spec.options;
    if (column === '') return 'Choose the column that has the values.';
    const type = this.#columnType(spec.options);
    return type === null || choiceTypeOf(type) !== null
      ? null
      : `Values of ${column} cannot be chosen: it is of type ${type}. Choose a column of single values, or cast it in a cell.`;
  }

  /** With the type that the column has now, which may be another than when the input was made. */
  #withType(spec: InputSpec): InputSpec {
    if (!('options' in spec) || !isOfColumn(spec.options)) return spec;
    const found = this.#columnType(spec.options);
    const type = found === null ? null : choiceTypeOf(found);
    return type === null ? spec : { ...spec, options: { ...spec.options, type } };
  }

  remove(name: string): void {
    const { edits, board, announce } = this.#parts;
    edits.settle();
    if (edits.apply({ kind: 'change-input', name, input: null }) !== null) return;
    edits.settle();
    board.markStale([]);
    this.#form = null;
    announce(`Input ${name} deleted. Undo brings it back.`);
  }

  missingIn(sql: string): readonly string[] {
    const missing = new Map(bindSql(sql, this.#inputs).unknown.map(({ name }) => [foldName(name), name]));
    return [...missing.values()];
  }
}

function absent({ of }: ColumnOptions): Problem {
  return {
    code: 'input-options',
    message: `${of} is not there to choose from.`,
    hint: `Bind or run ${of} first.`,
  };
}
