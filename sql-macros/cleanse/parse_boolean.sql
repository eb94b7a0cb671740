-- parse_boolean(v)
--
-- purpose: Reads a truth value as people write it.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL. Anything else becomes NULL.
-- example: SELECT parse_boolean('Yes')
-- result: true
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.parse_boolean(v) AS
  CASE
    WHEN lower(trim(CAST(v AS VARCHAR))) IN ('true', 't', 'yes', 'y', 'on', '1', '1.0') THEN TRUE
    WHEN lower(trim(CAST(v AS VARCHAR))) IN ('false', 'f', 'no', 'n', 'off', '0', '0.0') THEN FALSE
  END;
