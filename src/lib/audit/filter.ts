// Which entries of the log a person asked for; must not know how they are shown or stored.
import type { AuditEntry, AuditFilter } from './audit-types.ts';
import { describeDetails, describeEntry, labelAction } from './words.ts';
import { formatLocal } from './local-time.ts';

export const NO_FILTER: AuditFilter = {
  text: '',
  actions: [],
  actors: [],
  notebookId: null,
  since: null,
  until: null,
};

/** Texts of entries as shown, kept: entries never change, and a person types letter by letter. */
const TEXTS = new WeakMap<AuditEntry, { readonly timezone: string; readonly text: string }>();

/** All that is shown of an entry, in lower case. */
function textOf(entry: AuditEntry, timezone: string): string {
  const known = TEXTS.get(entry);
  if (known?.timezone === timezone) return known.text;
  const text = [
    `#${entry.sequence}`,
    formatLocal(entry.at, timezone),
    entry.at,
    entry.actor,
    labelAction(entry.action),
    describeEntry(entry),
    entry.subject ?? '',
    entry.notebook?.title ?? '',
    describeDetails(entry.details, (value) => value),
  ]
    .join('\n')
    .toLowerCase();
  TEXTS.set(entry, { timezone, text });
  return text;
}

/** The entries that fit every part of the filter, in their order; an empty list of actions or people means all. */
export function filterEntries(
  entries: readonly AuditEntry[],
  filter: AuditFilter,
  timezone: string,
): readonly AuditEntry[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const actions = new Set<string>(filter.actions);
  const actors = new Set(filter.actors);
  const { notebookId, since, until } = filter;
  return entries.filter(
    (entry) =>
      (actions.size === 0 || actions.has(entry.action)) &&
      (actors.size === 0 || actors.has(entry.actor)) &&
      (notebookId === null || entry.notebook?.id === notebookId) &&
      (since === null || entry.at >= since) &&
      (until === null || entry.at < until) &&
      (words.length === 0 || words.every((word) => textOf(entry, timezone).includes(word))),
  );
}
