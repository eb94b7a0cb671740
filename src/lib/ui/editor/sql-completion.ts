// What the editor offers while typing: tables, columns, macros, inputs, functions; must not know the session or how a menu is drawn.
import { snippetCompletion } from '@codemirror/autocomplete';
import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import type { SQLNamespace } from '@codemirror/lang-sql';
import type { MacroDefinition } from '../../macros/macro-types.ts';
import { describeColumn, relationsNamedIn, writeName } from './completion-relations.ts';
import type { CompletionColumn, CompletionRelation } from './completion-relations.ts';
import { ENGINE_FUNCTIONS } from './engine-functions.ts';
import { localRelations } from './local-relations.ts';

export interface CompletionInput {
  /** Without the dollar sign. */
  readonly name: string;
  /** What it holds, in a few words. */
  readonly detail: string;
}

/** Everything that can be completed. */
export interface CompletionScope {
  readonly relations: readonly CompletionRelation[];
  readonly macros: readonly MacroDefinition[];
  readonly inputs?: readonly CompletionInput[];
}

export const EMPTY_SCOPE: CompletionScope = { relations: [], macros: [] };

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

/** What a macro is for, in lines: purpose, what stays visible, NULL, an example. */
export function describeMacro(macro: MacroDefinition): string {
  const shows = macro.sanitizer === null ? [] : [`Shows: ${macro.sanitizer.shows}.`];
  return [
    macro.purpose,
    ...shows,
    `NULL: ${macro.nullBehaviour}`,
    `${macro.example.sql} → ${macro.example.result}`,
  ].join('\n');
}

/** Writes a call and puts the caret between its brackets. */
const applyCall: Exclude<Completion['apply'], string | undefined> = (view, completion, from, to) => {
  const hasParenthesis = view.state.sliceDoc(to, to + 1) === '(';
  const name = completion.label;
  view.dispatch({
    changes: { from, to, insert: hasParenthesis ? name : `${name}()` },
    selection: { anchor: from + name.length + 1 },
    userEvent: 'input.complete',
  });
};

function completeMacro(macro: MacroDefinition): Completion {
  return {
    label: macro.name,
    type: 'function',
    detail: macro.signature.slice(macro.name.length),
    info: describeMacro(macro),
    boost: 1,
    apply: applyCall,
  };
}

const FUNCTIONS: readonly Completion[] = ENGINE_FUNCTIONS.map(({ name, kind, parameters, purpose }) => ({
  label: name,
  type: 'function',
  detail: `(${parameters})`,
  info: purpose === '' ? `${kind} function` : purpose,
  boost: -20,
  apply: applyCall,
}));

const SNIPPETS: readonly Completion[] = [
  snippetCompletion('SELECT #{columns}\nFROM #{table}', { label: 'select … from', detail: 'snippet' }),
  snippetCompletion('WITH #{name} AS (\n  SELECT #{columns}\n  FROM #{table}\n)\nSELECT *\nFROM #{name}', {
    label: 'with … select',
    detail: 'snippet',
  }),
  snippetCompletion('CASE WHEN #{condition} THEN #{value} ELSE #{other} END', {
    label: 'case when',
    detail: 'snippet',
  }),
  snippetCompletion('* REPLACE (#{expression} AS #{column})', { label: '* replace', detail: 'snippet' }),
  snippetCompletion('#{fn}(#{value}) OVER (PARTITION BY #{group} ORDER BY #{sort})', {
    label: 'over partition',
    detail: 'snippet',
  }),
].map((each) => ({ ...each, type: 'text', boost: -30 }));

/** Tables and their columns for `table.column`, aliases included (resolved by lang-sql). */
export function completionNamespace(scope: Pick<CompletionScope, 'relations'>): SQLNamespace {
  const namespace: Record<string, SQLNamespace> = {};
  for (const relation of scope.relations) {
    namespace[relation.name] = {
      self: completeRelation(relation),
      children: relation.columns.map((column) => completeColumn(column, relation.name)),
    };
  }
  return namespace;
}

/** The scope's relations behind those that the statement makes for itself. */
export function relationsFor(text: string, scope: CompletionScope): readonly CompletionRelation[] {
  const local = localRelations(text, scope.relations);
  if (local.length === 0) return scope.relations;
  const hidden = new Set(local.map((relation) => relation.name.toLowerCase()));
  return [...local, ...scope.relations.filter((relation) => !hidden.has(relation.name.toLowerCase()))];
}

/** Unqualified columns of the tables that the statement names, and all public macros. */
export function completeWords(text: string, scope: CompletionScope): readonly Completion[] {
  const seen = new Set<string>();
  const columns = relationsNamedIn(text, relationsFor(text, scope)).flatMap((relation) =>
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

function completeInputs(context: CompletionContext, scope: CompletionScope): CompletionResult | null {
  const word = context.matchBefore(/\$[\p{L}\p{N}_]*/u);
  if (word === null) return null;
  const options = (scope.inputs ?? []).map(({ name, detail }): Completion => ({
    label: `$${name}`,
    type: 'variable',
    detail,
    boost: 4,
  }));
  return options.length === 0 ? null : { from: word.from, options, validFor: /^\$[\p{L}\p{N}_]*$/u };
}

/** Completion source over a scope that is read anew at every request. */
export function completeFromScope(readScope: () => CompletionScope): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const inputs = completeInputs(context, readScope());
    if (inputs !== null) return inputs;
    const word = context.matchBefore(/[\p{L}\p{N}_]+/u);
    if (word === null && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    if (/[.$]/.test(context.state.sliceDoc(Math.max(0, from - 1), from))) return null;
    return {
      from,
      options: [...completeWords(context.state.doc.toString(), readScope()), ...FUNCTIONS, ...SNIPPETS],
      validFor: /^[\p{L}\p{N}_]*$/u,
    };
  };
}
