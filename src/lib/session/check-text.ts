// A check cell as the text it is saved as, for reading; must not know how checks are run.
import { writeCheckBody, writeCheckInfo } from '../notebook/check-body.ts';
import type { CheckCellSpec } from '../notebook/notebook-types.ts';

export function checkText(cell: CheckCellSpec): { readonly name: string; readonly text: string } {
  return { name: writeCheckInfo(cell), text: writeCheckBody(cell) };
}
