-- bucket_number(v, width)
--
-- purpose: Replaces a number by the range of the given width it lies in, with edges at multiples of the width.
-- arguments:
--   v: number. The column's type says whether it counts as whole: integers of any size and DECIMAL without decimals do;
--     FLOAT, DOUBLE and other DECIMAL do not, even where every value happens to be whole. Other types are an error.
--   width: from 0.000001 to 1000000000000000; NULL, zero, below zero or beyond is an error.
-- null: NULL stays NULL; NaN and infinity give NULL.
-- example: SELECT bucket_number(23, 10)
-- result: 20-29
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the range the number lies in
-- shows-characters: unbounded
-- produces: none
-- window: no
-- notes: Whole numbers under a whole width give closed ranges (`20-29`, below zero `-10--1`), all others half-open ones
--   (`[20, 30)`). Those are computed in DOUBLE, 15 significant digits, and a value within a billionth of the width of an
--   edge counts as lying on it; a value of 10^15 widths or more is an error. A width below the distance of neighbouring
--   values hides nothing.

CREATE OR REPLACE MACRO sluice.bucket_number(v, width) AS
  CAST(CASE
    WHEN NOT coalesce(CAST(width AS DOUBLE) BETWEEN 0.000001 AND 1e15, FALSE) THEN
      error('bucket_number: width must be a number above zero, from 0.000001 to 1000000000000000')
    WHEN v IS NULL THEN NULL
    WHEN sluice._is_whole_type(typeof(v)) AND CAST(width AS DOUBLE) = floor(CAST(width AS DOUBLE)) THEN
      CASE
        WHEN TRY_CAST(v AS BIGINT) BETWEEN -9000000000000000000 AND 9000000000000000000 THEN
          sluice._bucket_whole(TRY_CAST(v AS BIGINT), TRY_CAST(width AS BIGINT))
        WHEN TRY_CAST(v AS HUGEINT) BETWEEN -100000000000000000000000000000000000000
          AND 100000000000000000000000000000000000000 THEN
          sluice._bucket_whole(TRY_CAST(v AS HUGEINT), TRY_CAST(width AS HUGEINT))
        ELSE error('bucket_number: a whole number has more than 38 digits; cast the column to DOUBLE first')
      END
    WHEN sluice._is_whole_type(typeof(v)) OR typeof(v) IN ('FLOAT', 'DOUBLE') OR typeof(v) LIKE 'DECIMAL(%' THEN
      CASE
        WHEN NOT isfinite(sluice._typed_double(v)) THEN NULL
        WHEN abs(sluice._typed_double(v)) / CAST(width AS DOUBLE) < 1e15 THEN
          sluice._bucket_decimal(sluice._typed_double(v), CAST(width AS DOUBLE))
        ELSE error('bucket_number: a value lies too far from zero for this width; choose a larger width')
      END
    ELSE error('bucket_number: the column is no number; cast it first, e.g. TRY_CAST(age AS INTEGER)')
  END AS VARCHAR);
