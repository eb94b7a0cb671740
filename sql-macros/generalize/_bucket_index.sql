-- _bucket_index(q)
--
-- purpose: Number of the range that a quotient of value and width lies in.
-- arguments:
--   q: DOUBLE, the value divided by the width.
-- null: NULL stays NULL.
-- example: SELECT sluice._bucket_index(0.3::DOUBLE / 0.1::DOUBLE)
-- result: 3.0
-- version: 1.0.0
-- window: no
-- notes: A quotient within a billionth of a whole number counts as that number: 0.3 / 0.1 is 2.9999999999999996 in
--   binary fractions, and 0.3 belongs to [0.3, 0.4).

CREATE OR REPLACE MACRO sluice._bucket_index(q) AS
  CASE WHEN abs(q - round(q)) <= 1e-9 + abs(q) * 1e-15 THEN round(q) ELSE floor(q) END;
