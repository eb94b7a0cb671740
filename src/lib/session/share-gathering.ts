// Gathers what decides which texts of a notebook may be shared: its texts, statements, and the values of its data; must not know what becomes of them.
import type { ParseTree } from '../lineage/lineage-types.ts';
import { specOf } from '../notebook/complete.ts';
import { inputsOf } from '../notebook/inputs/edit-inputs.ts';
import { bindStatement } from '../run/bind-statement.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import { comparedLiterals, nameSensitive } from '../share/compared-literals.ts';
import {
  CandidateList,
  KnownValueList,
  questionFor,
  unaskedColumns,
  type AskedColumn,
} from '../share/known-values.ts';
import { visitShared, type ShareRequest } from '../share/share-notebook.ts';
import type { SensitiveColumn } from '../share/share-types.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';
import type { SourceView } from './source-view-types.ts';

export interface GatherParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly bindings: SourceBindings;
  readonly board: CellBoard;
  readonly parse: AsyncParse;
}

/** What was gathered when the dialog opened; what is taken out is decided anew with every tick. */
export interface Gathered {
  readonly request: Omit<ShareRequest, 'kept' | 'withDigests'>;
  readonly notes: readonly string[];
}

function askedColumns(view: SourceView): readonly AskedColumn[] {
  return view.columns.map(({ name, type, sensitivity, entity }) => ({
    name,
    type,
    sensitivity,
    entity,
    column: `${view.name}.${name}`,
  }));
}

/** Sensitive columns of sources, and those of cells that ran. */
function sensitiveColumns({ bindings, desk, board }: GatherParts): readonly SensitiveColumn[] {
  const ofSources = bindings.views.flatMap((view) => {
    const declared = Object.entries(view.spec.columns ?? {}).map(([name, each]) => ({
      name,
      sensitivity: each.sensitivity ?? ('none' as const),
      entity: each.entity ?? null,
    }));
    return (view.columns.length > 0 ? view.columns : declared)
      .filter((column) => column.sensitivity !== 'none')
      .map(({ name, entity }) => ({ name, entity, column: `${view.name}.${name}` }));
  });
  const ofCells = desk.notebook.cells.flatMap((cell) =>
    cell.kind !== 'sql'
      ? []
      : board
          .run(cell.id)
          .columns.filter((column) => column.sensitivity === 'direct' || column.sensitivity === 'secret')
          .map(({ name }) => ({ name, entity: null, column: `${cell.name}.${name}` })),
  );
  return [...ofSources, ...ofCells];
}

async function compareWith(parts: GatherParts): Promise<Pick<ShareRequest, 'compared' | 'comparedValues'>> {
  const { desk, parse } = parts;
  const inputs = inputsOf(desk.notebook);
  const trees = new Map<string, ParseTree>();
  const boundTrees: ParseTree[] = [];
  for (const cell of desk.notebook.cells) {
    if (cell.kind !== 'sql') continue;
    const parsed = await parse(cell.sql);
    if (parsed.ok) trees.set(cell.sql, parsed.value);
    const bound = cell.sql.includes('$') ? await bindStatement(cell.sql, inputs, parse) : null;
    if (bound?.tree) boundTrees.push(bound.tree);
  }
  const sensitive = nameSensitive(sensitiveColumns(parts), [...trees.values()]);
  return {
    compared: (sql) => {
      const tree = trees.get(sql);
      return tree ? comparedLiterals(tree, sensitive) : null;
    },
    comparedValues: new Map(boundTrees.flatMap((tree) => [...comparedLiterals(tree, sensitive)])),
  };
}

/** Reads every text, parses every statement, and asks each bound source once which of the texts are its values. */
export async function gatherShare(parts: GatherParts): Promise<Gathered> {
  const { desk, bindings } = parts;
  const spec = specOf(desk.notebook);
  const columns = new Map(
    bindings.views.filter((view) => view.columns.length > 0).map((view) => [view.name, view.columns]),
  );
  const compared = await compareWith(parts);
  const list = new CandidateList();
  visitShared({ spec, columns, withDigests: false }, list);
  const known = new KnownValueList();
  const notes = list.isFull
    ? ['The notebook says so much that only a part of it was compared with the data: read it yourself.']
    : [];
  for (const view of bindings.views) {
    const note = await askSource(parts.host, view, list, known);
    if (note !== null) notes.push(note);
    const unasked = unaskedColumns(askedColumns(view));
    if (unasked.length > 0)
      notes.push(
        `The values of ${unasked.join(', ')} in ${view.name} are not of a plain type and were not looked for.`,
      );
  }
  return { request: { spec, columns, ...compared, known }, notes };
}

/** Why a source's values could not be compared, or null. */
async function askSource(
  host: EngineHost,
  view: SourceView,
  list: CandidateList,
  known: KnownValueList,
): Promise<string | null> {
  if (view.state !== 'bound')
    return `${view.name} is not bound to a file, so its values could not be looked for.`;
  const { candidates } = list;
  const columns = askedColumns(view);
  const sql = questionFor(view.name, columns, candidates);
  if (sql === null) return null;
  const ready = await host.ready();
  const answer = ready.ok ? await host.guard(ready.value.query({ sql })) : ready;
  if (!answer.ok) return `The values of ${view.name} could not be looked for: ${answer.error.message}`;
  known.add(columns, candidates, answer.value);
  return null;
}
