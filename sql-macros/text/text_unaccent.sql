-- text_unaccent(v)
--
-- purpose: Takes accents off letters.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL.
-- example: SELECT text_unaccent('Ünïcödé')
-- result: Unicode
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.text_unaccent(v) AS
  strip_accents(CAST(v AS VARCHAR));
