// Words that are quoted where they name a column or relation in the SQL of steps; data only.

/**
 * Keywords of DuckDB 1.5 (`duckdb_keywords()`) that the engine or the parser reads otherwise than as a name in at least
 * one place where a step writes one: each was tried. Lower case.
 */
export const QUOTED_WORDS: ReadonlySet<string> = new Set(
  `add after all alter always analyse analyze and anti any array as asc asof asymmetric at authorization before
  begin between binary both by cache cascade case cast check cluster coalesce collate collation column columns
  comment commit concurrently constraint copy create cross cube current cycle database date day declare
  default deferrable delete desc describe distinct do domain drop each else end enum escape except exclude
  execute exists extract false fetch filter first following for foreign freeze from full function generated
  glob grant group grouping groups having here hour identity if ignore ilike in increment index initially
  inner input insert instead intersect interval into is isnull join key lambda language last lateral leading
  left like limit list load local map match materialized maxvalue merge minute minvalue month natural new next
  no not notnull null nullif nulls of offset old on only operator or order ordinality others outer over
  overlaps overlay owned partition percent pivot pivot_longer pivot_wider placing position positional pragma
  preceding prepare preserve primary prior procedure qualify range recursive references referencing refresh
  rename replace respect restart restrict returning returns revoke right rollback rollup row rows sample
  savepoint schema second select semi sequence set show similar some start statement struct substring
  summarize symmetric system table tablesample temp temporary then there this_row ties time timestamp to
  trailing transaction treat trigger trim true truncate try_cast type unbounded union unique unpack unpivot
  update use using values variadic verbose view when where window with within year`.split(/\s+/),
);
