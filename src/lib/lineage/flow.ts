// What a value is made of, in columns of a statement's inputs; must not know SQL.
import type { ColumnRef, DirectKind, FunctionStep, IndirectKind } from './lineage-types.ts';
import { NotUnderstood } from './tree.ts';

export interface DirectPart {
  readonly from: ColumnRef;
  readonly kind: DirectKind;
  readonly via: readonly FunctionStep[];
}

export interface IndirectPart {
  readonly from: ColumnRef;
  readonly kind: IndirectKind;
  readonly via: readonly FunctionStep[];
}

export interface Flow {
  readonly direct: readonly DirectPart[];
  readonly indirect: readonly IndirectPart[];
  /** The expression holds an aggregate of its own query (not of a window or subquery). */
  readonly isAggregate: boolean;
}

export const NO_FLOW: Flow = { direct: [], indirect: [], isAggregate: false };

const MAX_PARTS = 4_000;
const MAX_STEPS = 120;

const KIND_ORDER: readonly DirectKind[] = ['identity', 'transformation', 'aggregation'];

/** The kind of two stretches one after the other: the stronger one. */
export function combineKinds(a: DirectKind, b: DirectKind): DirectKind {
  return KIND_ORDER.indexOf(a) >= KIND_ORDER.indexOf(b) ? a : b;
}

function isSameStep(a: FunctionStep, b: FunctionStep): boolean {
  return a.name === b.name && a.isLibraryMacro === b.isLibraryMacro && a.argument === b.argument;
}

/**
 * Steps one after the other. Repeating a step of the engine adds nothing to what it leaves of a value, so `a + b + c`
 * stays short; a library macro is kept each time.
 */
export function joinSteps(
  before: readonly FunctionStep[],
  after: readonly FunctionStep[],
): readonly FunctionStep[] {
  if (after.length === 0) return before;
  const steps = [...before];
  for (const step of after) {
    const last = steps.at(-1);
    if (last && !step.isLibraryMacro && isSameStep(last, step)) continue;
    steps.push(step);
  }
  if (steps.length > MAX_STEPS)
    throw new NotUnderstood('a value passes through too many functions to be followed');
  return steps;
}

function keyOf(part: DirectPart | IndirectPart): string {
  const steps = part.via.map((step) => `${step.isLibraryMacro ? '*' : ''}${step.name}/${step.argument}`);
  return JSON.stringify([part.from.relation, part.from.column, part.kind, steps]);
}

/** Each part once. @throws NotUnderstood where too many are left. */
export function distinctParts<Part extends DirectPart | IndirectPart>(
  parts: readonly Part[],
): readonly Part[] {
  if (parts.length < 2) return parts;
  const byKey = new Map<string, Part>();
  for (const part of parts) {
    const key = keyOf(part);
    if (!byKey.has(key)) byKey.set(key, part);
  }
  if (byKey.size > MAX_PARTS) throw new NotUnderstood('a value comes from too many places to be followed');
  return [...byKey.values()];
}

export function mergeFlows(flows: readonly Flow[]): Flow {
  const only = flows.length === 1 ? flows[0] : undefined;
  if (only) return only;
  return {
    direct: distinctParts(flows.flatMap((flow) => flow.direct)),
    indirect: distinctParts(flows.flatMap((flow) => flow.indirect)),
    isAggregate: flows.some((flow) => flow.isAggregate),
  };
}

/** A flow after one more function. */
export function passThrough(flow: Flow, step: FunctionStep | null, kind: DirectKind): Flow {
  if (flow.direct.length === 0) return flow;
  const direct = flow.direct.map((part) => ({
    from: part.from,
    kind: combineKinds(part.kind, kind),
    via: step ? joinSteps(part.via, [step]) : part.via,
  }));
  return { ...flow, direct: distinctParts(direct) };
}

/** Where a value decides something: all it is made of, and all that decided it, as indirect parts. */
export function decides(flow: Flow, kind: IndirectKind): readonly IndirectPart[] {
  return distinctParts([...flow.direct.map(({ from, via }) => ({ from, kind, via })), ...flow.indirect]);
}

/** A flow with further parts that decide it. */
export function decidedBy(flow: Flow, indirect: readonly IndirectPart[]): Flow {
  if (indirect.length === 0) return flow;
  return { ...flow, indirect: distinctParts([...flow.indirect, ...indirect]) };
}
