-- truncate_date(v, part)
--
-- purpose: Makes a date coarser: the first day of the decade, year, quarter, month or week it lies in.
-- arguments:
--   v: DATE, TIMESTAMP, TIMESTAMP WITH TIME ZONE (taken in UTC), or text in ISO 8601 (`2016-02-03`,
--     `2016-02-03 07:55:29`).
--   part: `decade`, `year`, `quarter`, `month`, `week` (ISO, from Monday) or `day`, in any case; anything else is an error.
-- null: NULL stays NULL, and blank text gives NULL. Other text that is no ISO date is an error, never a silent NULL.
-- example: SELECT truncate_date(DATE '1971-03-08', 'year')
-- result: 1971-01-01
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the date down to the part asked for
-- shows-characters: unbounded
-- produces: DATE_TIME
-- window: no
-- notes: The result is a DATE. `day` takes the time of day away and nothing more: a birth date stays exact. Error texts
--   never repeat the value. Infinite dates stay infinite.

CREATE OR REPLACE MACRO sluice.truncate_date(v, part) AS
  CASE
    WHEN sluice._date_part(part) IS NULL THEN
      error('truncate_date: part must be ''decade'', ''year'', ''quarter'', ''month'', ''week'' or ''day''')
    WHEN v IS NULL OR (typeof(v) = 'VARCHAR' AND trim(CAST(v AS VARCHAR)) = '') THEN NULL
    WHEN TRY_CAST(v AS TIMESTAMP) IS NULL THEN
      error('truncate_date: a value is no date; import the column as DATE, or read it with strptime first')
    ELSE CAST(date_trunc(coalesce(sluice._date_part(part), 'day'), TRY_CAST(v AS TIMESTAMP)) AS DATE)
  END;
