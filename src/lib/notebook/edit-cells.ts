// Edits of cells: add, remove, move, duplicate, change; knows nothing of sources or settings.
import type { Problem, Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { completeCell, specOfCell } from './complete.ts';
import type {
  AddCell,
  ChangeChart,
  ChangeChecks,
  ChangePublish,
  ChangeStep,
  ChangeText,
  DuplicateCell,
  MoveCell,
  RemoveCell,
} from './edit-types.ts';
import { readInfo, replaceValue } from './fence-info.ts';
import { cellNamer, freeName, nameOfCell, nameProblem, namesOf } from './names.ts';
import type {
  ChartCell,
  Cell,
  CellId,
  CellSpec,
  CheckCell,
  Notebook,
  PublishCell,
} from './notebook-types.ts';
import { checkStep } from './steps/check-step.ts';
import { writeStepSql } from './steps/step-kinds.ts';

const NO_CELL: Problem = {
  code: 'edit-no-cell',
  message: 'This cell is not there any more.',
  hint: 'Undo brings it back.',
};

export function refuseName(message: string): { readonly ok: false; readonly error: Problem } {
  return fail({ code: 'edit-name', message, hint: 'Choose another name.' });
}

export function addCell(notebook: Notebook, { id, cell, after }: AddCell): Result<Notebook> {
  const at = after === null ? 0 : indexOfCell(notebook, after) + 1;
  if (after !== null && at === 0) return fail(NO_CELL);
  if (indexOfCell(notebook, id) >= 0) {
    return fail({ code: 'edit-value', message: 'There is a cell of this identity already.' });
  }
  const name = nameOfCell(cell);
  const problem = name === null ? null : nameProblem(notebook, name);
  if (problem !== null) return refuseName(problem);
  return succeed(
    withCells(notebook, notebook.cells.toSpliced(at, 0, completeCell(named(notebook, cell), id))),
  );
}

function named(notebook: Notebook, cell: CellSpec): CellSpec {
  if (cell.kind !== 'sql' || cell.name !== undefined) return cell;
  return { ...cell, name: cellNamer(namesOf(notebook))() };
}

export function removeCell(notebook: Notebook, { id }: RemoveCell): Result<Notebook> {
  const at = indexOfCell(notebook, id);
  return at < 0 ? fail(NO_CELL) : succeed(withCells(notebook, notebook.cells.toSpliced(at, 1)));
}

export function moveCell(notebook: Notebook, { id, by }: MoveCell): Result<Notebook> {
  const at = indexOfCell(notebook, id);
  const cell = notebook.cells[at];
  if (!cell) return fail(NO_CELL);
  const to = Math.min(Math.max(at + Math.trunc(by), 0), notebook.cells.length - 1);
  if (to === at) return succeed(notebook);
  return succeed(withCells(notebook, notebook.cells.toSpliced(at, 1).toSpliced(to, 0, cell)));
}

export function duplicateCell(notebook: Notebook, { id, newId }: DuplicateCell): Result<Notebook> {
  const cell = notebook.cells.find((one) => one.id === id);
  if (!cell) return fail(NO_CELL);
  return addCell(notebook, { kind: 'add-cell', id: newId, cell: copyOf(notebook, cell), after: id });
}

function copyOf(notebook: Notebook, cell: Cell): CellSpec {
  const spec = specOfCell(cell);
  const taken = namesOf(notebook);
  if ((spec.kind === 'sql' || spec.kind === 'chart') && spec.name !== undefined)
    return { ...spec, name: freeName(spec.name, taken) };
  const foreignName = spec.kind === 'foreign' ? readInfo(spec.info).values.get('name') : undefined;
  if (spec.kind !== 'foreign' || foreignName === undefined) return spec;
  return { ...spec, info: replaceValue(spec.info, 'name', freeName(foreignName, taken)) };
}

export function changeText(notebook: Notebook, { id, text }: ChangeText): Result<Notebook> {
  return changeCell(notebook, id, (cell) => {
    if (cell.kind === 'sql') {
      if (cell.sql === text) return succeed(cell);
      const { step: _, ...written } = cell;
      return succeed({ ...written, sql: text });
    }
    if (cell.kind !== 'publish' && cell.kind !== 'check' && cell.kind !== 'chart')
      return succeed(cell.text === text ? cell : { ...cell, text });
    return fail({
      code: 'edit-wrong-kind',
      message: `A ${cell.kind} cell has settings, not a text.`,
      hint: 'Change its settings one by one.',
    });
  });
}

export function changePublish(notebook: Notebook, { id, change }: ChangePublish): Result<Notebook> {
  return changeCell(notebook, id, (cell): Result<Cell> => {
    if (cell.kind === 'publish') return succeed(mergeMembers<PublishCell>(cell, change));
    return fail({ code: 'edit-wrong-kind', message: 'Only a publish cell has these settings.' });
  });
}

export function changeChart(notebook: Notebook, { id, change }: ChangeChart): Result<Notebook> {
  return changeCell(notebook, id, (cell): Result<Cell> => {
    if (cell.kind === 'chart') return succeed(mergeMembers<ChartCell>(cell, change));
    return fail({ code: 'edit-wrong-kind', message: 'Only a chart has these settings.' });
  });
}

/** Null turns the step into the SQL it wrote. */
export function changeStep(notebook: Notebook, { id, step }: ChangeStep): Result<Notebook> {
  const fault = step === null ? null : checkStep(step.kind, step.parameters);
  if (fault) return fail({ code: 'edit-value', message: `${fault.what}.`, hint: fault.hint });
  return changeCell(notebook, id, (cell): Result<Cell> => {
    if (cell.kind !== 'sql' || (step === null && !cell.step))
      return fail({ code: 'edit-wrong-kind', message: 'Only a step has these settings.' });
    const { step: _, ...written } = cell;
    return succeed(step === null ? written : { ...written, step, sql: writeStepSql(step) });
  });
}

/** The settings of each check are taken as they are; the text form refuses what a kind does not take. */
export function changeChecks(notebook: Notebook, { id, change }: ChangeChecks): Result<Notebook> {
  return changeCell(notebook, id, (cell): Result<Cell> => {
    if (cell.kind === 'check') return succeed(mergeMembers<CheckCell>(cell, change));
    return fail({ code: 'edit-wrong-kind', message: 'Only a check cell holds checks.' });
  });
}

/** `base` with the members of `change`; those that are undefined are taken away. The same object where all are equal. */
export function mergeMembers<T extends object>(
  base: T,
  change: { readonly [Key in keyof T]?: T[Key] | undefined },
): T {
  const isSame = Object.entries(change).every(([key, value]) => Object.is(base[key as keyof T], value));
  if (isSame) return base;
  const entries = Object.entries({ ...base, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}

/** The notebook with one cell replaced by what `change` makes of it. */
function changeCell(notebook: Notebook, id: CellId, change: (cell: Cell) => Result<Cell>): Result<Notebook> {
  const at = indexOfCell(notebook, id);
  const cell = notebook.cells[at];
  if (!cell) return fail(NO_CELL);
  const changed = change(cell);
  if (!changed.ok) return changed;
  return succeed(
    changed.value === cell ? notebook : withCells(notebook, notebook.cells.with(at, changed.value)),
  );
}

function indexOfCell(notebook: Notebook, id: CellId): number {
  return notebook.cells.findIndex((cell) => cell.id === id);
}

function withCells(notebook: Notebook, cells: readonly Cell[]): Notebook {
  return { ...notebook, cells };
}
