-- null_if_not_finite(v)
--
-- purpose: Turns NaN and the infinities into NULL, so that means and deviations stay numbers.
-- arguments:
--   v: number of any type.
-- null: NULL stays NULL; every finite number stays what it is.
-- example: SELECT null_if_not_finite('-Infinity'::DOUBLE) IS NULL
-- result: true
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.null_if_not_finite(v) AS
  nullif(nullif(nullif(v, 'NaN'::DOUBLE), 'Infinity'::DOUBLE), '-Infinity'::DOUBLE);
