-- scale_log(v)
--
-- purpose: Takes the natural logarithm of one more than the number, which brings long tails nearer.
-- arguments:
--   v: number above -1.
-- null: NULL stays NULL, NaN becomes NULL.
-- example: SELECT scale_log(0)
-- result: 0.0
-- version: 1.0.0
-- window: no
-- notes: `log1p` elsewhere. The last digits can differ between the browser’s engine and a native one.

CREATE OR REPLACE MACRO sluice.scale_log(v) AS
  CASE
    WHEN CAST(nullif(v, 'NaN'::DOUBLE) AS DOUBLE) <= -1 THEN error('scale_log: a value is -1 or below, which has no logarithm')
    ELSE ln(1 + CAST(nullif(v, 'NaN'::DOUBLE) AS DOUBLE))
  END;
