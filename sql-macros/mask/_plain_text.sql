-- _plain_text(v)
--
-- purpose: Text of a value as a person would type it: whole-number text for DECIMAL, FLOAT and DOUBLE, so that a
--   number kept as `5551234567.0` ends in its own digits.
-- arguments:
--   v: any type; FLOAT, DOUBLE and DECIMAL are rounded to a whole number.
-- null: NULL stays NULL; NaN, infinity and numbers beyond 38 digits give an empty text.
-- example: SELECT sluice._plain_text(5551234567.0::DOUBLE)
-- result: 5551234567
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._plain_text(v) AS
  CASE
    WHEN typeof(v) IN ('FLOAT', 'DOUBLE') OR typeof(v) LIKE 'DECIMAL%' THEN
      CASE WHEN v IS NOT NULL THEN coalesce(CAST(TRY_CAST(v AS HUGEINT) AS VARCHAR), '') END
    ELSE CAST(v AS VARCHAR)
  END;
