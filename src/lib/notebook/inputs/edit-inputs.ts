// Edits of inputs: put, rename, remove; uses follow a rename; must not know controls or running.
import { fail, succeed, type Result } from '../../base/result.ts';
import { SQL_PARAMETERS } from '../check-kinds.ts';
import type { ChangeInput, RenameInput } from '../edit-types.ts';
import { foldName } from '../names.ts';
import type { Cell, CheckSpec, Notebook } from '../notebook-types.ts';
import { renameUses } from './bind-inputs.ts';
import { inputNameProblem, inputProblem, isOfColumn, namesInSql } from './input-form.ts';
import type { InputSpec, InputSpecs } from './input-types.ts';

export function inputsOf(notebook: Pick<Notebook, 'inputs'>): InputSpecs {
  return notebook.inputs ?? {};
}

function refuse(message: string): { readonly ok: false; readonly error: { code: string; message: string } } {
  return fail({ code: 'edit-value', message });
}

function withInputs(notebook: Notebook, entries: readonly (readonly [string, InputSpec])[]): Notebook {
  const { inputs: _, ...rest } = notebook;
  return entries.length === 0 ? rest : { ...rest, inputs: Object.fromEntries(entries) };
}

/** A new one goes to the end; null takes it away. */
export function changeInput(notebook: Notebook, { name, input }: ChangeInput): Result<Notebook> {
  const entries = Object.entries(inputsOf(notebook));
  const at = entries.findIndex(([each]) => each === name);
  if (input === null)
    return at < 0
      ? fail({ code: 'edit-no-input', message: `There is no input “${name}”.` })
      : succeed(withInputs(notebook, entries.toSpliced(at, 1)));
  if (at >= 0 && entries[at]?.[1] === input) return succeed(notebook);
  const problem =
    inputNameProblem(inputsOf(notebook), name, input, at < 0 ? undefined : name) ?? inputProblem(input);
  if (problem !== null) return refuse(problem);
  return succeed(
    withInputs(notebook, at < 0 ? [...entries, [name, input]] : entries.with(at, [name, input])),
  );
}

/** The input under another name, and every `$name` of cells and checks with it. */
export function renameInput(notebook: Notebook, { name, newName }: RenameInput): Result<Notebook> {
  const inputs = inputsOf(notebook);
  const spec = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (!spec) return fail({ code: 'edit-no-input', message: `There is no input “${name}”.` });
  if (name === newName) return succeed(notebook);
  const problem = inputNameProblem(inputs, newName, spec, name);
  if (problem !== null) return refuse(problem);
  const entries = Object.entries(inputs).map(
    ([each, value]) => [each === name ? newName : each, value] as const,
  );
  const after = namesInSql(newName, spec);
  const names = new Map(
    namesInSql(name, spec).map((each, index) => [foldName(each), after[index] ?? newName]),
  );
  const cells = notebook.cells.map((cell) => followInput(cell, names));
  return succeed({ ...withInputs(notebook, entries), cells });
}

function followInput(cell: Cell, names: ReadonlyMap<string, string>): Cell {
  if (cell.kind === 'sql' && cell.step === undefined) {
    const sql = renameUses(cell.sql, names);
    return sql === cell.sql ? cell : { ...cell, sql };
  }
  if (cell.kind !== 'check') return cell;
  const checks = cell.checks.map((check) => followInCheck(check, names));
  return checks.every((check, index) => check === cell.checks[index]) ? cell : { ...cell, checks };
}

function followInCheck(check: CheckSpec, names: ReadonlyMap<string, string>): CheckSpec {
  const changed = SQL_PARAMETERS.flatMap((key) => {
    const sql = check.parameters[key];
    const renamed = typeof sql === 'string' ? renameUses(sql, names) : sql;
    return renamed === undefined || renamed === sql ? [] : [[key, renamed] as const];
  });
  if (changed.length === 0) return check;
  return { ...check, parameters: { ...check.parameters, ...Object.fromEntries(changed) } };
}

/** Inputs whose options are a column of a relation that was renamed. */
export function followInOptions(
  notebook: Notebook,
  isMeant: (of: string) => boolean,
  newName: string,
): Notebook {
  const entries = Object.entries(inputsOf(notebook)).map(([name, spec]): readonly [string, InputSpec] => {
    const isSelect = spec.type === 'select' || spec.type === 'multi-select';
    if (!isSelect || !isOfColumn(spec.options) || !isMeant(spec.options.of)) return [name, spec];
    return [name, { ...spec, options: { ...spec.options, of: newName } }];
  });
  return entries.some(([name, spec]) => spec !== notebook.inputs?.[name])
    ? withInputs(notebook, entries)
    : notebook;
}
