-- top_code(v, bound)
--
-- purpose: Replaces what lies beyond a bound by the bound, so that the largest values are one.
-- arguments:
--   v: number or date.
--   bound: of the same kind; NULL changes nothing.
-- null: NULL stays NULL, NaN stays NaN.
-- example: SELECT top_code(250000, 100000)
-- result: 100000
-- version: 2.0.0
-- window: no
-- notes: It is no sanitizer: values within the bound stay what they are.

CREATE OR REPLACE MACRO sluice.top_code(v, bound) AS
  CASE WHEN sluice._gap(v) > bound THEN bound ELSE v END;
