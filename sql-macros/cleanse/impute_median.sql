-- impute_median(v)
--
-- purpose: Fills what is missing with the median of what is there, over all rows of the query.
-- arguments:
--   v: number of any type; another type is an error.
-- null: NULL, and NaN in FLOAT and DOUBLE, are replaced by the median of the other rows; they do not count towards it.
--   Where every row is missing, the result is NULL.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, impute_median(x) AS m FROM (VALUES (1, 10), (2, NULL), (3, 20), (4, 90)) AS t(i, x))
-- result: [10.0, 20.0, 20.0, 90.0]
-- version: 1.0.0
-- window: yes
-- notes: The result is a DOUBLE. Between two middle values the median is their mean. The median is taken after WHERE
--   and before LIMIT. As a window function it can stand neither in WHERE nor inside another window function: put it in
--   a cell of its own.

CREATE OR REPLACE MACRO sluice.impute_median(v) AS
  coalesce(
    sluice._number(v, 'impute_median'),
    quantile_cont(sluice._number(v, 'impute_median'), 0.5) OVER ()
  );
