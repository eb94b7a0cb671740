-- _bucket_whole(v, width)
--
-- purpose: Closed range of whole numbers a whole number lies in, its lower end a multiple of the width.
-- arguments:
--   v: number without decimals, at most 37 digits.
--   width: whole number above zero.
-- null: NULL stays NULL.
-- example: SELECT sluice._bucket_whole(-3, 10)
-- result: -10--1
-- version: 1.0.0
-- window: no
-- notes: `%` takes the sign of the dividend, so the remainder is lifted once to lie in [0, width).

CREATE OR REPLACE MACRO sluice._bucket_whole(v, width) AS
  CAST(v - ((v % width) + width) % width AS VARCHAR)
  || '-' ||
  CAST(v - ((v % width) + width) % width + width - 1 AS VARCHAR);
