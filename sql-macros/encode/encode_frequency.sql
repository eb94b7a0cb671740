-- encode_frequency(v)
--
-- purpose: The share of rows, from 0 to 1, that have the same value, over all rows of the query.
-- arguments:
--   v: value of any type.
-- null: NULL stays NULL; its rows count among all rows.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, encode_frequency(x) AS m FROM (VALUES (1, 'b'), (2, 'a'), (3, 'b'), (4, NULL)) AS t(i, x))
-- result: [0.5, 0.25, 0.5, NULL]
-- version: 1.0.0
-- window: yes
-- notes: As a window function it can stand neither in WHERE nor inside another window function: put it in a cell of
--   its own.

CREATE OR REPLACE MACRO sluice.encode_frequency(v) AS
  CASE WHEN v IS NOT NULL THEN CAST(count(v) OVER (PARTITION BY v) AS DOUBLE) / count(*) OVER () END;
