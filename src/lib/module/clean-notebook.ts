// The notebook as a module may carry it: without sensitive texts or file names; must not know what is sensitive.
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { RedactionLog } from '../metadata/redaction-log.ts';
import type { CellSpec, NotebookSpec, Policy, PublishCellSpec } from '../notebook/notebook-types.ts';
import { formNotebook, parseNotebook } from '../notebook/text-parse.ts';
import { redactSourceSpec } from './redact-source.ts';

/** Any value of the front matter or a publish cell that this version gives no meaning. */
function cleanUnknown(value: unknown, where: string, log: RedactionLog): unknown {
  if (typeof value === 'string') return log.text(where, value);
  if (typeof value === 'number' || typeof value === 'bigint') {
    const written = log.text(where, String(value));
    return written === String(value) ? value : written;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => cleanUnknown(item, where, log));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return cleanMembers(value, where, log);
}

function cleanMembers(members: object, where: string, log: RedactionLog): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).map(([key, value]) => [log.text(where, key), cleanUnknown(value, where, log)]),
  );
}

function cleanPublish(cell: PublishCellSpec, where: string, log: RedactionLog): PublishCellSpec {
  const text = (key: 'title' | 'description' | 'license') => {
    const value = cell[key];
    return value === undefined ? {} : { [key]: log.text(`${where}: ${key}`, value) };
  };
  const { keywords, order, extra } = cell;
  return {
    ...cell,
    ...text('title'),
    ...text('description'),
    ...text('license'),
    order: order.map((name) => log.name(`${where}: order`, name)),
    ...(keywords === undefined
      ? {}
      : { keywords: keywords.map((each) => log.text(`${where}: keywords`, each)) }),
    ...(extra === undefined ? {} : { extra: cleanMembers(extra, where, log) }),
  };
}

function cleanCell(cell: CellSpec, where: string, log: RedactionLog): CellSpec {
  if (cell.kind === 'publish') return cleanPublish(cell, where, log);
  if (cell.kind === 'markdown') return { ...cell, text: log.text(where, cell.text) };
  if (cell.kind === 'foreign')
    return { ...cell, info: log.text(where, cell.info), text: log.text(where, cell.text) };
  const { attributes } = cell;
  return {
    ...cell,
    sql: log.sql(where, cell.sql),
    ...(attributes === undefined ? {} : { attributes: log.text(where, attributes) }),
  };
}

function cleanPolicy(policy: Policy, log: RedactionLog): Policy {
  const { quasi, dismissed } = policy;
  const where = 'notebook: policy';
  const entries = Object.entries(dismissed ?? {}).map(([column, reason]) => {
    const name = log.name(where, column);
    return [name, log.text(`${where}: reason for ${name}`, reason)];
  });
  return {
    ...policy,
    quasi: quasi.map((name) => log.name(where, name)),
    ...(dismissed === undefined ? {} : { dismissed: Object.fromEntries(entries) }),
  };
}

function cleanSpec(spec: NotebookSpec, log: RedactionLog): NotebookSpec {
  const sources = Object.entries(spec.sources).map(([source, each]) => {
    const nameColumn = (column: string) =>
      log.name(`notebook: column names of ${source}`, column) === column ? column : null;
    return [source, redactSourceSpec(each, { source, document: 'notebook', nameColumn, log })];
  });
  return {
    title: log.text('notebook: title', spec.title),
    timezone: spec.timezone,
    sources: Object.fromEntries(sources),
    policy: cleanPolicy(spec.policy, log),
    cells: spec.cells.map((cell, i) => cleanCell(cell, `notebook: cell ${i + 1} (${cell.kind})`, log)),
    extra: cleanMembers(spec.extra, 'notebook: front matter', log),
  };
}

/**
 * The very text where nothing had to change; else the notebook in Sluice's own form, without the comments of its
 * front matter, with `[REDACTED]` in place of values and each source's file called after the source. Namespaces, modules
 * and creators stay. Fails with `module-notebook` where it could not be read any more.
 */
export function cleanNotebook(text: string, log: RedactionLog): Result<string> {
  const parsed = parseNotebook(text);
  if (!parsed.ok) return parsed;
  const { written: _written, ...spec } = parsed.value;
  const clean = cleanSpec(spec, log);
  if (formNotebook(clean) === formNotebook(spec) && !log.finds(text)) return succeed(text);
  const formed = formNotebook(clean);
  if (parseNotebook(formed).ok) return succeed(formed);
  return fail({
    code: 'module-notebook',
    message: 'The notebook cannot be read any more once sensitive values are taken out of it.',
    hint: 'Take them out of names and info strings of its cells, and publish again.',
  });
}
