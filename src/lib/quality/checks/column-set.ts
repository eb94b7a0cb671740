// column_set: which columns there are; must not know their values.
import type { CompileCheck } from '../compiled-check.ts';

/** `exact` (default): these and no others, in any order; `superset`: these at least; `ordered`: exactly these, so ordered. */
export const columnSet: CompileCheck = (target) => {
  const wanted = target.texts('columns');
  const found = target.columns.map((column) => column.name);
  const mode = target.has('mode') ? target.text('mode') : 'exact';
  const missing = wanted.filter((name) => !found.includes(name));
  const surplus = mode === 'superset' ? [] : found.filter((name) => !wanted.includes(name));
  const isDisordered =
    mode === 'ordered' && missing.length + surplus.length === 0 && found.join('\n') !== wanted.join('\n');
  const parts = [
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(surplus.length > 0 ? [`not expected: ${surplus.join(', ')}`] : []),
    ...(isDisordered ? ['in another order'] : []),
  ];
  return {
    form: 'schema',
    isPassed: parts.length === 0,
    observed: found.join(', '),
    threshold: `${mode}: ${wanted.join(', ')}`,
    message: parts.length === 0 ? 'The columns are as expected.' : `Columns ${parts.join('; ')}.`,
  };
};
