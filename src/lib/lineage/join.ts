// What two sides of a join become: visible columns, shared columns, what the match decides; must not know the tree.
import { decides, mergeFlows, type IndirectPart } from './flow.ts';
import { foldIdentifier } from './identifiers.ts';
import { columnsNamed, starColumns, type Binding, type SharedColumn } from './scope.ts';
import { NotUnderstood } from './tree.ts';

/** Relations that were joined with each other. */
export interface Group {
  readonly bindings: readonly Binding[];
  readonly shared: readonly SharedColumn[];
  readonly indirect: readonly IndirectPart[];
}

const PLAIN_KINDS = new Set([
  'Inner',
  'Left',
  'Right',
  'Full',
  'Outer',
  'Cross',
  'AsOf',
  'AsOfLeft',
  'AsOfRight',
  'LeftLateral',
  'Lateral',
]);
const NATURAL_KINDS = new Set(['Natural', 'NaturalLeft', 'NaturalRight', 'NaturalFull']);
/** The right side only decides which rows stay. */
const HALF_KINDS = new Set(['Semi', 'Anti', 'LeftSemi', 'LeftAnti']);

function bothNames(left: Group, right: Group): readonly string[] {
  const inRight = new Set(starColumns(right).map((column) => foldIdentifier(column.name)));
  const names = starColumns(left)
    .map((column) => column.name)
    .filter((name) => name !== '' && inRight.has(foldIdentifier(name)));
  return [...new Map(names.map((name) => [foldIdentifier(name), name])).values()];
}

function membersOf(side: Group, folded: string): readonly Binding[] {
  const shared = side.shared.find((column) => foldIdentifier(column.name) === folded);
  if (shared) return shared.members;
  return side.bindings.filter((binding) =>
    binding.columns.some((column) => foldIdentifier(column.name) === folded),
  );
}

function share(left: Group, right: Group, name: string): SharedColumn {
  const folded = foldIdentifier(name);
  const flows = [left, right].map((side) => {
    const found = columnsNamed(side, folded);
    if (found.length !== 1 || !found[0])
      throw new NotUnderstood(`USING (${name}) where one side has no single ${name}`);
    return found[0];
  });
  return {
    name,
    flow: mergeFlows(flows),
    members: [...membersOf(left, folded), ...membersOf(right, folded)],
  };
}

/**
 * Joins two sides. A shared column is made of both, whatever the kind: where they match they are equal.
 * @throws NotUnderstood for kinds of join that are not followed
 */
export function joinRelations(
  left: Group,
  right: Group,
  kind: string,
  using: readonly string[],
  position: number | null,
): Group {
  const isNatural = NATURAL_KINDS.has(kind);
  if (!isNatural && !PLAIN_KINDS.has(kind) && !HALF_KINDS.has(kind)) {
    throw new NotUnderstood(`a ${kind} join`, position);
  }
  const names = isNatural ? bothNames(left, right) : using;
  if (
    isNatural &&
    (names.length === 0 ||
      [...left.bindings, ...right.bindings].some((b) => b.columns.some((c) => c.name === '')))
  ) {
    throw new NotUnderstood('a natural join whose common columns are not known', position);
  }
  const shared = names.map((name) => share(left, right, name));
  const indirect = shared.flatMap((column) => decides(column.flow, 'join'));
  if (HALF_KINDS.has(kind)) return { bindings: left.bindings, shared: left.shared, indirect };
  const replaced = new Set(shared.map((column) => foldIdentifier(column.name)));
  const kept = [...left.shared, ...right.shared].filter(
    (column) => !replaced.has(foldIdentifier(column.name)),
  );
  return { bindings: [...left.bindings, ...right.bindings], shared: [...kept, ...shared], indirect };
}
