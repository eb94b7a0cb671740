-- _typed_double(v)
--
-- purpose: A number as the DOUBLE a person would read off it: a FLOAT goes by its shortest text, so that 0.7 stays 0.7.
-- arguments:
--   v: number.
-- null: NULL stays NULL.
-- example: SELECT sluice._typed_double(0.7::FLOAT)
-- result: 0.7
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._typed_double(v) AS
  CASE WHEN typeof(v) = 'FLOAT' THEN TRY_CAST(CAST(v AS VARCHAR) AS DOUBLE) ELSE TRY_CAST(v AS DOUBLE) END;
