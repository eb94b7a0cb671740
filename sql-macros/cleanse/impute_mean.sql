-- impute_mean(v)
--
-- purpose: Fills what is missing with the mean of what is there, over all rows of the query.
-- arguments:
--   v: number of any type.
-- null: NULL, and NaN in FLOAT and DOUBLE, are replaced by the mean of the other rows; they do not count towards it.
--   Where every row is missing, the result is NULL.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, impute_mean(x) AS m FROM (VALUES (1, 10), (2, NULL), (3, 20)) AS t(i, x))
-- result: [10.0, 15.0, 20.0]
-- version: 1.0.0
-- window: yes
-- notes: The result is a DOUBLE whatever the type of the argument, so whole numbers beyond 2^53 lose digits. An infinite
--   value makes the mean infinite. The mean is taken after WHERE and before LIMIT. As a window function it can stand
--   neither in WHERE nor inside another window function: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.impute_mean(v) AS
  coalesce(CAST(nullif(v, 'NaN'::DOUBLE) AS DOUBLE), avg(nullif(v, 'NaN'::DOUBLE)) OVER ());
