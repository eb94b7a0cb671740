-- winsorize(v, lo, hi)
--
-- purpose: Pulls the smallest and the largest numbers in to the quantiles you give.
-- arguments:
--   v: number of any type; another type is an error.
--   lo: share from 0 to 1, e.g. 0.05: what is smaller than that quantile becomes it.
--   hi: share from 0 to 1 and not below lo, e.g. 0.95.
-- null: NULL stays NULL; NaN gives NULL.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, winsorize(x, 0.25, 0.75) AS m FROM (VALUES (1, 1), (2, 2), (3, 3), (4, 2), (5, 99)) AS t(i, x))
-- result: [2.0, 2.0, 3.0, 2.0, 3.0]
-- version: 1.0.0
-- window: yes
-- notes: The result is a DOUBLE; quantiles by linear interpolation. Infinite values are pulled in and do not count
--   towards the quantiles. lo and hi must be literals. As a window function it cannot stand in WHERE: put it in a cell
--   of its own.

CREATE OR REPLACE MACRO sluice.winsorize(v, lo, hi) AS
  CASE
    WHEN NOT coalesce(lo >= 0 AND lo <= hi AND hi <= 1, FALSE) THEN
      error('winsorize: lo and hi must be shares from 0 to 1, lo not above hi, e.g. 0.05 and 0.95')
    WHEN sluice._number(v, 'winsorize') IS NULL THEN NULL
    ELSE greatest(quantile_cont(sluice._finite(sluice._number(v, 'winsorize')), sluice._share(lo)) OVER (), least(quantile_cont(sluice._finite(sluice._number(v, 'winsorize')), sluice._share(hi)) OVER (), sluice._number(v, 'winsorize')))
  END;
