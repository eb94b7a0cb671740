-- text_trim(v)
--
-- purpose: Takes blanks off both ends, and makes one of several inside.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL.
-- example: SELECT text_trim('  Ada   Lovelace ')
-- result: Ada Lovelace
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.text_trim(v) AS
  CASE
    WHEN regexp_matches(CAST(v AS VARCHAR), '^[\s\pZ]|[\s\pZ]$|[\s\pZ][\s\pZ]|[^\S ]|[^\PZ ]') THEN
      trim(regexp_replace(CAST(v AS VARCHAR), '[\s\pZ]+', ' ', 'g'))
    ELSE CAST(v AS VARCHAR)
  END;
