// What the interface may know of the kinds of steps; passes on what the notebook says of them, no more.
export { definitionOf, describeStep, STEP_DEFINITIONS } from '../notebook/steps/step-kinds.ts';
export { CONDITION_WORDS } from '../notebook/steps/step-types.ts';
