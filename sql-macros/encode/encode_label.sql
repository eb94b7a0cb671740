-- encode_label(v)
--
-- purpose: Numbers the distinct values from 0 in sorted order, over all rows of the query.
-- arguments:
--   v: value of a type that can be sorted.
-- null: NULL stays NULL and takes no number.
-- example: SELECT list(m ORDER BY i) FROM (SELECT i, encode_label(x) AS m FROM (VALUES (1, 'b'), (2, 'a'), (3, 'b')) AS t(i, x))
-- result: [1, 0, 1]
-- version: 1.0.0
-- window: yes
-- notes: As scikit-learn’s LabelEncoder. Another set of values gives other numbers. As a window function it can stand
--   neither in WHERE nor inside another window function: put it in a cell of its own.

CREATE OR REPLACE MACRO sluice.encode_label(v) AS
  CASE WHEN v IS NOT NULL THEN dense_rank() OVER (ORDER BY v NULLS LAST) - 1 END;
