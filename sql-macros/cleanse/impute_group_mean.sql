-- impute_group_mean(v, g)
--
-- purpose: Fills what is missing with the mean of the rows of the same group.
-- arguments:
--   v: number of any type; another type is an error.
--   g: what makes a group, any type; NULL is a group of its own.
-- null: NULL, and NaN in FLOAT and DOUBLE, are replaced by the mean of the rest of the group; where all of a group is
--   missing the result is NULL.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, impute_group_mean(x, g) AS m FROM (VALUES (1, 10, 'a'), (2, NULL, 'a'), (3, 90, 'b'), (4, NULL, 'c')) AS t(i, x, g))
-- result: [10.0, 10.0, 90.0, NULL]
-- version: 1.0.0
-- window: yes
-- notes: The result is a DOUBLE. What a group of one row shows is that row. As a window function it can stand neither
--   in WHERE nor inside another window function: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.impute_group_mean(v, g) AS
  coalesce(
    sluice._number(v, 'impute_group_mean'),
    avg(sluice._number(v, 'impute_group_mean')) OVER (PARTITION BY g)
  );
