-- text_lower(v)
--
-- purpose: Writes text in lower case.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL.
-- example: SELECT text_lower('ÄRA Ada')
-- result: ära ada
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.text_lower(v) AS
  lower(CAST(v AS VARCHAR));
