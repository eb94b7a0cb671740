-- impute_forward(v, ord)
--
-- purpose: Fills what is missing with the last value before it, in the order you give.
-- arguments:
--   v: any type.
--   ord: what orders the rows, any type, e.g. a date; NULL comes last. It must be unique: of rows with the same, any
--     may come first.
-- null: NULL, and NaN in FLOAT and DOUBLE, are replaced by the last value before them; before the first value they stay
--   NULL.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, impute_forward(x, i) AS m FROM (VALUES (1, NULL), (2, 10), (3, NULL), (4, 20)) AS t(i, x))
-- result: [NULL, 10, 10, 20]
-- version: 1.0.0
-- window: yes
-- notes: The result has the type of the argument. As a window function it can stand neither in WHERE nor inside another
--   window function: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.impute_forward(v, ord) AS
  coalesce(
    sluice._gap(v),
    last_value(sluice._gap(v) IGNORE NULLS) OVER (
      ORDER BY ord ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  );
