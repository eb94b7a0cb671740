-- round_to(v, step)
--
-- purpose: Rounds to the nearest multiple of a step.
-- arguments:
--   v: number.
--   step: number above zero, else an error.
-- null: NULL stays NULL.
-- example: SELECT round_to(1234, 100)
-- result: 1200.0
-- version: 1.0.0
-- window: no
-- notes: It is no sanitizer: a small step hides nothing. The rounded number counts as sensitive as the number was.

CREATE OR REPLACE MACRO sluice.round_to(v, step) AS
  CASE
    WHEN NOT coalesce(CAST(step AS DOUBLE) > 0 AND isfinite(CAST(step AS DOUBLE)), FALSE) THEN error('round_to: step must be a number above zero')
    ELSE round(CAST(v AS DOUBLE) / CAST(step AS DOUBLE)) * CAST(step AS DOUBLE)
  END;
