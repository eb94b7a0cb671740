-- impute_value(v, x)
--
-- purpose: Fills what is missing with a value.
-- arguments:
--   v: value of any type.
--   x: value of a type that fits; may be a subquery or another column.
-- null: NULL, and NaN in FLOAT and DOUBLE, become `x`; where `x` is NULL too, the result is NULL.
-- example: SELECT impute_value(NULL, 7)
-- result: 7
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.impute_value(v, x) AS
  CASE
    WHEN v IS NULL OR (typeof(v) IN ('FLOAT', 'DOUBLE') AND coalesce(isnan(TRY_CAST(v AS DOUBLE)), FALSE)) THEN x
    ELSE v
  END;
