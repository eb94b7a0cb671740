-- mask_ssn(v)
--
-- purpose: Shows the last four digits of a US social security number.
-- arguments:
--   v: number as text, with or without hyphens.
-- null: NULL stays NULL.
-- example: SELECT mask_ssn('123-45-6789')
-- result: ***-**-6789
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the last 4 digits
-- shows-characters: 4
-- produces: none
-- window: no

CREATE OR REPLACE MACRO sluice.mask_ssn(v) AS
  CASE
    WHEN v IS NULL THEN NULL
    WHEN regexp_full_match(CAST(v AS VARCHAR), '\s*\d{3}[- ]?\d{2}[- ]?\d{4}\s*') THEN '***-**-' || right(trim(CAST(v AS VARCHAR)), 4)
    ELSE '***'
  END;
