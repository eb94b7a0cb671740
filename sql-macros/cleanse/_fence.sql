-- _fence(q1, q3, k)
--
-- purpose: How far beyond a quartile a number may lie: k times the distance between the quartiles.
-- arguments:
--   q1: DOUBLE, lower quartile.
--   q3: DOUBLE, upper quartile.
--   k: number of zero or more; anything else is an error.
-- null: NULL where a quartile is NULL.
-- example: SELECT sluice._fence(1::DOUBLE, 3::DOUBLE, 1.5)
-- result: 3.0
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._fence(q1, q3, k) AS
  CASE
    WHEN NOT coalesce(CAST(k AS DOUBLE) >= 0 AND isfinite(CAST(k AS DOUBLE)), FALSE) THEN
      error('k must be a number of zero or more, e.g. 1.5')
    ELSE CAST(k AS DOUBLE) * (q3 - q1)
  END;
