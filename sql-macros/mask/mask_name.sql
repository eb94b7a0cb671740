-- mask_name(v)
--
-- purpose: Shows the initials of a name.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL.
-- example: SELECT mask_name('Ada Lovelace')
-- result: A. L.
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the first letter of up to three words
-- shows-characters: 3
-- produces: none
-- window: no

CREATE OR REPLACE MACRO sluice.mask_name(v) AS
  CASE
    WHEN v IS NULL THEN NULL
    WHEN regexp_matches(CAST(v AS VARCHAR), '[\pL\pN]') THEN
      array_to_string(list_transform(regexp_extract_all(CAST(v AS VARCHAR), '[\pL\pN][^\s\pZ]*')[1:3], lambda _sl_w: upper(_sl_w[1]) || '.'), ' ')
    ELSE '*'
  END;
