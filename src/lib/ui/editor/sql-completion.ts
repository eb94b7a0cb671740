// What the editor offers while typing: tables, columns, macros; must not know the session or how a menu is drawn.
import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import type { SQLNamespace } from '@codemirror/lang-sql';
import type { Sensitivity } from '../../base/sensitivity-level.ts';
import type { MacroDefinition } from '../../macros/macro-types.ts';

interface CompletionColumn {
  readonly name: string;
  readonly type: string;
  readonly sensitivity: Sensitivity | null;
  /** e.g. `masked: shows the last 4 digits`. */
  readonly badge: string | null;
}

export interface CompletionRelation {
  readonly name: string;
  readonly kind: 'source' | 'cell';
  readonly columns: readonly CompletionColumn[];
}

/** Everything that can be completed. */
export interface CompletionScope {
  readonly relations: readonly CompletionRelation[];
  readonly macros: readonly MacroDefinition[];
}

export const EMPTY_SCOPE: CompletionScope = { relations: [], macros: [] };

const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/i;

/** The name as it must stand in SQL. */
function writeName(name: string): string {
  return PLAIN_NAME.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function describeColumn(column: CompletionColumn): string {
  const level =
    column.sensitivity === null || column.sensitivity === 'none' ? '' : ` · ${column.sensitivity}`;
  return `${column.type}${level}`;
}

function completeColumn(column: CompletionColumn, relation: string): Completion {
  const written = writeName(column.name);
  return {
    label: column.name,
    type: 'property',
    detail: describeColumn(column),
    ...(written === column.name ? {} : { apply: written }),
    info: column.badge === null ? `Column of ${relation}` : `Column of ${relation}, ${column.badge}`,
  };
}

function completeRelation(relation: CompletionRelation): Completion {
  const written = writeName(relation.name);
  const count = relation.columns.length;
  return {
    label: relation.name,
    type: 'class',
    detail: `${relation.kind}, ${count} ${count === 1 ? 'column' : 'columns'}`,
    boost: 2,
    ...(written === relation.name ? {} : { apply: written }),
  };
}

function describeMacro(macro: MacroDefinition): string {
  const shows = macro.sanitizer === null ? [] : [`Shows: ${macro.sanitizer.shows}.`];
  return [
    macro.purpose,
    ...shows,
    `NULL: ${macro.nullBehaviour}`,
    `${macro.example.sql} → ${macro.example.result}`,
  ].join('\n');
}

function completeMacro(macro: MacroDefinition): Completion {
  return {
    label: macro.name,
    type: 'function',
    detail: macro.signature.slice(macro.name.length),
    info: describeMacro(macro),
    boost: 1,
    apply: (view, _completion, from, to) => {
      const hasParenthesis = view.state.sliceDoc(to, to + 1) === '(';
      const insert = hasParenthesis ? macro.name : `${macro.name}()`;
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + macro.name.length + 1 },
        userEvent: 'input.complete',
      });
    },
  };
}

/** Tables and their columns for `table.column`, aliases included (resolved by lang-sql). */
export function completionNamespace(scope: CompletionScope): SQLNamespace {
  const namespace: Record<string, SQLNamespace> = {};
  for (const relation of scope.relations) {
    namespace[relation.name] = {
      self: completeRelation(relation),
      children: relation.columns.map((column) => completeColumn(column, relation.name)),
    };
  }
  return namespace;
}

/** Relations whose name stands in the text as a word, in the scope's order. */
export function relationsNamedIn(text: string, scope: CompletionScope): readonly CompletionRelation[] {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []);
  return scope.relations.filter((relation) => {
    const name = relation.name.toLowerCase();
    return words.has(name) || (!PLAIN_NAME.test(name) && text.toLowerCase().includes(`"${name}"`));
  });
}

/** Unqualified columns of the tables that the statement names, and all public macros. */
export function completeWords(text: string, scope: CompletionScope): readonly Completion[] {
  const seen = new Set<string>();
  const columns = relationsNamedIn(text, scope).flatMap((relation) =>
    relation.columns.flatMap((column) => {
      const key = column.name.toLowerCase();
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ ...completeColumn(column, relation.name), boost: 3 }];
    }),
  );
  const macros = scope.macros.filter((macro) => !macro.isPrivate).map(completeMacro);
  return [...columns, ...macros];
}

/** Completion source over a scope that is read anew at every request. */
export function completeFromScope(readScope: () => CompletionScope): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\p{L}\p{N}_]+/u);
    if (word === null && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    if (context.state.sliceDoc(Math.max(0, from - 1), from) === '.') return null;
    return {
      from,
      options: [...completeWords(context.state.doc.toString(), readScope())],
      validFor: /^[\p{L}\p{N}_]*$/u,
    };
  };
}
