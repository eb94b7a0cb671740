-- impute_mode(v)
--
-- purpose: Fills what is missing with the value that stands there most often, over all rows of the query.
-- arguments:
--   v: any type.
-- null: NULL, and NaN in FLOAT and DOUBLE, are replaced by the most frequent value of the other rows. Where every row
--   is missing, the result is NULL.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, impute_mode(x) AS m FROM (VALUES (1, 'a'), (2, NULL), (3, 'b'), (4, 'b')) AS t(i, x))
-- result: [a, b, b, b]
-- version: 1.0.0
-- window: yes
-- notes: The result has the type of the argument. Of several values that are equally frequent, the smallest is taken.
--   Empty text is a value: null_if_blank makes it missing. As a window function it can stand neither in WHERE nor
--   inside another window function: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.impute_mode(v) AS
  coalesce(sluice._gap(v), mode(sluice._gap(v) ORDER BY sluice._gap(v)) OVER ());
