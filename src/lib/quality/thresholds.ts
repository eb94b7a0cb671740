// When failing rows are too many: warn, fail and mostly; must not know what fails.
import { formOfCheck } from '../notebook/check-kinds.ts';
import type { CheckSpec, CheckValue } from '../notebook/notebook-types.ts';
import type { CheckOutcome } from './check-types.ts';

/** More failing rows than `count`, or a larger share of the examined ones than `share`. */
type Limit = { readonly count: number } | { readonly share: number };

export interface Thresholds {
  readonly severity: 'warn' | 'fail';
  readonly words: string;
  judge(failing: number, examined: number): Extract<CheckOutcome, 'pass' | 'warn' | 'fail'>;
}

function shareOf(value: CheckValue): number {
  return typeof value === 'string' ? Number(value.replace('%', '')) / 100 : Number(value);
}

function readLimit(value: CheckValue | undefined): Limit | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? { share: shareOf(value) } : { count: Number(value) };
}

function isOver(limit: Limit | null, failing: number, examined: number): boolean {
  if (limit === null) return false;
  if ('count' in limit) return failing > limit.count;
  return failing > limit.share * examined + examined * Number.EPSILON;
}

function sayLimit(limit: Limit): string {
  return 'count' in limit ? String(limit.count) : `${Number((limit.share * 100).toFixed(6))}%`;
}

/** Severity of a check without thresholds of rows. */
export function severityOf(check: CheckSpec): 'warn' | 'fail' {
  const { severity, warn, fail, mostly } = check.parameters;
  if (formOfCheck(check.kind).scope !== 'rows') return severity === 'warn' ? 'warn' : 'fail';
  return warn !== undefined && fail === undefined && mostly === undefined ? 'warn' : 'fail';
}

/**
 * `fail` and `warn` are exceeded by more failing rows than they say; `mostly` is the share that must pass. With none of
 * them one failing row fails; with `warn` alone nothing does.
 */
export function thresholdsOf(check: CheckSpec): Thresholds {
  const { mostly } = check.parameters;
  const severity = severityOf(check);
  const warn = readLimit(check.parameters['warn']);
  const told = mostly === undefined ? readLimit(check.parameters['fail']) : { share: 1 - shareOf(mostly) };
  const fail = told ?? (severity === 'fail' ? { count: 0 } : null);
  const words = [
    ...(fail === null ? [] : [`fails above ${sayLimit(fail)}`]),
    ...(warn === null ? [] : [`warns above ${sayLimit(warn)}`]),
  ].join(', ');
  return {
    severity,
    words,
    judge: (failing, examined) =>
      isOver(fail, failing, examined) ? 'fail' : isOver(warn, failing, examined) ? 'warn' : 'pass',
  };
}
