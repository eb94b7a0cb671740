-- text_upper(v)
--
-- purpose: Writes text in upper case.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL.
-- example: SELECT text_upper('Ada')
-- result: ADA
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.text_upper(v) AS
  upper(CAST(v AS VARCHAR));
