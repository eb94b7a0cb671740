-- scale_standard(v)
--
-- purpose: Brings numbers to mean 0 and standard deviation 1, over all rows of the query.
-- arguments:
--   v: number of any type; another type is an error.
-- null: NULL stays NULL; NaN gives NULL. Neither counts towards the statistics.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, scale_standard(x) AS m FROM (VALUES (1, 1), (2, 1), (3, 3), (4, 3)) AS t(i, x))
-- result: [-1.0, -1.0, 1.0, 1.0]
-- version: 1.0.0
-- window: yes
-- notes: (v - mean) / standard deviation, with the population standard deviation, as scikit-learn does; a constant
--   column gives 0. Infinite values stay infinite and do not count. As a window function it can stand neither in WHERE
--   nor inside another window function: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.scale_standard(v) AS
  CASE
    WHEN min(sluice._finite(sluice._number(v, 'scale_standard'))) OVER () = max(sluice._finite(sluice._number(v, 'scale_standard'))) OVER () AND isfinite(sluice._number(v, 'scale_standard')) THEN 0
    ELSE (sluice._number(v, 'scale_standard') - avg(sluice._finite(sluice._number(v, 'scale_standard'))) OVER ()) / stddev_pop(sluice._finite(sluice._number(v, 'scale_standard'))) OVER ()
  END;
