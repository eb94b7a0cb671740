-- null_if_nan(v)
--
-- purpose: Turns NaN into NULL, so that means, sums and comparisons pass it over like any missing value.
-- arguments:
--   v: number of any type.
-- null: NULL stays NULL; so does every other number stay what it is.
-- example: SELECT null_if_nan('NaN'::DOUBLE) IS NULL
-- result: true
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.null_if_nan(v) AS
  nullif(v, 'NaN'::DOUBLE);
