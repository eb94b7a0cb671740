// Checks and their outcomes in plain words; must not know how they are judged.
import type { CheckSpec, CheckValue } from '../../notebook/notebook-types.ts';
import type { CheckResult } from '../../quality/check-types.ts';

export const OUTCOME_WORDS = {
  pass: 'Passes',
  warn: 'Warns',
  fail: 'Fails',
  error: 'Could not run',
} as const;

/** What holds where nothing else is asked. */
const STRICT = 'fails above 0';

/** `not_null` as `not null`. */
export function plainWords(name: string): string {
  return name.replaceAll('_', ' ');
}

function valueWords(value: CheckValue): string {
  if (Array.isArray(value)) return value.map((item: CheckValue) => valueWords(item)).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `between · column age · min 0 · max 120`. */
export function settingWords({ kind, parameters }: CheckSpec): string {
  const settings = Object.entries(parameters)
    .filter(([key]) => key !== 'name')
    .map(([key, value]) =>
      key === 'column' ? valueWords(value) : `${plainWords(key)} ${valueWords(value)}`,
    );
  return [plainWords(kind), ...settings].join(' · ');
}

/** What was found and asked, in one line. */
export function resultWords({ outcome, message, threshold, observed, failingRows }: CheckResult): string {
  const isFigure = outcome !== 'error' && failingRows === null && observed !== null && observed !== '';
  const figure = isFigure ? ` It is ${typeof observed === 'number' ? roundFigure(observed) : observed}.` : '';
  const isSaid = threshold === '' || threshold === STRICT || message.includes(threshold);
  return `${message}${figure}${isSaid ? '' : ` Asked: ${threshold}.`}`;
}

function roundFigure(figure: number): string {
  return figure.toLocaleString('en-US', { maximumSignificantDigits: 6 });
}
