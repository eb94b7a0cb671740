-- _number(v, macro_name)
--
-- purpose: A number as DOUBLE, NULL where it is missing or NaN; an error where the column is no number.
-- arguments:
--   v: number of any type.
--   macro_name: VARCHAR, what the error begins with.
-- null: NULL stays NULL.
-- example: SELECT sluice._number(12.5, 'impute_median')
-- result: 12.5
-- version: 1.0.0
-- window: no
-- notes: Text is not guessed: a column of text is an error, never a column of NULL.

CREATE OR REPLACE MACRO sluice._number(v, macro_name) AS
  CASE
    WHEN v IS NULL THEN NULL
    WHEN sluice._is_whole_type(typeof(v)) OR typeof(v) LIKE 'DECIMAL(%' THEN TRY_CAST(v AS DOUBLE)
    WHEN typeof(v) IN ('FLOAT', 'DOUBLE') THEN
      CASE WHEN NOT isnan(TRY_CAST(v AS DOUBLE)) THEN TRY_CAST(v AS DOUBLE) END
    ELSE error(macro_name || ': the column is no number; read it with parse_number, or cast it first')
  END;
