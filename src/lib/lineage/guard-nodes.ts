// Which kinds of node may be a statement or a relation, and which may stand nowhere; data only.

/** SELECT-like statements. */
export const STATEMENT_NODES = new Set([
  'select',
  'union',
  'intersect',
  'except',
  'values',
  'subquery',
  'pivot',
  'unpivot',
  'summarize',
  'describe',
]);

/** What may stand in FROM. */
export const FROM_NODES = new Set([
  'table',
  'subquery',
  'alias',
  'paren',
  'annotated',
  'joined_table',
  'values',
  'unnest',
  'function',
  'lateral',
  'pivot',
  'unpivot',
]);

/** Statements and readers that may stand nowhere in a tree. */
export const FORBIDDEN_NODES = new Set(
  `insert update delete merge copy put attach detach install load_data export pragma set_statement use command show kill
  prepare execute transaction commit rollback truncate truncate_table cache uncache refresh clone analyze grant revoke
  create_table drop_table alter_table create_index drop_index create_view drop_view alter_view alter_index create_schema
  drop_schema drop_namespace create_database drop_database create_function drop_function create_procedure drop_procedure
  create_sequence drop_sequence alter_sequence create_trigger drop_trigger create_type drop_type create_task create_synonym
  undrop alter_session lock_table locking_statement read_c_s_v read_parquet to_file stage_reference session_parameter
  next_value_for raw try_catch directory credentials declare query_band current_schemas semantic_view match_recognize
  parameter placeholder comment`.split(/\s+/),
);

/** How a node is called when it is refused. */
export const STATEMENT_WORDS: Readonly<Record<string, string>> = {
  set_statement: 'SET',
  command: 'This command (CALL, LOAD, EXPORT, …)',
  create_table: 'CREATE TABLE',
  create_view: 'CREATE VIEW',
  create_function: 'CREATE MACRO',
  read_c_s_v: 'read_csv',
  parameter: 'A parameter ($name)',
  placeholder: 'A parameter (?)',
  raw: 'This statement',
};
