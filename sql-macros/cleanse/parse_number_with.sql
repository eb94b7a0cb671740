-- parse_number_with(v, decimal_sign)
--
-- purpose: Reads a number as people write it where the decimal sign is known: `1,234` with a point is 1234, with a
--   comma 1.234.
-- arguments:
--   v: text; other types are read as their text.
--   decimal_sign: '.' or ','; the other one groups thousands.
-- null: NULL stays NULL. What is no number with this decimal sign becomes NULL.
-- example: SELECT parse_number_with('1.234,50', ',')
-- result: 1234.5
-- version: 1.0.0
-- window: no
-- notes: Groups have three digits: `12.5` with a comma as decimal sign is no number rather than 125. Currency, blanks
--   and brackets are read as by parse_number.

CREATE OR REPLACE MACRO sluice.parse_number_with(v, decimal_sign) AS
  CASE decimal_sign
    WHEN '.' THEN
      CASE WHEN regexp_full_match(sluice._number_text(v), '[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d{1,2})?') AND regexp_matches(sluice._number_text(v), '^[+-]?\.?\d') THEN
        TRY_CAST(replace(sluice._number_text(v), ',', '') AS DOUBLE) END
    WHEN ',' THEN
      CASE WHEN regexp_full_match(sluice._number_text(v), '[+-]?(\d{1,3}(\.\d{3})+|\d+)?(,\d*)?([eE][+-]?\d{1,2})?') AND regexp_matches(sluice._number_text(v), '^[+-]?,?\d') THEN
        TRY_CAST(replace(replace(sluice._number_text(v), '.', ''), ',', '.') AS DOUBLE) END
    ELSE error('parse_number_with: decimal_sign must be ''.'' or '',''')
  END;
