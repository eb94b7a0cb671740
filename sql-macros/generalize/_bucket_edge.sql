-- _bucket_edge(e)
--
-- purpose: Text of a range's edge: no decimals where it is whole, and none of the noise of binary fractions.
-- arguments:
--   e: DOUBLE.
-- null: NULL stays NULL.
-- example: SELECT sluice._bucket_edge(0.30000000000000004)
-- result: 0.3
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._bucket_edge(e) AS
  CASE
    WHEN abs(e) < 1e15 AND e = floor(e) THEN CAST(CAST(e AS BIGINT) AS VARCHAR)
    ELSE CAST(round(CAST(e AS DOUBLE), 9) AS VARCHAR)
  END;
