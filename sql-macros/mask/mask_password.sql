-- mask_password(v)
--
-- purpose: Hides a password but for its last three characters.
-- arguments:
--   v: any type, taken as text.
-- null: NULL stays NULL.
-- example: SELECT mask_password('correct-horse-123')
-- result: *****123
-- version: 1.0.0
-- sensitivity: direct
-- shows: the last 3 characters
-- shows-characters: 3
-- produces: none
-- window: no
-- notes: Always five stars, so that the length does not show; under 8 characters nothing else. A password belongs in no
--   module, masked or not: drop the column.

CREATE OR REPLACE MACRO sluice.mask_password(v) AS
  CASE
    WHEN length_grapheme(CAST(v AS VARCHAR)) >= 8 THEN '*****' || right_grapheme(CAST(v AS VARCHAR), 3)
    WHEN v IS NOT NULL THEN '*****'
  END;
