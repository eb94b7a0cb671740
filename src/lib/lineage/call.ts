// What a call is made of: functions, macros, aggregates, windows; must not know other expressions.
import { AGGREGATE_NODES } from './expression-nodes.ts';
import { decidedBy, decides, mergeFlows, passThrough, type Flow, type IndirectPart } from './flow.ts';
import { isAggregate, isPickedBySecond, isRefusedFunction } from './functions.ts';
import { foldIdentifier, readIdentifier } from './identifiers.ts';
import type { IndirectKind } from './lineage-types.ts';
import type { Place } from './place.ts';
import { deciding, withParameters } from './scope.ts';
import { isAbsent, listOf, nodeOf, NotUnderstood, onlyFields, positionOf, type Fields } from './tree.ts';

/** Follows any expression; handed in, because calls hold expressions and expressions hold calls. */
export type FollowExpression = (node: unknown, place: Place) => Flow;

interface Call {
  /** In lower case. */
  readonly name: string;
  readonly args: readonly unknown[];
  readonly isLibraryMacro: boolean;
  /** Known to the parser as an aggregate, whatever its name. */
  readonly isAggregate: boolean;
}

/** Functions that turn one expression into several columns, or whose meaning hangs on more than their arguments. */
const NOT_FOLLOWED = new Set(['columns', 'unpack', 'alias']);

/** Functions that take a lambda; elsewhere `a -> b` is an operator on a column named `a`. */
const TAKES_LAMBDA = new Set(
  `list_transform list_apply array_transform array_apply apply list_filter array_filter filter list_reduce array_reduce
  reduce`.split(/\s+/),
);

function lambdaOf(arg: unknown): Fields | null {
  const { kind, fields } = nodeOf(arg);
  return kind === 'lambda' ? onlyFields(fields, 'a lambda', ['parameters', 'body', 'colon']) : null;
}

/** The parameters of a lambda hold parts of what the other arguments hold. */
function followLambda(lambda: Fields, others: Flow, place: Place, follow: FollowExpression): Flow {
  const names = listOf(lambda['parameters']).map((parameter) =>
    foldIdentifier(readIdentifier(parameter).name),
  );
  const parameters = new Map(names.map((name) => [name, others]));
  return follow(lambda['body'], { ...place, scope: withParameters(place.scope, parameters) });
}

function valueOf(arg: unknown): { readonly node: unknown; readonly isNamed: boolean } {
  const { kind, fields } = nodeOf(arg);
  if (kind !== 'named_argument') return { node: arg, isNamed: false };
  onlyFields(fields, 'a named argument', ['name', 'value', 'separator']);
  return { node: fields['value'], isNamed: true };
}

function followArguments(call: Call, place: Place, follow: FollowExpression, isWindow: boolean): Flow {
  const inAggregate = call.isAggregate || isAggregate(call.name);
  const kind = inAggregate ? 'aggregation' : 'transformation';
  const values = call.args.map(valueOf);
  if (!TAKES_LAMBDA.has(call.name) && values.some(({ node }) => lambdaOf(node) !== null)) {
    throw new NotUnderstood(`an arrow in the function ${call.name}`);
  }
  const isLibraryMacro = call.isLibraryMacro && !values.some((value) => value.isNamed);
  // Running totals can be undone by subtracting neighbours: what an aggregate hides, it does not hide in a window.
  const name = isWindow && inAggregate && call.name !== 'count' ? `${call.name} over` : call.name;
  const plain = values.map(({ node }) => (lambdaOf(node) ? null : follow(node, place)));
  const others = mergeFlows(plain.filter((flow) => flow !== null));
  const picked: IndirectPart[] = [];
  const flows = values.map(({ node }, argument) => {
    const lambda = lambdaOf(node);
    const flow = lambda ? followLambda(lambda, others, place, follow) : (plain[argument] ?? mergeFlows([]));
    if (argument === 1 && isPickedBySecond(call.name)) {
      picked.push(...decides(flow, 'sort'));
      return mergeFlows([]);
    }
    return passThrough(flow, { name, isLibraryMacro, argument }, kind);
  });
  const merged = decidedBy(mergeFlows(flows), picked);
  return { ...merged, isAggregate: isWindow ? false : merged.isAggregate || inAggregate };
}

/** `name(args)` */
export function followCall(fields: Fields, place: Place, follow: FollowExpression, isWindow = false): Flow {
  onlyFields(fields, 'a function', ['name', 'args', 'distinct', 'no_parens', 'quoted', 'use_bracket_syntax']);
  const written = fields['name'];
  if (typeof written !== 'string')
    throw new NotUnderstood('a function has an unknown form', positionOf(fields));
  const name = foldIdentifier(written);
  refuseByName(name, fields);
  const isLibraryMacro = fields['quoted'] !== true && place.context.isLibraryMacro(name);
  return followArguments(
    { name, args: listOf(fields['args']), isLibraryMacro, isAggregate: false },
    place,
    follow,
    isWindow,
  );
}

function refuseByName(name: string, near: unknown): void {
  if (isRefusedFunction(name) || NOT_FOLLOWED.has(name)) {
    throw new NotUnderstood(`the function ${name} here`, positionOf(near));
  }
  if (name === 'unnest') throw new NotUnderstood('unnest inside an expression', positionOf(near));
}

