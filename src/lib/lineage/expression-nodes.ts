// Nodes whose value is a plain function of their parts, as data; must not know how they are followed.

export interface PlainNode {
  /** Name of the step. */
  readonly name: string;
  /** Fields that hold arguments, in order; each one expression or a list. */
  readonly parts: readonly string[];
  /** Fields that say how, without holding an expression. */
  readonly manner?: readonly string[];
}

const BINARY: Readonly<Record<string, string>> = {
  and: 'and',
  or: 'or',
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  mod: '%',
  eq: '=',
  neq: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  bitwise_and: '&',
  bitwise_or: '|',
  bitwise_xor: 'xor',
  bitwise_left_shift: '<<',
  bitwise_right_shift: '>>',
  concat: '||',
  null_safe_eq: 'is not distinct from',
  null_safe_neq: 'is distinct from',
  glob: 'glob',
  array_contains_all: '@>',
  array_contained_by: '<@',
  array_overlaps: '&&',
  d_pipe: '||',
};

const UNARY = (
  'upper lower length l_trim r_trim reverse abs sqrt cbrt ln exp sign year month day hour minute second day_of_week ' +
  'day_of_month day_of_year week_of_year quarter epoch epoch_ms initcap ascii chr radians degrees sin cos tan asin acos ' +
  'atan is_nan is_inf array_length array_size array_reverse array_distinct map_keys map_values map_from_entries typeof ' +
  'cardinality last_day unicode hex bitwise_count array_flatten array_compact'
).split(' ');

const PAIR =
  'contains starts_with ends_with array_contains array_position array_append array_prepend element_at mod_func atan2 power ' +
  'levenshtein int_div null_if if_null nvl array_remove array_union array_except';

function entries(): Record<string, PlainNode> {
  const nodes: Record<string, PlainNode> = {};
  for (const [kind, name] of Object.entries(BINARY)) nodes[kind] = { name, parts: ['left', 'right'] };
  for (const kind of UNARY) nodes[kind] = { name: kind, parts: ['this'], manner: ['original_name'] };
  for (const kind of PAIR.split(' '))
    nodes[kind] = { name: kind, parts: ['this', 'expression'], manner: ['original_name'] };
  for (const kind of [
    'coalesce',
    'greatest',
    'least',
    'array_intersect',
    'array_concat',
    'array_zip',
    'map_concat',
  ]) {
    nodes[kind] = { name: kind, parts: ['expressions'], manner: ['original_name'] };
  }
  return nodes;
}

/** By node kind. A kind that stands neither here nor in `expression.ts` is not understood. */
export const PLAIN_NODES: Readonly<Record<string, PlainNode>> = {
  ...entries(),
  not: { name: 'not', parts: ['this'] },
  neg: { name: '-', parts: ['this'] },
  bitwise_not: { name: '~', parts: ['this'] },
  like: { name: 'like', parts: ['left', 'right', 'escape'] },
  i_like: { name: 'ilike', parts: ['left', 'right', 'escape'] },
  similar_to: { name: 'similar to', parts: ['this', 'pattern', 'escape'], manner: ['not'] },
  regexp_like: { name: 'regexp_matches', parts: ['this', 'pattern', 'flags'] },
  between: { name: 'between', parts: ['this', 'low', 'high'], manner: ['not', 'symmetric'] },
  is: { name: 'is', parts: ['left', 'right'] },
  is_null: { name: 'is null', parts: ['this'], manner: ['not', 'postfix_form'] },
  is_true: { name: 'is true', parts: ['this'], manner: ['not'] },
  is_false: { name: 'is false', parts: ['this'], manner: ['not'] },
  substring: {
    name: 'substring',
    parts: ['this', 'start', 'length'],
    manner: ['from_for_syntax', 'original_name'],
  },
  trim: {
    name: 'trim',
    parts: ['this', 'characters'],
    manner: ['position', 'sql_standard_syntax', 'position_explicit', 'original_name'],
  },
  str_position: { name: 'position', parts: ['this', 'substr'] },
  floor: { name: 'floor', parts: ['this'] },
  ceil: { name: 'ceil', parts: ['this'] },
  log: { name: 'log', parts: ['this', 'base'] },
  extract: { name: 'extract', parts: ['this'], manner: ['field'] },
  at_time_zone: { name: 'at time zone', parts: ['this', 'zone'] },
  collation: { name: 'collate', parts: ['this'], manner: ['collation', 'quoted', 'double_quoted'] },
  array_func: { name: 'list', parts: ['expressions'], manner: ['bracket_notation', 'use_list_keyword'] },
  tuple: { name: 'row', parts: ['expressions'] },
  subscript: { name: '[]', parts: ['this', 'index'] },
  array_slice: { name: '[:]', parts: ['this', 'start', 'end'] },
  slice: { name: '[:]', parts: ['this', 'expression', 'step'] },
  json_extract: { name: '->', parts: ['this', 'path'], manner: ['arrow_syntax'] },
  json_extract_scalar: { name: '->>', parts: ['this', 'path'], manner: ['arrow_syntax'] },
  random: { name: 'random', parts: [] },
  pi: { name: 'pi', parts: [] },
  row_number: { name: 'row_number', parts: [] },
  rank: { name: 'rank', parts: [] },
  dense_rank: { name: 'dense_rank', parts: [] },
  percent_rank: { name: 'percent_rank', parts: [] },
  cume_dist: { name: 'cume_dist', parts: [] },
  n_tile: { name: 'ntile', parts: ['num_buckets'] },
  lead: { name: 'lead', parts: ['this', 'offset', 'default'], manner: ['ignore_nulls'] },
  lag: { name: 'lag', parts: ['this', 'offset', 'default'], manner: ['ignore_nulls'] },
  first_value: { name: 'first_value', parts: ['this'], manner: ['ignore_nulls'] },
  last_value: { name: 'last_value', parts: ['this'], manner: ['ignore_nulls'] },
  nth_value: { name: 'nth_value', parts: ['this', 'offset'], manner: ['ignore_nulls', 'from_first'] },
};

/** Aggregates with nodes of their own: name of the step by kind. Their fields: `AGGREGATE_FIELDS`. */
export const AGGREGATE_NODES: Readonly<Record<string, string>> = {
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  array_agg: 'array_agg',
  count_if: 'count_if',
  stddev: 'stddev',
  stddev_pop: 'stddev_pop',
  stddev_samp: 'stddev_samp',
  variance: 'variance',
  var_pop: 'var_pop',
  var_samp: 'var_samp',
  median: 'median',
  mode: 'mode',
  first: 'first',
  last: 'last',
  any_value: 'any_value',
  approx_count_distinct: 'approx_count_distinct',
  logical_and: 'bool_and',
  logical_or: 'bool_or',
  skewness: 'skewness',
  bitwise_and_agg: 'bit_and',
  bitwise_or_agg: 'bit_or',
  bitwise_xor_agg: 'bit_xor',
  string_agg: 'string_agg',
  group_concat: 'string_agg',
  list_agg: 'string_agg',
  count: 'count',
  aggregate_function: '',
};

/** Nodes and literals that hold no column. */
export const CONSTANT_NODES = new Set([
  'literal',
  'boolean',
  'null',
  'current_date',
  'current_time',
  'current_timestamp',
  'localtime',
  'localtimestamp',
]);
