-- text_title(v)
--
-- purpose: Begins each word with an upper-case letter and writes the rest in lower case.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL.
-- example: SELECT text_title('ada LOVELACE-byron')
-- result: Ada Lovelace-Byron
-- version: 1.0.0
-- window: no
-- notes: Particles and acronyms are words like any other: `de la Cruz` becomes `De La Cruz`, `USA` becomes `Usa`.

CREATE OR REPLACE MACRO sluice.text_title(v) AS
  array_to_string(list_transform(regexp_extract_all(CAST(v AS VARCHAR), '[\pL\pM\pN''’]+|[^\pL\pM\pN''’]+'),
    lambda _sl_w: upper(_sl_w[1]) || lower(_sl_w[2:])), '');
