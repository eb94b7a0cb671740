-- parse_number(v)
--
-- purpose: Reads a number as people write it: with thousands, currency, brackets for negative.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL. What cannot be read for sure becomes NULL.
-- example: SELECT parse_number('$1,234.56')
-- result: 1234.56
-- version: 1.0.0
-- window: no
-- notes: `1,234` alone can mean two numbers and becomes NULL; `1.234` is read with a decimal point. More than 15
--   digits are not kept by a DOUBLE.

CREATE OR REPLACE MACRO sluice.parse_number(v) AS
  CASE
    WHEN regexp_full_match(sluice._number_text(v), '[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?') THEN TRY_CAST(sluice._number_text(v) AS DOUBLE)
    WHEN regexp_full_match(sluice._number_text(v), '[+-]?\d{1,3}(,\d{3})+\.\d*|[+-]?\d{1,3}(,\d{3}){2,}') THEN
      TRY_CAST(replace(sluice._number_text(v), ',', '') AS DOUBLE)
    WHEN regexp_full_match(sluice._number_text(v), '[+-]?\d{1,3}(\.\d{3})+,\d*|[+-]?\d{1,3}(\.\d{3}){2,}') THEN
      TRY_CAST(replace(replace(sluice._number_text(v), '.', ''), ',', '.') AS DOUBLE)
    WHEN regexp_full_match(sluice._number_text(v), '[+-]?\d+,(\d{1,2}|\d{4,})') THEN TRY_CAST(replace(sluice._number_text(v), ',', '.') AS DOUBLE)
  END;
