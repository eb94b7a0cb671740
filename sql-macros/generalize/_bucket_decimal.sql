-- _bucket_decimal(v, width)
--
-- purpose: Half-open range a number lies in, its edges multiples of the width.
-- arguments:
--   v: DOUBLE.
--   width: DOUBLE above zero.
-- null: NULL stays NULL.
-- example: SELECT sluice._bucket_decimal(23.5::DOUBLE, 10::DOUBLE)
-- result: [20, 30)
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._bucket_decimal(v, width) AS
  '[' || sluice._bucket_edge(sluice._bucket_index(v / width) * width)
  || ', ' || sluice._bucket_edge((sluice._bucket_index(v / width) + 1) * width) || ')';
