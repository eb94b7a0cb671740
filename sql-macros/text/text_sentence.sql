-- text_sentence(v)
--
-- purpose: Begins the text with an upper-case letter and writes the rest in lower case.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL.
-- example: SELECT text_sentence('HELLO World')
-- result: Hello world
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice.text_sentence(v) AS
  upper(CAST(v AS VARCHAR)[1]) || lower(CAST(v AS VARCHAR)[2:]);
