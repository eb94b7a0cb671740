-- redact(v)
--
-- purpose: Replaces every value by `[REDACTED]` and keeps only whether there was one.
-- arguments:
--   v: any type.
-- null: NULL stays NULL.
-- example: SELECT redact('Ada Lovelace')
-- result: [REDACTED]
-- version: 1.0.0
-- sensitivity: none
-- shows: nothing but whether there is a value
-- shows-characters: 0
-- produces: none
-- window: no
-- notes: Empty text is a value: it gives `[REDACTED]`.

CREATE OR REPLACE MACRO sluice.redact(v) AS CASE WHEN v IS NOT NULL THEN '[REDACTED]' END;
