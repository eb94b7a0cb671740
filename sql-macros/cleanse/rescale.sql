-- rescale(v, center, width)
--
-- purpose: Brings a number to a scale: how many widths it lies above the center.
-- arguments:
--   v: number.
--   center: what becomes 0, e.g. the mean or the smallest value.
--   width: what becomes 1, e.g. the standard deviation; zero where the column is constant.
-- null: NULL stays NULL, NaN becomes NULL; NULL as center or width gives NULL.
-- example: SELECT rescale(30, 20, 5)
-- result: 2.0
-- version: 1.0.0
-- window: no
-- notes: With mean and population standard deviation as scikit-learn’s StandardScaler, with smallest value and range
--   as its MinMaxScaler, with median and interquartile range as its RobustScaler.

CREATE OR REPLACE MACRO sluice.rescale(v, center, width) AS
  CASE
    WHEN CAST(width AS DOUBLE) = 0 AND nullif(v, 'NaN'::DOUBLE) IS NOT NULL THEN 0.0::DOUBLE
    ELSE (CAST(nullif(v, 'NaN'::DOUBLE) AS DOUBLE) - CAST(center AS DOUBLE)) / CAST(width AS DOUBLE)
  END;
