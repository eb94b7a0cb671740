-- outlier_zscore(v, threshold := 3)
--
-- purpose: Whether a number lies more than a number of standard deviations from the mean of all rows of the query.
-- arguments:
--   v: number of any type; another type is an error.
--   threshold: number of standard deviations, zero or more; 3 where it is left out.
-- null: NULL and NaN stay NULL and do not count.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, outlier_zscore(x, 1.5) AS m FROM (VALUES (1, 1), (2, 2), (3, 3), (4, 99)) AS t(i, x))
-- result: [false, false, false, true]
-- version: 1.0.0
-- window: yes
-- notes: abs((v - mean) / standard deviation) > threshold, with the population standard deviation. A constant column
--   has no outliers; an infinite value is one, and does not count towards mean and deviation. As a window function it
--   cannot stand in WHERE: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.outlier_zscore(v, threshold := 3) AS
  CASE
    WHEN NOT coalesce(CAST(threshold AS DOUBLE) >= 0, FALSE) THEN
      error('outlier_zscore: threshold must be a number of zero or more, e.g. 3')
    WHEN sluice._number(v, 'outlier_zscore') IS NULL THEN NULL
    WHEN isinf(sluice._number(v, 'outlier_zscore')) THEN TRUE
    WHEN min(sluice._finite(sluice._number(v, 'outlier_zscore'))) OVER () = max(sluice._finite(sluice._number(v, 'outlier_zscore'))) OVER () THEN FALSE
    ELSE abs(sluice._number(v, 'outlier_zscore') - avg(sluice._finite(sluice._number(v, 'outlier_zscore'))) OVER ()) / stddev_pop(sluice._finite(sluice._number(v, 'outlier_zscore'))) OVER () > CAST(threshold AS DOUBLE)
  END;
