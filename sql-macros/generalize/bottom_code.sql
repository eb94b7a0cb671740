-- bottom_code(v, bound)
--
-- purpose: Replaces what lies beyond a bound by the bound, so that the smallest values are one.
-- arguments:
--   v: number or date.
--   bound: of the same kind; NULL changes nothing.
-- null: NULL stays NULL, NaN stays NaN.
-- example: SELECT bottom_code(3, 10)
-- result: 10
-- version: 1.0.0
-- window: no
-- notes: It is no sanitizer: values within the bound stay what they are.

CREATE OR REPLACE MACRO sluice.bottom_code(v, bound) AS
  CASE WHEN v < bound THEN bound ELSE v END;
