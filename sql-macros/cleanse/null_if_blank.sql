-- null_if_blank(v)
--
-- purpose: Turns text of nothing but blanks into NULL.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL.
-- example: SELECT null_if_blank('  ') IS NULL
-- result: true
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.null_if_blank(v) AS
  CASE WHEN regexp_full_match(CAST(v AS VARCHAR), '[\s\pZ]*') THEN NULL ELSE CAST(v AS VARCHAR) END;
