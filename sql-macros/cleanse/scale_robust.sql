-- scale_robust(v)
--
-- purpose: Brings numbers to median 0 and interquartile range 1, over all rows of the query, so that outliers do not
--   matter.
-- arguments:
--   v: number of any type; another type is an error.
-- null: NULL stays NULL; NaN gives NULL. Neither counts towards the statistics.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, scale_robust(x) AS m FROM (VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 99)) AS t(i, x))
-- result: [-1.0, -0.5, 0.0, 0.5, 48.0]
-- version: 1.0.0
-- window: yes
-- notes: (v - median) / (upper quartile - lower quartile), as scikit-learn does; where the quartiles are equal the
--   difference from the median is left as it is. Infinite values stay infinite and do not count. As a window function
--   it can stand neither in WHERE nor inside another window function: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.scale_robust(v) AS
  (sluice._number(v, 'scale_robust') - quantile_cont(sluice._finite(sluice._number(v, 'scale_robust')), 0.5) OVER ())
  / coalesce(nullif(quantile_cont(sluice._finite(sluice._number(v, 'scale_robust')), 0.75) OVER () - quantile_cont(sluice._finite(sluice._number(v, 'scale_robust')), 0.25) OVER (), 0), 1);
