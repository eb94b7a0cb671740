-- generalize_zip3(v)
--
-- purpose: Keeps the first three digits of a US ZIP code.
-- arguments:
--   v: ZIP code of five digits or ZIP+4, as text; as a number only where no zero leads.
-- null: NULL stays NULL.
-- example: SELECT generalize_zip3('94110')
-- result: 941**
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the first 3 digits
-- shows-characters: 3
-- produces: none
-- window: no
-- notes: Areas of 20,000 people or fewer become `000**` as HIPAA’s Safe Harbor asks (45 CFR 164.514(b)(2)(i)(B)); the
--   list is that of the guidance of 2012, after the census of 2000.

CREATE OR REPLACE MACRO sluice.generalize_zip3(v) AS
  CASE
    WHEN v IS NULL THEN NULL
    WHEN regexp_full_match(trim(CAST(v AS VARCHAR)), '(036|059|063|102|203|556|692|790|821|823|830|831|878|879|884|890|893)\d{2}(-?\d{4})?') THEN '000**'
    WHEN regexp_full_match(trim(CAST(v AS VARCHAR)), '\d{5}(-?\d{4})?') THEN left(trim(CAST(v AS VARCHAR)), 3) || '**'
    ELSE '***'
  END;
