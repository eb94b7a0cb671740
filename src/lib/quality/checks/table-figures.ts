// row_count_between, freshness: figures of the table as a whole; must not know how they are compared.
import { numberBounds } from '../bounds.ts';
import type { CompileCheck } from '../compiled-check.ts';
import { refuseCheck } from '../compiled-check.ts';
import { isMoment } from '../typed-literal.ts';

/** Every row counts; a table without rows has 0. */
export const rowCountBetween: CompileCheck = (target) => ({
  form: 'figure',
  figure: 'count(*)',
  ...numberBounds(target),
  ofNothing: 'error',
});

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
};

/**
 * The newest value is at most `max_age` old when the check runs; measured in seconds. Times without a zone count as UTC,
 * a date as its midnight; a time in the future is fresh. NULL is left out; without any value there is no age.
 */
export const freshness: CompileCheck = (target) => {
  const column = target.column();
  if (!isMoment(column.type))
    return refuseCheck(
      'type',
      `${column.name} is ${column.type}, neither date nor time.`,
      'Choose a DATE or TIMESTAMP.',
    );
  const [, amount = '', unit = ''] = /^([\d.]+) (\w+?)s?$/.exec(target.text('max_age')) ?? [];
  const seconds = Number(amount) * (SECONDS[unit] ?? Number.NaN);
  if (!Number.isFinite(seconds))
    return refuseCheck('setting', 'max_age is no time span.', 'Write for example 36 hours or 7 days.');
  return {
    form: 'figure',
    figure: `${target.now.getTime() / 1000} - epoch(CAST(max(${target.quoted()}) AS TIMESTAMP))`,
    max: String(seconds),
    threshold: `at most ${target.text('max_age')} old`,
    ofNothing: 'error',
  };
};
