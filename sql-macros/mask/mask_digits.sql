-- mask_digits(v)
--
-- purpose: Replaces every digit by `#` and leaves the rest.
-- arguments:
--   v: any type, taken as text.
-- null: NULL stays NULL.
-- example: SELECT mask_digits('Flat 12, 34 High St')
-- result: Flat ##, ## High St
-- version: 1.0.0
-- sensitivity: direct
-- shows: everything but the digits
-- shows-characters: unbounded
-- produces: none
-- window: no
-- notes: For text in which only the digits are of concern: names and addresses stay, so what identified directly still
--   does. Digits and numerals of all scripts are replaced.

CREATE OR REPLACE MACRO sluice.mask_digits(v) AS
  regexp_replace(CAST(v AS VARCHAR), '\pN', '#', 'g');
