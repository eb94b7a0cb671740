// Which columns a name can mean at a place in a statement; must not know clauses or functions.
import { distinctParts, mergeFlows, passThrough, type Flow, type IndirectPart } from './flow.ts';
import { foldIdentifier, isPlainName } from './identifiers.ts';
import { NotUnderstood } from './tree.ts';

export interface NamedFlow {
  readonly name: string;
  readonly flow: Flow;
}

/** A relation as a query produces it: columns in order, and what decided its rows. */
export interface Relation {
  readonly columns: readonly NamedFlow[];
  readonly indirect: readonly IndirectPart[];
}

/** A relation under the name it has in a FROM clause. */
export interface Binding {
  readonly alias: string;
  readonly columns: readonly NamedFlow[];
}

/** A column that USING or NATURAL made of several. */
export interface SharedColumn {
  readonly name: string;
  readonly flow: Flow;
  readonly members: readonly Binding[];
}

export interface Scope {
  readonly bindings: readonly Binding[];
  readonly shared: readonly SharedColumn[];
  /** Names of the SELECT list that may be used at this place, folded. */
  readonly aliases: ReadonlyMap<string, Flow>;
  /**
   * Set in clauses that decide rows, where the engine looks at columns and at names of the SELECT list in an order that
   * differs from clause to clause: there a name counts in both readings.
   */
  readonly isDeciding: boolean;
  /** Parameters of lambdas around this place, folded. */
  readonly parameters: ReadonlyMap<string, Flow>;
  readonly parent: Scope | null;
}

const NOTHING: ReadonlyMap<string, Flow> = new Map();

export function makeScope(
  bindings: readonly Binding[],
  shared: readonly SharedColumn[],
  parent: Scope | null,
  aliases: ReadonlyMap<string, Flow> = NOTHING,
): Scope {
  return { bindings, shared, aliases, isDeciding: false, parameters: NOTHING, parent };
}

/** The scope of a clause that decides rows. */
export function deciding(scope: Scope): Scope {
  return { ...scope, isDeciding: true };
}

export function withParameters(scope: Scope, parameters: ReadonlyMap<string, Flow>): Scope {
  return { ...scope, parameters: new Map([...scope.parameters, ...parameters]) };
}

function isNamed(column: { readonly name: string }, folded: string): boolean {
  return foldIdentifier(column.name) === folded;
}

/**
 * The columns of a relation under a name. Beside columns whose name only the engine knows, a name that the engine could
 * have made up is not trusted.
 */
function columnsIn(binding: Binding, folded: string): readonly NamedFlow[] {
  const found = binding.columns.filter((column) => isNamed(column, folded));
  if (!isPlainName(folded) && binding.columns.some((column) => column.name === '')) {
    throw new NotUnderstood(`the name ${folded} beside columns without a name of their own`);
  }
  return found;
}

/** Every reading of a bare name among the columns of this scope; several are ambiguous. */
export function columnsNamed(scope: Pick<Scope, 'bindings' | 'shared'>, folded: string): readonly Flow[] {
  const shared = scope.shared.filter((column) => isNamed(column, folded));
  const members = new Set(shared.flatMap((column) => column.members));
  const own = scope.bindings
    .filter((binding) => !members.has(binding))
    .flatMap((binding) => columnsIn(binding, folded));
  return [...shared, ...own].map((column) => column.flow);
}

function wholeRow(binding: Binding): Flow {
  return passThrough(mergeFlows(binding.columns.map((column) => column.flow)), null, 'transformation');
}

function onlyOne<Item>(items: readonly Item[], name: string): Item | null {
  if (items.length > 1) throw new NotUnderstood(`the name ${name} can be read in more than one way`);
  return items[0] ?? null;
}

function findAlias(scope: Scope, folded: string): Flow | null {
  return scope.aliases.get(folded) ?? null;
}

/**
 * What a bare name means: a lambda's parameter, else a column, else a whole row, else a name of the SELECT list, else
 * what it means in the query around this one.
 * @throws NotUnderstood
 */
