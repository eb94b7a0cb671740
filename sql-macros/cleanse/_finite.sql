-- _finite(d)
--
-- purpose: A DOUBLE, or NULL where it is infinite.
-- arguments:
--   d: DOUBLE.
-- null: NULL stays NULL.
-- example: SELECT sluice._finite(1.5::DOUBLE)
-- result: 1.5
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._finite(d) AS
  CASE WHEN isfinite(d) THEN d END;
