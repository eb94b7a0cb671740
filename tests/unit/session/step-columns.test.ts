// Steps that compute with numbers say so of a column that holds none, before the engine is asked.
import { expect, it } from 'vitest';
import type { StepSpec } from '../../../src/lib/notebook/steps/step-types.ts';
import { columnTypeProblem } from '../../../src/lib/session/step-columns.ts';

const COLUMNS = [
  { name: 'Pay', type: 'DECIMAL(9,2)' },
  { name: 'town', type: 'VARCHAR' },
  { name: 'day', type: 'DATE' },
];

it.each<[StepSpec['kind'], StepSpec['parameters'], string | null]>([
  ['impute-mean', { column: 'pay' }, null],
  ['impute-mean', { column: ['Pay', 'town'] }, 'town is VARCHAR, and “Impute by the mean” needs numbers.'],
  ['outliers', { column: 'day' }, 'day is DATE, and “Outliers” needs numbers.'],
  ['scale', { column: ['gone'] }, null],
  ['impute-mode', { column: 'town' }, null],
  ['text', { column: 'Pay' }, null],
])('%s of %j', (kind, parameters, message) => {
  expect(columnTypeProblem({ kind, of: 't', parameters }, COLUMNS)?.message ?? null).toBe(message);
});
