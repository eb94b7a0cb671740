-- _last_four_digits(v)
--
-- purpose: The last four ASCII digits of a text that holds at least four, whatever stands between or behind them.
-- arguments:
--   v: VARCHAR with at least four digits.
-- null: NULL stays NULL.
-- example: SELECT sluice._last_four_digits('+33 6 12 34 56 78')
-- result: 5678
-- version: 1.0.0
-- window: no
-- notes: The first two branches serve the common spellings (`0134` and `56 78` at the end) without a capturing regular
--   expression, which is several times slower.

CREATE OR REPLACE MACRO sluice._last_four_digits(v) AS
  CASE
    WHEN regexp_matches(v, '[0-9]{4}$') THEN right(v, 4)
    WHEN regexp_matches(v, '[0-9]{2}[ .-][0-9]{2}$') THEN left(right(v, 5), 2) || right(v, 2)
    ELSE regexp_replace(
      regexp_extract(v, '[0-9][^0-9]*[0-9][^0-9]*[0-9][^0-9]*[0-9][^0-9]*$'), '[^0-9]+', '', 'g')
  END;
