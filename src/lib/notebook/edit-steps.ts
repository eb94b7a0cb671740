// Edits of step cells, and names that they follow; must not know the SQL a step writes.
import type { Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { changeCell, mergeMembers } from './edit-cells.ts';
import type { ChangeStep, TurnIntoSql } from './edit-types.ts';
import type { Cell, Notebook, StepCell } from './notebook-types.ts';
import { givenParameters, stepFault } from './step-check.ts';
import { formOfStep, type StepKind } from './step-kinds.ts';
import type { StepParameters } from './step-types.ts';

const NO_STEP = fail({ code: 'edit-wrong-kind', message: 'Only a step cell has these settings.' });

/** `edit-value` where a parameter has another form than its kind asks for; what is missing may come later. */
export function changeStep(notebook: Notebook, { id, change }: ChangeStep): Result<Notebook> {
  return changeCell(notebook, id, (cell): Result<Cell> => {
    if (cell.kind !== 'step') return NO_STEP;
    const step = change.step ?? cell.step;
    const wanted = givenParameters(change.parameters ?? cell.parameters);
    const parameters = change.step === undefined ? wanted : fitting(step, wanted);
    const fault = stepFault(step, parameters);
    if (fault) return fail({ code: 'edit-value', message: sentence(fault.what), hint: fault.hint });
    const isSame = JSON.stringify(parameters) === JSON.stringify(cell.parameters);
    const merged = isSame ? cell.parameters : parameters;
    return succeed(mergeMembers<StepCell>(cell, { step, of: change.of ?? cell.of, parameters: merged }));
  });
}

/** What another kind takes as well; the rest has no meaning there. */
function fitting(kind: StepKind, parameters: StepParameters): StepParameters {
  const entries = Object.entries(parameters).filter(
    ([name, value]) =>
      formOfStep(kind).parameters.some((each) => each.name === name) &&
      stepFault(kind, { [name]: value }) === null,
  );
  return Object.fromEntries(entries);
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function turnIntoSql(notebook: Notebook, { id, sql }: TurnIntoSql): Result<Notebook> {
  return changeCell(notebook, id, (cell): Result<Cell> => {
    if (cell.kind !== 'step') return NO_STEP;
    const { name, attributes } = cell;
    return succeed({ kind: 'sql', id, name, sql, ...(attributes === undefined ? {} : { attributes }) });
  });
}

/** The step with a relation called otherwise, in `of` and in the relations it names. */
export function followInStep(cell: StepCell, isMeant: (name: string) => boolean, newName: string): StepCell {
  const follow = (name: unknown): unknown => (typeof name === 'string' && isMeant(name) ? newName : name);
  const relations = formOfStep(cell.step).parameters.filter(
    ({ type }) => type === 'relation' || type === 'relations',
  );
  const changed = relations.flatMap(({ name }) => {
    const value = cell.parameters[name];
    if (Array.isArray(value)) {
      const items = value as readonly unknown[];
      return items.some((item) => follow(item) !== item) ? [[name, items.map(follow)]] : [];
    }
    return follow(value) === value ? [] : [[name, follow(value)]];
  });
  if (!isMeant(cell.of) && changed.length === 0) return cell;
  const parameters = { ...cell.parameters, ...Object.fromEntries(changed) } as StepParameters;
  return { ...cell, of: isMeant(cell.of) ? newName : cell.of, parameters };
}
