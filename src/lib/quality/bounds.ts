// Bounds of figures in SQL and in words; must not know what is measured.
import type { ColumnType } from '../engine/contract.ts';
import type { CheckTarget, FigureCheck } from './compiled-check.ts';
import { writeLiteral } from './typed-literal.ts';

/** `between 0 and 10`, `at least 0`, `at most 10`. */
export function sayBounds(target: CheckTarget): string {
  const [min, max] = [target.value('min'), target.value('max')].map((bound) =>
    bound === undefined ? undefined : String(bound),
  );
  if (min !== undefined && max !== undefined) return `between ${min} and ${max}`;
  return min === undefined ? `at most ${max ?? ''}` : `at least ${min}`;
}

type Bounds = Pick<FigureCheck, 'min' | 'max' | 'threshold'>;

/** Both ends belong to what is allowed. */
export function numberBounds(target: CheckTarget): Bounds {
  return {
    ...(target.has('min') ? { min: String(target.number('min')) } : {}),
    ...(target.has('max') ? { max: String(target.number('max')) } : {}),
    threshold: sayBounds(target),
  };
}

/** Bounds in the type of a column. */
export function typedBounds(target: CheckTarget, column: ColumnType): Bounds {
  const [min, max] = [target.value('min'), target.value('max')];
  return {
    ...(min === undefined ? {} : { min: writeLiteral(min, column) }),
    ...(max === undefined ? {} : { max: writeLiteral(max, column) }),
    threshold: sayBounds(target),
  };
}
