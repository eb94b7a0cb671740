-- _degrees(d, decimals)
--
-- purpose: Degrees as text with a fixed number of decimals.
-- arguments:
--   d: DOUBLE.
--   decimals: whole number from 0 to 3.
-- null: NULL stays NULL.
-- example: SELECT sluice._degrees(-0.04::DOUBLE, 1)
-- result: 0.0
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._degrees(d, decimals) AS
  CASE decimals
    WHEN 0 THEN printf('%.0f', round(d, 0) + 0.0::DOUBLE)
    WHEN 1 THEN printf('%.1f', round(d, 1) + 0.0::DOUBLE)
    WHEN 2 THEN printf('%.2f', round(d, 2) + 0.0::DOUBLE)
    ELSE printf('%.3f', round(d, 3) + 0.0::DOUBLE)
  END;
