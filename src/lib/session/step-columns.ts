// Whether the columns of a step are of the types it computes with; must not know what the step does with them.
import type { Problem } from '../base/result.ts';
import { isNumber, kindOf } from '../profile/column-kind.ts';
import { definitionOf } from '../notebook/steps/step-kinds.ts';
import type { StepSpec } from '../notebook/steps/step-types.ts';

interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

function namesIn(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((name) => typeof name === 'string');
}

/** A column that is no number where the step computes with numbers; null where none is known to be. */
export function columnTypeProblem(step: StepSpec, columns: readonly TypedColumn[]): Problem | null {
  const { title, parameters } = definitionOf(step.kind);
  const names = parameters
    .filter(({ family, form }) => family === 'number' && (form === 'column' || form === 'columns'))
    .flatMap(({ name }) => namesIn(step.parameters[name]));
  const wrong = columns.find(
    ({ name, type }) =>
      names.some((each) => each.toLowerCase() === name.toLowerCase()) && !isNumber(kindOf(type)),
  );
  if (!wrong) return null;
  return {
    code: 'step-column-type',
    message: `${wrong.name} is ${wrong.type}, and “${title}” needs numbers.`,
    hint: 'Choose another column, or read this one as numbers in a step before.',
  };
}
