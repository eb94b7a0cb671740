-- _is_whole_type(type_name)
--
-- purpose: Whether values of a type are whole numbers: an integer of any size, or DECIMAL without decimals.
-- arguments:
--   type_name: what `typeof` gives.
-- null: NULL stays NULL.
-- example: SELECT sluice._is_whole_type(typeof(23))
-- result: true
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._is_whole_type(type_name) AS
  type_name IN ('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT',
    'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT')
  OR type_name LIKE 'DECIMAL(%,0)';
