// DuckDB's words for highlighting and completion; must not know any notebook.
import { SQLDialect } from '@codemirror/lang-sql';

/** Reserved and common words of DuckDB 1.5 (`duckdb_keywords()`), kept to what a SELECT-like statement can hold. */
const KEYWORDS =
  'all and anti any array as asc asof at between by case cast collate columns cross cube current date default ' +
  'desc describe distinct else end escape except exclude exists false fetch filter first following for from full ' +
  'glob group grouping groups having ilike in inner intersect interval is isnull join lambda last lateral left ' +
  'like limit map materialized natural not notnull null nulls of offset on only or order others outer over ' +
  'overlaps partition percent pivot pivot_longer pivot_wider placing positional preceding qualify range recursive ' +
  'rename replace respect returning right row rows sample select semi sets similar some struct summarize ' +
  'symmetric table tablesample then ties to true try_cast unbounded union unique unpivot using values when where ' +
  'window with within without';

const TYPES =
  'bigint bit blob bool boolean bytea char date decimal double enum float hugeint int int1 int2 int4 int8 integer ' +
  'interval json list map numeric real smallint string struct text time timestamp timestamptz timestamp_s ' +
  'timestamp_ms timestamp_ns tinyint ubigint uhugeint uinteger union usmallint utinyint uuid varchar';

const BUILTIN =
  'abs any_value approx_count_distinct arg_max arg_min array_agg avg ceil coalesce concat concat_ws contains corr ' +
  'count count_if cume_dist date_diff date_part date_trunc dayname dense_rank entropy epoch exp extract ' +
  'first_value floor format generate_series greatest group_concat hash histogram if ifnull lag last_day ' +
  'last_value lead least length list ln log lower lpad ltrim make_date max md5 median min mode monthname ntile ' +
  'nullif percent_rank pow quantile quantile_cont quantile_disc rank regexp_extract regexp_full_match ' +
  'regexp_matches regexp_replace repeat reverse round row_number rpad rtrim sha256 sign split_part sqrt ' +
  'starts_with stddev stddev_pop stddev_samp strftime string_agg string_split strip_accents strlen strptime ' +
  'substring sum trim try_strptime typeof unnest upper var_pop var_samp year month day hour minute second';

export const DUCKDB_DIALECT: SQLDialect = SQLDialect.define({
  keywords: KEYWORDS,
  types: TYPES,
  builtin: BUILTIN,
  operatorChars: '*+-%<>!=&|^/~?@',
  identifierQuotes: '"',
  specialVar: '$',
  doubleDollarQuotedStrings: true,
  caseInsensitiveIdentifiers: true,
  spaceAfterDashes: false,
});

/** Keywords and types alone, for completion. */
export const KEYWORD_DIALECT: SQLDialect = SQLDialect.define({
  keywords: KEYWORDS,
  types: TYPES,
  builtin: '',
});
