// What is known of the engine's functions by name; must not know the parse tree.
// Source: duckdb_functions() of DuckDB 1.5.

/** Functions that make one value of many rows. */
const AGGREGATES = new Set(
  `any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_max_nulls_last arg_min
  arg_min_null arg_min_nulls_last argmax argmin array_agg avg bit_and bit_or bit_xor bitstring_agg bool_and bool_or corr
  count count_if count_star countif covar_pop covar_samp entropy favg first fsum geomean geometric_mean group_concat
  histogram histogram_exact kahan_sum kurtosis kurtosis_pop last list listagg mad max max_by mean median min min_by mode
  product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx
  regr_sxy regr_syy reservoir_quantile sem skewness stddev stddev_pop stddev_samp string_agg sum sum_no_overflow sumkahan
  var_pop var_samp variance wavg weighted_avg percentile_cont percentile_disc json_group_array json_group_object
  json_group_structure`.split(/\s+/),
);

/** Aggregates whose second argument picks the row and does not show. */
const PICKED_BY_SECOND = new Set(
  'arg_max arg_max_null arg_max_nulls_last arg_min arg_min_null arg_min_nulls_last argmax argmin max_by min_by'.split(
    ' ',
  ),
);

/** Names that may stand in FROM; all others are refused. */
const TABLE_FUNCTIONS = new Set(['range', 'generate_series', 'unnest', 'repeat', 'repeat_row']);

/** Scalar functions that look outside their arguments, run text as SQL, or change the engine. */
const REFUSED = new Set(
  `query query_table getvariable getenv current_setting set_config current_query current_query_id nextval currval setseed
  write_log sleep_ms pg_sleep stats vector_type create_sort_key in_search_path which_secret json_serialize_sql
  json_serialize_plan json_deserialize_sql json_execute_serialized_sql parse_duckdb_log_message glob read_text read_blob
  sniff_csv parquet_scan from_substrait get_substrait add_parquet_key current_connection_id current_transaction_id
  txid_current inet_client_addr inet_client_port inet_server_addr inet_server_port checkpoint force_checkpoint summary
  test_all_types test_vector_types arrow_scan seq_scan sql_auto_complete current_schemas repeat_table enable_logging
  disable_logging enable_profiling disable_profiling truncate_duckdb_logs icu_calendar_names has_table_privilege
  col_description obj_description shobj_description`.split(/\s+/),
);

const REFUSED_PREFIXES = [
  'read_',
  'pragma_',
  'duckdb_',
  'pg_',
  'parquet_',
  'arrow_',
  'sqlite_',
  'postgres_',
  'mysql_',
  'http',
  'load_',
  '_',
];

/** Harmless exceptions to the prefixes. */
const ALLOWED_IN_SPITE = new Set(['pg_typeof']);

export function isAggregate(name: string): boolean {
  return AGGREGATES.has(name);
}

export function isPickedBySecond(name: string): boolean {
  return PICKED_BY_SECOND.has(name);
}

export function isAllowedTableFunction(name: string): boolean {
  return TABLE_FUNCTIONS.has(name);
}

/** True for a function no cell may call, anywhere. `name` in lower case. */
export function isRefusedFunction(name: string): boolean {
  if (ALLOWED_IN_SPITE.has(name)) return false;
  return REFUSED.has(name) || REFUSED_PREFIXES.some((prefix) => name.startsWith(prefix));
}
