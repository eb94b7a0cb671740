-- _gap(v)
--
-- purpose: A value, or NULL where it is missing: NaN in FLOAT and DOUBLE counts as missing.
-- arguments:
--   v: any type.
-- null: NULL stays NULL.
-- example: SELECT sluice._gap(1.5::DOUBLE)
-- result: 1.5
-- version: 1.0.0
-- window: no

CREATE OR REPLACE MACRO sluice._gap(v) AS
  CASE WHEN typeof(v) IN ('FLOAT', 'DOUBLE') AND isnan(TRY_CAST(v AS DOUBLE)) THEN NULL ELSE v END;
