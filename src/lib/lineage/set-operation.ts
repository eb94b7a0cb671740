// What a set operation produces from its two sides; must not know the tree.
import { decides, distinctParts, mergeFlows, type IndirectPart } from './flow.ts';
import { foldIdentifier } from './identifiers.ts';
import type { NamedFlow, Relation } from './scope.ts';
import { NotUnderstood } from './tree.ts';

export interface SetOperation {
  readonly kind: 'union' | 'intersect' | 'except';
  readonly isAll: boolean;
  readonly isByName: boolean;
  readonly left: Relation;
  readonly right: Relation;
}

function byPosition(left: Relation, right: Relation): readonly NamedFlow[] {
  if (left.columns.length !== right.columns.length)
    throw new NotUnderstood('a set operation of unequal sides');
  return left.columns.map((column, index) => {
    const other = right.columns[index];
    return { name: column.name, flow: mergeFlows(other ? [column.flow, other.flow] : [column.flow]) };
  });
}

function namesOf(relation: Relation): readonly string[] {
  const names = relation.columns.map((column) => foldIdentifier(column.name));
  if (names.includes('') || new Set(names).size < names.length) {
    throw new NotUnderstood('BY NAME where a column has no name of its own');
  }
  return names;
}

function byName(left: Relation, right: Relation): readonly NamedFlow[] {
  const inLeft = new Set(namesOf(left));
  const inRight = new Map(namesOf(right).map((name, index) => [name, right.columns[index]]));
  const merged = left.columns.map((column) => {
    const other = inRight.get(foldIdentifier(column.name));
    return { name: column.name, flow: mergeFlows(other ? [column.flow, other.flow] : [column.flow]) };
  });
  return [...merged, ...right.columns.filter((column) => !inLeft.has(foldIdentifier(column.name)))];
}

function compared(relation: Relation, kind: 'group' | 'filter'): readonly IndirectPart[] {
  return relation.columns.flatMap((column) => decides(column.flow, kind));
}

/** INTERSECT shows values that both sides hold; EXCEPT shows the left's, and the right decides which. */
export function followSetOperation(operation: SetOperation): Relation {
  const { kind, left, right } = operation;
  const deciding: (readonly IndirectPart[])[] = [left.indirect, right.indirect];
  if (kind !== 'union') deciding.push(compared(left, 'filter'), compared(right, 'filter'));
  else if (!operation.isAll) deciding.push(compared(left, 'group'), compared(right, 'group'));
  const indirect = distinctParts(deciding.flat());
  if (kind === 'except') {
    byPosition(left, right);
    if (operation.isByName) throw new NotUnderstood('EXCEPT BY NAME');
    return { columns: left.columns, indirect };
  }
  if (kind === 'intersect' && operation.isByName) throw new NotUnderstood('INTERSECT BY NAME');
  return { columns: operation.isByName ? byName(left, right) : byPosition(left, right), indirect };
}
