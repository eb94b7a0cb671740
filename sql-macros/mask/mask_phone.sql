-- mask_phone(v)
--
-- purpose: Hides a phone number but for its last four digits, whatever the input's punctuation.
-- arguments:
--   v: phone number as text or number; FLOAT, DOUBLE and DECIMAL are read as whole numbers.
-- null: NULL stays NULL.
-- example: SELECT mask_phone('+1 (212) 555-0134')
-- result: ***-***-0134
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the last 4 digits
-- shows-characters: 4
-- produces: none
-- window: no
-- notes: Fewer than 7 digits, and with that empty text, give `***`. Only the digits 0 to 9 count: a number written in
--   other digits gives `***`. The digits of an extension count as digits of the number.

CREATE OR REPLACE MACRO sluice.mask_phone(v) AS
  CASE
    WHEN regexp_matches(sluice._plain_text(v), '^(?:[^0-9]*[0-9]){7}') THEN
      '***-***-' || sluice._last_four_digits(sluice._plain_text(v))
    WHEN v IS NOT NULL THEN '***'
  END;
