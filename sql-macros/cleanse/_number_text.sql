-- _number_text(v)
--
-- purpose: A number as text without currency, blanks and brackets, with a minus in front where it is negative.
-- arguments:
--   v: text.
-- null: NULL stays NULL.
-- example: SELECT sluice._number_text('($1,234.50)')
-- result: -1,234.50
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._number_text(v) AS
  CASE
    WHEN regexp_full_match(regexp_replace(trim(CAST(v AS VARCHAR)), '[\s\pZ\p{Sc}''’]', '', 'g'), '\([^()+-]*\)') THEN '-' || replace(replace(regexp_replace(trim(CAST(v AS VARCHAR)), '[\s\pZ\p{Sc}''’]', '', 'g'), '(', ''), ')', '')
    WHEN regexp_full_match(regexp_replace(trim(CAST(v AS VARCHAR)), '[\s\pZ\p{Sc}''’]', '', 'g'), '[^+-]*-') THEN '-' || replace(regexp_replace(trim(CAST(v AS VARCHAR)), '[\s\pZ\p{Sc}''’]', '', 'g'), '-', '')
    ELSE regexp_replace(trim(CAST(v AS VARCHAR)), '[\s\pZ\p{Sc}''’]', '', 'g')
  END;
