-- mask_iban(v)
--
-- purpose: Shows country and last four characters of an IBAN.
-- arguments:
--   v: IBAN as text, with or without blanks.
-- null: NULL stays NULL.
-- example: SELECT mask_iban('DE89 3704 0044 0532 0130 00')
-- result: DE** **** 3000
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the country and the last 4 characters
-- shows-characters: 6
-- produces: none
-- window: no

CREATE OR REPLACE MACRO sluice.mask_iban(v) AS
  CASE
    WHEN v IS NULL THEN NULL
    WHEN regexp_full_match(CAST(v AS VARCHAR), '\s*[A-Za-z]{2}\s?\d{2}(\s?[A-Za-z0-9]){11,30}\s*') THEN
      upper(left(trim(CAST(v AS VARCHAR)), 2)) || '** **** ' || upper(right(replace(trim(CAST(v AS VARCHAR)), ' ', ''), 4))
    ELSE '****'
  END;
