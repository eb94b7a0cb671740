-- outlier_iqr(v, k := 1.5)
--
-- purpose: Whether a number lies outside Tukey's fences: more than k times the interquartile range beyond the quartiles
--   of all rows of the query.
-- arguments:
--   v: number of any type; another type is an error.
--   k: zero or more; 1.5 where it is left out.
-- null: NULL and NaN stay NULL and do not count.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, outlier_iqr(x) AS m FROM (VALUES (1, 1), (2, 2), (3, 3), (4, 2), (5, 99)) AS t(i, x))
-- result: [false, false, false, false, true]
-- version: 1.0.0
-- window: yes
-- notes: Quartiles by linear interpolation (`quantile_cont`, as pandas and NumPy do by default). An infinite value is
--   an outlier and does not count towards the quartiles; where nothing is finite the result is NULL. As a window
--   function it cannot stand in WHERE: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.outlier_iqr(v, k := 1.5) AS
  CASE
    WHEN sluice._number(v, 'outlier_iqr') IS NULL THEN NULL
    ELSE sluice._number(v, 'outlier_iqr') < quantile_cont(sluice._finite(sluice._number(v, 'outlier_iqr')), 0.25) OVER () - sluice._fence(quantile_cont(sluice._finite(sluice._number(v, 'outlier_iqr')), 0.25) OVER (), quantile_cont(sluice._finite(sluice._number(v, 'outlier_iqr')), 0.75) OVER (), k)
      OR sluice._number(v, 'outlier_iqr') > quantile_cont(sluice._finite(sluice._number(v, 'outlier_iqr')), 0.75) OVER () + sluice._fence(quantile_cont(sluice._finite(sluice._number(v, 'outlier_iqr')), 0.25) OVER (), quantile_cont(sluice._finite(sluice._number(v, 'outlier_iqr')), 0.75) OVER (), k)
  END;
