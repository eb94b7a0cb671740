-- bucket_age(v)
--
-- purpose: Replaces an age by its ten years; from 90 on all are one.
-- arguments:
--   v: age in years, a number.
-- null: NULL stays NULL; below zero and NaN become NULL.
-- example: SELECT bucket_age(47)
-- result: 40-49
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the ten years the age lies in
-- shows-characters: unbounded
-- produces: none
-- window: no
-- notes: 90 and above are one group as HIPAA’s Safe Harbor asks (45 CFR 164.514(b)(2)(i)(C)).

CREATE OR REPLACE MACRO sluice.bucket_age(v) AS
  CASE
    WHEN TRY_CAST(v AS DOUBLE) IS NULL AND v IS NOT NULL THEN error('bucket_age: a value is no number; cast the column first')
    WHEN isnan(TRY_CAST(v AS DOUBLE)) OR TRY_CAST(v AS DOUBLE) < 0 THEN NULL
    WHEN TRY_CAST(v AS DOUBLE) >= 90 THEN '90+'
    ELSE CAST(CAST(floor(TRY_CAST(v AS DOUBLE) / 10) * 10 AS INTEGER) AS VARCHAR) || '-' || CAST(CAST(floor(TRY_CAST(v AS DOUBLE) / 10) * 10 + 9 AS INTEGER) AS VARCHAR)
  END;
