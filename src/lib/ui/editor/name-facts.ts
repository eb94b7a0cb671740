// What a name in a statement is, in a few lines: a table, a column, a macro, a function; must not know how it is shown.
import { sqlTokens } from '../../base/sql-tokens.ts';
import { describeColumn } from './completion-relations.ts';
import { relationsNamedIn } from './completion-relations.ts';
import { engineFunction } from './engine-functions.ts';
import { describeMacro, relationsFor, type CompletionScope } from './sql-completion.ts';

export interface NameFacts {
  readonly from: number;
  readonly to: number;
  /** `email: VARCHAR · direct`. */
  readonly title: string;
  readonly lines: readonly string[];
}

/** The name around a place, without its quotes; null where there is none. */
export function nameAt(
  text: string,
  at: number,
): { readonly name: string; readonly from: number; readonly to: number } | null {
  const token = sqlTokens(text).find(
    (each) => each.from <= at && at <= each.to && isName(each.kind, each.text),
  );
  if (token === undefined) return null;
  const name = token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text;
  return { name, from: token.from, to: token.to };
}

function isName(kind: string, text: string): boolean {
  return kind === 'quoted' || (kind === 'word' && !/^\d/.test(text));
}

function columnFacts(
  text: string,
  name: string,
  scope: CompletionScope,
): Pick<NameFacts, 'title' | 'lines'> | null {
  const owners = relationsNamedIn(text, relationsFor(text, scope)).flatMap((relation) => {
    const column = relation.columns.find((each) => each.name.toLowerCase() === name);
    return column ? [{ relation, column }] : [];
  });
  const [first] = owners;
  if (first === undefined) return null;
  const about = describeColumn(first.column);
  return {
    title: about === '' ? first.column.name : `${first.column.name}: ${about}`,
    lines: [
      `Column of ${owners.map(({ relation }) => relation.name).join(', ')}`,
      ...(first.column.badge === null ? [] : [first.column.badge]),
    ],
  };
}

function relationFacts(
  text: string,
  name: string,
  scope: CompletionScope,
): Pick<NameFacts, 'title' | 'lines'> | null {
  const relation = relationsFor(text, scope).find((each) => each.name.toLowerCase() === name);
  if (relation === undefined) return null;
  const names = relation.columns.slice(0, 12).map((column) => column.name);
  const more = relation.columns.length - names.length;
  const columns = names.length === 0 ? 'Its columns are not known yet.' : names.join(', ');
  return {
    title: `${relation.kind} ${relation.name}`,
    lines: [more > 0 ? `${columns} and ${more} more` : columns],
  };
}

/** Null where the name means nothing that is known. Columns win over tables, macros over functions. */
export function factsAt(text: string, at: number, scope: CompletionScope): NameFacts | null {
  const found = nameAt(text, at);
  if (found === null) return null;
  const { from, to } = found;
  const name = found.name.toLowerCase();
  if (/^\s*\(/.test(text.slice(to))) {
    const macro = scope.macros.find((each) => each.name.toLowerCase() === name);
    if (macro) return { from, to, title: macro.signature, lines: describeMacro(macro).split('\n') };
    const known = engineFunction(name);
    if (known)
      return {
        from,
        to,
        title: `${known.name}(${known.parameters})`,
        lines: [known.purpose === '' ? `${known.kind} function` : known.purpose],
      };
  }
  const input = scope.inputs?.find((each) => `$${each.name.toLowerCase()}` === name);
  if (input) return { from, to, title: `$${input.name}`, lines: [`Input: ${input.detail}`] };
  const isQualifier = text.slice(to).startsWith('.');
  const facts = isQualifier
    ? relationFacts(text, name, scope)
    : (columnFacts(text, name, scope) ?? relationFacts(text, name, scope));
  return facts === null ? null : { from, to, ...facts };
}

export interface CallFacts {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Zero-based; may lie behind the last one. */
  readonly current: number;
  readonly purpose: string;
  /** Where the name of what is called starts. */
  readonly from: number;
}

/** The innermost call of a known macro or function around the caret; null where there is none. */
export function callAt(text: string, at: number, scope: CompletionScope): CallFacts | null {
  const before = sqlTokens(text).filter((token) => token.from < at && token.kind !== 'space');
  const last = before.at(-1);
  if (last !== undefined && last.kind !== 'sign' && last.kind !== 'word' && last.to > at) return null;
  const open: { index: number; commas: number }[] = [];
  before.forEach((token, index) => {
    if (token.kind !== 'sign') return;
    if ('([{'.includes(token.text)) open.push({ index, commas: 0 });
    else if (')]}'.includes(token.text)) open.pop();
    const top = open.at(-1);
    if (token.text === ',' && top) top.commas += 1;
  });
  const inner = open.at(-1);
  const called = inner === undefined ? undefined : before[inner.index - 1];
  if (inner === undefined || called?.kind !== 'word' || before[inner.index]?.text !== '(') return null;
  const name = called.text.toLowerCase();
  const macro = scope.macros.find((each) => each.name.toLowerCase() === name);
  const common = { current: inner.commas, from: called.from };
  if (macro) {
    const parameters = macro.parameters.map((each) =>
      each.default === null ? each.name : `${each.name} := ${each.default}`,
    );
    return { name: macro.name, parameters, purpose: macro.purpose, ...common };
  }
  const known = engineFunction(name);
  if (known === undefined || known.parameters === '') return null;
  return { name: known.name, parameters: known.parameters.split(', '), purpose: known.purpose, ...common };
}