/** `sluice.name(args)` is the library's; `value.name(args)` is `name(value, args)`; any other schema is not followed. */
export function followMethod(fields: Fields, place: Place, follow: FollowExpression): Flow {
  onlyFields(fields, 'a function', ['this', 'method', 'args']);
  const method = readIdentifier(fields['method']);
  const name = foldIdentifier(method.name);
  refuseByName(name, fields);
  const args = listOf(fields['args']);
  const owner = nodeOf(fields['this']);
  if (owner.kind === 'column' && isAbsent(owner.fields['table'])) {
    const schema = readIdentifier(owner.fields['name']);
    if (foldIdentifier(schema.name) === 'sluice') {
      if (!place.context.isLibraryMacro(name))
        throw new NotUnderstood(`there is no macro sluice.${method.name}`);
      const isLibraryMacro = !schema.isQuoted && !method.isQuoted;
      return followArguments({ name, args, isLibraryMacro, isAggregate: false }, place, follow, false);
    }
  }
  return followArguments(
    { name, args: [fields['this'], ...args], isLibraryMacro: false, isAggregate: false },
    place,
    follow,
    false,
  );
}

const AGGREGATE_FIELDS = [
  'this',
  'args',
  'separator',
  'name',
  'original_name',
  'star',
  'distinct',
  'filter',
  'order_by',
  'ignore_nulls',
  'limit',
];

/** An aggregate the parser has a node for; `known` is its name, empty where the node carries it. */
export function followNamedAggregate(
  known: string,
  fields: Fields,
  place: Place,
  follow: FollowExpression,
  isWindow = false,
): Flow {
  onlyFields(fields, 'an aggregate', AGGREGATE_FIELDS);
  const written = known === '' ? fields['name'] : known;
  if (typeof written !== 'string') throw new NotUnderstood('an aggregate has an unknown form');
  const args = [fields['this'], ...listOf(fields['args']), fields['separator'], fields['limit']].filter(
    (arg) => !isAbsent(arg),
  );
  const name = foldIdentifier(written);
  refuseByName(name, fields);
  const flow = followArguments(
    { name, args, isLibraryMacro: false, isAggregate: true },
    place,
    follow,
    isWindow,
  );
  const conditions = isAbsent(fields['filter'])
    ? []
    : decides(follow(fields['filter'], decidingPlace(place)), 'condition');
  return decidedBy(decidedBy(flow, conditions), followOrder(fields['order_by'], 'sort', place, follow));
}

function decidingPlace(place: Place): Place {
  return { ...place, scope: deciding(place.scope) };
}

/** What the expressions of an ORDER BY decide. */
function followOrder(
  order: unknown,
  kind: IndirectKind,
  place: Place,
  follow: FollowExpression,
): readonly IndirectPart[] {
  return listOf(order).flatMap((ordered) =>
    decides(follow(orderedValue(ordered), decidingPlace(place)), kind),
  );
}

/** The expression of one entry of an ORDER BY. */
export function orderedValue(ordered: unknown): unknown {
  return onlyFields(ordered, 'ORDER BY', ['this', 'desc', 'nulls_first', 'explicit_asc'])['this'];
}

/** `percentile_cont(0.5) WITHIN GROUP (ORDER BY x)` is `quantile(x, 0.5)`. */
export function followWithinGroup(fields: Fields, place: Place, follow: FollowExpression): Flow {
  onlyFields(fields, 'WITHIN GROUP', ['this', 'order_by']);
  const inner = nodeOf(fields['this']);
  if (inner.kind !== 'aggregate_function')
    throw new NotUnderstood('WITHIN GROUP of this function', positionOf(fields));
  const args = [...listOf(fields['order_by']).map(orderedValue), ...listOf(inner.fields['args'])];
  return followNamedAggregate('', { ...inner.fields, args }, place, follow);
}

/** `f(…) OVER (…)` */
export function followWindow(fields: Fields, place: Place, follow: FollowExpression): Flow {
  onlyFields(fields, 'a window function', ['this', 'over']);
  const called = followWindowed(fields['this'], place, follow);
  return { ...decidedBy(called, followOver(fields['over'], place, follow, 0)), isAggregate: false };
}

function followWindowed(node: unknown, place: Place, follow: FollowExpression): Flow {
  const { kind, fields } = nodeOf(node);
  if (kind === 'function') return followCall(fields, place, follow, true);
  const aggregate = Object.hasOwn(AGGREGATE_NODES, kind) ? AGGREGATE_NODES[kind] : undefined;
  if (aggregate !== undefined) return followNamedAggregate(aggregate, fields, place, follow, true);
  return follow(node, place);
}

function followOver(
  over: unknown,
  place: Place,
  follow: FollowExpression,
  depth: number,
): readonly IndirectPart[] {
  const fields = onlyFields(over, 'OVER', ['window_name', 'partition_by', 'order_by', 'frame']);
  const parts: IndirectPart[] = [];
  if (!isAbsent(fields['window_name'])) {
    const name = readIdentifier(fields['window_name']).name;
    const named = place.windows.get(foldIdentifier(name));
    if (named === undefined || depth > 20) throw new NotUnderstood(`there is no window ${name}`);
    parts.push(...followOver(named, place, follow, depth + 1));
  }
  for (const part of listOf(fields['partition_by']))
    parts.push(...decides(follow(part, decidingPlace(place)), 'window'));
  parts.push(...followOrder(fields['order_by'], 'window', place, follow));
  if (!isAbsent(fields['frame'])) parts.push(...followFrame(fields['frame'], place, follow));
  return parts;
}

const FRAME_FIELDS = ['kind', 'start', 'end', 'exclude', 'kind_text', 'start_side_text', 'end_side_text'];

function followFrame(frame: unknown, place: Place, follow: FollowExpression): readonly IndirectPart[] {
  const fields = onlyFields(frame, 'a window frame', FRAME_FIELDS);
  return [fields['start'], fields['end']].flatMap((bound) => {
    if (isAbsent(bound) || typeof bound === 'string') return [];
    const { kind, fields: inner } = nodeOf(bound);
    if (kind !== 'Preceding' && kind !== 'Following') throw new NotUnderstood('a window frame of this form');
    return decides(follow(inner, place), 'window');
  });
}
