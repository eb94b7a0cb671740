// Which columns are made unreadable on the screen on wish; must not know how.
import type { Sensitivity } from '../../base/sensitivity-level.ts';

/** What identifies or betrays someone, and what nobody could tell. */
export function isBlurredColumn(sensitivity: Sensitivity | null): boolean {
  return sensitivity !== 'none';
}
