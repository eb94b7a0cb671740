-- clip_iqr(v, k := 1.5)
--
-- purpose: Pulls a number outside Tukey's fences in to the fence; see outlier_iqr.
-- arguments:
--   v: number of any type; another type is an error.
--   k: zero or more; 1.5 where it is left out.
-- null: NULL stays NULL; NaN gives NULL.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, clip_iqr(x) AS m FROM (VALUES (1, 1), (2, 2), (3, 3), (4, 2), (5, 99)) AS t(i, x))
-- result: [1.0, 2.0, 3.0, 2.0, 4.5]
-- version: 1.0.0
-- window: yes
-- notes: The result is a DOUBLE. Infinite values are pulled in and do not count towards the quartiles. As a window
--   function it cannot stand in WHERE: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.clip_iqr(v, k := 1.5) AS
  CASE
    WHEN sluice._number(v, 'clip_iqr') IS NULL THEN NULL
    ELSE greatest(
      quantile_cont(sluice._finite(sluice._number(v, 'clip_iqr')), 0.25) OVER () - sluice._fence(quantile_cont(sluice._finite(sluice._number(v, 'clip_iqr')), 0.25) OVER (), quantile_cont(sluice._finite(sluice._number(v, 'clip_iqr')), 0.75) OVER (), k),
      least(quantile_cont(sluice._finite(sluice._number(v, 'clip_iqr')), 0.75) OVER () + sluice._fence(quantile_cont(sluice._finite(sluice._number(v, 'clip_iqr')), 0.25) OVER (), quantile_cont(sluice._finite(sluice._number(v, 'clip_iqr')), 0.75) OVER (), k), sluice._number(v, 'clip_iqr')))
  END;