export function lookUpName(scope: Scope, name: string): Flow {
  const folded = foldIdentifier(name);
  const parameter = scope.parameters.get(folded);
  if (parameter) return parameter;
  const column = onlyOne(columnsNamed(scope, folded), name);
  const alias = findAlias(scope, folded);
  if (column) return scope.isDeciding && alias ? mergeFlows([column, alias]) : column;
  const rows = scope.bindings.filter((binding) => foldIdentifier(binding.alias) === folded);
  if (rows.length > 0 && alias) throw new NotUnderstood(`the name ${name} can be read in more than one way`);
  const row = onlyOne(rows, name);
  if (row) return wholeRow(row);
  if (alias) return alias;
  if (scope.parent) return lookUpName(scope.parent, name);
  throw new NotUnderstood(`there is no column ${name}`);
}

/**
 * What `qualifier.name` means: a column of that relation, else a field of that column.
 * @throws NotUnderstood
 */
export function lookUpQualified(scope: Scope, qualifier: string, name: string): Flow {
  const folded = foldIdentifier(qualifier);
  if (scope.parameters.has(folded)) return lookUpName(scope, qualifier);
  const bindings = scope.bindings.filter((binding) => foldIdentifier(binding.alias) === folded);
  const binding = onlyOne(bindings, qualifier);
  const inRow = binding ? columnsIn(binding, foldIdentifier(name)) : [];
  const column = onlyOne(inRow, `${qualifier}.${name}`);
  if (column) return column.flow;
  if (columnsNamed(scope, folded).length > 0 || findAlias(scope, folded)) {
    return passThrough(
      lookUpName(scope, qualifier),
      { name: '.', isLibraryMacro: false, argument: 0 },
      'transformation',
    );
  }
  if (binding) throw new NotUnderstood(`there is no column ${qualifier}.${name}`);
  if (scope.parent) return lookUpQualified(scope.parent, qualifier, name);
  throw new NotUnderstood(`there is no relation ${qualifier}`);
}

/** How the engine writes the name of a column that is asked for in other letter case. */
export function writtenName(scope: Scope, qualifier: string | null, name: string): string {
  const folded = foldIdentifier(name);
  const table = qualifier === null ? null : foldIdentifier(qualifier);
  for (const binding of scope.bindings) {
    if (table !== null && foldIdentifier(binding.alias) !== table) continue;
    const column = binding.columns.find((candidate) => isNamed(candidate, folded));
    if (column) return column.name;
  }
  return name;
}

/** All columns a bare star stands for, each shared column once, where it first stands. */
export function starColumns(scope: Pick<Scope, 'bindings' | 'shared'>): readonly NamedFlow[] {
  const columns: NamedFlow[] = [];
  for (const binding of scope.bindings) {
    for (const column of binding.columns) {
      const folded = foldIdentifier(column.name);
      const shared = scope.shared.find((other) => isNamed(other, folded) && other.members.includes(binding));
      if (!shared) columns.push(column);
      else if (shared.members[0] === binding) columns.push({ name: column.name, flow: shared.flow });
    }
  }
  return columns;
}

/** The columns `qualifier.*` stands for. @throws NotUnderstood */
export function qualifiedStarColumns(scope: Scope, qualifier: string): readonly NamedFlow[] {
  const folded = foldIdentifier(qualifier);
  const binding = onlyOne(
    scope.bindings.filter((candidate) => foldIdentifier(candidate.alias) === folded),
    qualifier,
  );
  if (!binding || columnsNamed(scope, folded).length > 0) {
    throw new NotUnderstood(`${qualifier}.* of something that is no relation here`);
  }
  return binding.columns;
}

/** The indirect parts of several relations and conditions, each once. */
export function gatherIndirect(...lists: readonly (readonly IndirectPart[])[]): readonly IndirectPart[] {
  return distinctParts(lists.flat());
}
