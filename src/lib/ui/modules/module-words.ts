// One line about a module version; must not know where it stands.
import type { ModuleSummary } from '../../module/module-types.ts';
import { formatInstant, formatQuantity } from '../primitives/figures.ts';

/** `1,000 rows, 28 Jul 2026, 14:05 UTC`. */
export function describeVersion(summary: ModuleSummary): string {
  const published = formatInstant(summary.publishedAt);
  return summary.rowCount === null ? published : `${formatQuantity(summary.rowCount, 'row')}, ${published}`;
}
