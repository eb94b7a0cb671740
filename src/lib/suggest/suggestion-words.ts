// A suggestion from its parts: its stable id, and figures in words; must not know any kind of suggestion.
import type { Suggestion } from './suggest-types.ts';

/** `67 of 1,000 rows (6.7 %)`; a share below a tenth of a percent is said as such. */
export function countWords(count: number, of: number, noun: string): string {
  const share = of === 0 ? 0 : (100 * count) / of;
  const rounded = share < 0.1 ? 'under 0.1' : share.toLocaleString('en', { maximumFractionDigits: 1 });
  return `${count.toLocaleString('en')} of ${of.toLocaleString('en')} ${noun}s (${rounded} %)`;
}

/** The id is the advice, its columns and its method, never a figure. */
export function suggestionOf(parts: Omit<Suggestion, 'id'>): Suggestion {
  const method = parts.step?.parameters['macro'] ?? parts.step?.parameters['as'];
  const what = parts.step?.kind ?? 'look';
  const suffix = typeof method === 'string' ? `/${method}` : '';
  return { id: `${what}${suffix}: ${parts.columns.join(', ')}`, ...parts };
}
