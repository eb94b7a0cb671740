-- scale_minmax(v)
--
-- purpose: Brings numbers to the range from 0 to 1, over all rows of the query.
-- arguments:
--   v: number of any type; another type is an error.
-- null: NULL stays NULL; NaN gives NULL. Neither counts towards the statistics.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, scale_minmax(x) AS m FROM (VALUES (1, 0), (2, 5), (3, 10)) AS t(i, x))
-- result: [0.0, 0.5, 1.0]
-- version: 1.0.0
-- window: yes
-- notes: (v - least) / (largest - least); a constant column gives 0. Infinite values stay infinite and do not count. As
--   a window function it can stand neither in WHERE nor inside another window function: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.scale_minmax(v) AS
  CASE
    WHEN min(sluice._finite(sluice._number(v, 'scale_minmax'))) OVER () = max(sluice._finite(sluice._number(v, 'scale_minmax'))) OVER () AND isfinite(sluice._number(v, 'scale_minmax')) THEN 0
    ELSE (sluice._number(v, 'scale_minmax') / 2 - min(sluice._finite(sluice._number(v, 'scale_minmax'))) OVER () / 2) / (max(sluice._finite(sluice._number(v, 'scale_minmax'))) OVER () / 2 - min(sluice._finite(sluice._number(v, 'scale_minmax'))) OVER () / 2)
  END;
