// A step cell as the text it is saved as, for reading; must not know how steps are run.
import type { StepCellSpec } from '../notebook/notebook-types.ts';
import { writeStepBody, writeStepInfo } from '../notebook/step-body.ts';

export function stepText(cell: StepCellSpec): { readonly name: string; readonly text: string } {
  return { name: writeStepInfo(cell), text: writeStepBody(cell) };
}
