// What a shared notebook holds and would do, read and never run; must not know how it came or who decides.
import { fail, succeed, type Result } from '../base/result.ts';
import { calledNames, redactSql } from '../metadata/sql-literals.ts';
import type { CellSpec, NotebookSpec } from '../notebook/notebook-types.ts';
import { formNotebook, parseNotebook } from '../notebook/text-parse.ts';
import { expectedSources } from './share-notebook.ts';
import type { ExpectedSource, SharedNotebook } from './share-types.ts';

/** More cells than a page can hold at once are shown, and not opened. */
export const MOST_CELLS = 1_000;

export interface OpenedShare {
  readonly spec: NotebookSpec;
  /** The text to be kept, with the expected columns in it. */
  readonly text: string;
  readonly sources: readonly ExpectedSource[];
  /** Lower-case names that its statements call. */
  readonly calls: ReadonlySet<string>;
  /** e.g. `hr/users`. */
  readonly publishes: readonly string[];
}

function callsOf(cells: readonly CellSpec[]): ReadonlySet<string> {
  return new Set(
    cells.flatMap((cell) =>
      cell.kind === 'sql' ? [...calledNames(redactSql(cell.sql, () => []).code)] : [],
    ),
  );
}

function opened(spec: NotebookSpec): OpenedShare {
  return {
    spec,
    text: formNotebook(spec),
    sources: expectedSources(spec),
    calls: callsOf(spec.cells),
    publishes: spec.cells.flatMap((cell) =>
      cell.kind === 'publish' ? [`${cell.namespace}/${cell.module}`] : [],
    ),
  };
}

/** Fails with `notebook-text`, or `share-link-form` where columns are expected of a source that is not there. */
export function openShared(shared: SharedNotebook): Result<OpenedShare> {
  const parsed = parseNotebook(shared.text);
  if (!parsed.ok) return parsed;
  const { written: _written, ...spec } = parsed.value;
  const stray = shared.sources.find((source) => !Object.hasOwn(spec.sources, source.name));
  if (stray) {
    return fail({
      code: 'share-link-form',
      message: `The link expects columns of a source that its notebook does not have.`,
      hint: 'It was not opened. Ask whoever sent it for a new link.',
    });
  }
  const columns = new Map(shared.sources.map((source) => [source.name, source.columns]));
  const sources = Object.entries(spec.sources).map(([name, source]) => {
    const expected = columns.get(name) ?? [];
    if (expected.length === 0) return [name, source];
    return [name, { ...source, expects: Object.fromEntries(expected.map((each) => [each.name, each.type])) }];
  });
  return succeed(opened({ ...spec, sources: Object.fromEntries(sources) }));
}

/** A notebook file that was shared, told by the columns it expects; null where it is any other. */
export function openSharedText(text: string): OpenedShare | null {
  const parsed = parseNotebook(text);
  if (!parsed.ok || !Object.values(parsed.value.sources).some((source) => source.expects !== undefined))
    return null;
  return { ...opened(parsed.value), text };
}
