// The steps that a column can be given to, each begun with it; must not know menus or forms.
import type { StepGroup, StepParameter } from '../../notebook/steps/step-types.ts';
import { STEP_DEFINITIONS } from '../../session/step-facts.ts';
import type { StepColumn, StepStart } from '../../session/step-view-types.ts';
import { fitsFamily } from './step-fields.ts';

type Column = Pick<StepColumn, 'name' | 'type'>;

export interface ColumnStep {
  readonly title: string;
  readonly group: StepGroup;
  /** Without the relation. */
  readonly start: StepStart;
}

/** The setting with the column in it; null where it takes none of this type. */
function settingWith({ form, family }: StepParameter, { name, type }: Column): unknown {
  if (!fitsFamily(type, family)) return null;
  if (form === 'column' || form === 'columns') return name;
  return form === 'conditions' ? [{ column: name, is: '=' }] : null;
}

/** Kinds whose first required setting takes a column of this type, in the order of the library. */
export function stepsForColumn(column: Column): readonly ColumnStep[] {
  return STEP_DEFINITIONS.flatMap(({ kind, title, group, parameters }) => {
    const asked = parameters.find(({ isRequired }) => isRequired === true);
    const setting = asked ? settingWith(asked, column) : null;
    if (!asked || setting === null) return [];
    return [{ title, group, start: { kind, parameters: { [asked.name]: setting } } }];
  });
}
