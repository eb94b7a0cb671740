-- _date_part(part)
--
-- purpose: The part of a date in lower case where it is one that truncate_date knows.
-- arguments:
--   part: VARCHAR, in any case.
-- null: NULL stays NULL, and any other text gives NULL.
-- example: SELECT sluice._date_part('Year')
-- result: year
-- version: 1.0.0
-- window: no
-- notes: The engine reads a constant part while it plans, before any CASE is decided, so its caller must never hand it
--   on unchecked.

CREATE OR REPLACE MACRO sluice._date_part(part) AS
  CASE WHEN lower(part) IN ('decade', 'year', 'quarter', 'month', 'week', 'day') THEN lower(part) END;
