// Renaming of cells and sources: all that refers to them by name follows; must not know how SQL is rewritten.
import type { Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { refuseName } from './edit-cells.ts';
import { noSource } from './edit-settings.ts';
import type { RenameCell, RenameSource, RewrittenSql } from './edit-types.ts';
import { readInfo, replaceValue } from './fence-info.ts';
import { followInOptions } from './inputs/edit-inputs.ts';
import { foldName, nameProblem } from './names.ts';
import type { Cell, CheckCell, CheckSpec, Notebook } from './notebook-types.ts';
import { followRelation, writeStepSql } from './steps/step-kinds.ts';

export function renameCell(notebook: Notebook, edit: RenameCell): Result<Notebook> {
  const cell = notebook.cells.find((one) => one.id === edit.id);
  if (!cell) return fail({ code: 'edit-no-cell', message: 'This cell is not there any more.' });
  if (cell.kind !== 'sql') return fail({ code: 'edit-wrong-kind', message: 'Only SQL cells have a name.' });
  if (cell.name === edit.name) return succeed(notebook);
  const problem = nameProblem(notebook, edit.name, cell.name);
  if (problem !== null) return refuseName(problem);
  const cells = followName(notebook.cells, cell.name, edit.name, edit.rewritten);
  return succeed({
    ...followInOptions(notebook, meaning(cell.name), edit.name),
    cells: cells.map((one) => (one.id === edit.id && one.kind === 'sql' ? { ...one, name: edit.name } : one)),
  });
}

export function renameSource(notebook: Notebook, edit: RenameSource): Result<Notebook> {
  if (!Object.hasOwn(notebook.sources, edit.name)) return noSource(edit.name);
  if (edit.name === edit.newName) return succeed(notebook);
  const problem = nameProblem(notebook, edit.newName, edit.name);
  if (problem !== null) return refuseName(problem);
  const sources = Object.fromEntries(
    Object.entries(notebook.sources).map(([name, source]) => [
      name === edit.name ? edit.newName : name,
      source,
    ]),
  );
  return succeed({
    ...followInOptions(notebook, meaning(edit.name), edit.newName),
    sources,
    cells: followName(notebook.cells, edit.name, edit.newName, edit.rewritten),
  });
}

function meaning(name: string): (of: string | undefined) => boolean {
  return (of) => of !== undefined && foldName(of) === foldName(name);
}

function followName(
  cells: readonly Cell[],
  name: string,
  newName: string,
  rewritten: RewrittenSql,
): readonly Cell[] {
  const isMeant = meaning(name);
  return cells.map((cell) => {
    if (cell.kind === 'sql' && cell.step) {
      const step = followRelation(cell.step, isMeant, newName);
      return step === cell.step ? cell : { ...cell, step, sql: writeStepSql(step) };
    }
    if (cell.kind === 'sql') {
      const sql = rewritten.get(cell.id);
      return sql === undefined || sql === cell.sql ? cell : { ...cell, sql };
    }
    if (cell.kind === 'publish' || cell.kind === 'chart')
      return isMeant(cell.of) ? { ...cell, of: newName } : cell;
    if (cell.kind === 'check') return followInChecks(cell, isMeant, newName);
    if (cell.kind !== 'foreign' || !isMeant(readInfo(cell.info).values.get('of'))) return cell;
    return { ...cell, info: replaceValue(cell.info, 'of', newName) };
  });
}

/** What is checked, and what `foreign_key` points to; SQL within checks stays as it was written. */
function followInChecks(cell: CheckCell, isMeant: (of: string) => boolean, newName: string): CheckCell {
  const points = (check: CheckSpec): boolean => {
    const to = check.parameters['to'];
    return check.kind === 'foreign_key' && typeof to === 'string' && isMeant(to);
  };
  if (!isMeant(cell.of) && !cell.checks.some(points)) return cell;
  return {
    ...cell,
    of: isMeant(cell.of) ? newName : cell.of,
    checks: cell.checks.map((check) =>
      points(check) ? { ...check, parameters: { ...check.parameters, to: newName } } : check,
    ),
  };
}
