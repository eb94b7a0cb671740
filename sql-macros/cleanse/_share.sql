-- _share(p)
--
-- purpose: A share between 0 and 1, or 0.5 where it is none, since the engine reads a share while it plans.
-- arguments:
--   p: number.
-- null: NULL gives 0.5.
-- example: SELECT sluice._share(0.05)
-- result: 0.05
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._share(p) AS
  CASE WHEN coalesce(CAST(p AS DOUBLE) BETWEEN 0 AND 1, FALSE) THEN CAST(p AS DOUBLE) ELSE 0.5 END;
