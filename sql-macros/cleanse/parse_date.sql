-- parse_date(v)
--
-- purpose: Reads a date where it can mean one day only.
-- arguments:
--   v: text; other types are read as their text.
-- null: NULL stays NULL. What is no date, or could be two, becomes NULL.
-- example: SELECT parse_date('31/12/2020')
-- result: 2020-12-31
-- version: 2.0.0
-- window: no
-- notes: With dots the day comes first, everywhere. With slashes or hyphens only what can be one day is read; give a
--   format to read the others. Years of two digits are not guessed.

CREATE OR REPLACE MACRO sluice.parse_date(v) AS
  CAST(CASE
    WHEN regexp_full_match(trim(CAST(v AS VARCHAR)), '\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?') THEN
      try_strptime(regexp_extract(trim(CAST(v AS VARCHAR)), '^[^T ]+'), ['%Y-%m-%d', '%Y/%m/%d', '%Y.%m.%d'])
    WHEN regexp_full_match(trim(CAST(v AS VARCHAR)), '\d{1,2}\.\d{1,2}\.\d{4}') THEN try_strptime(trim(CAST(v AS VARCHAR)), '%d.%m.%Y')
    WHEN regexp_full_match(trim(CAST(v AS VARCHAR)), '(1[3-9]|2\d|3[01])[/-]\d{1,2}[/-]\d{4}') THEN
      try_strptime(trim(CAST(v AS VARCHAR)), ['%d/%m/%Y', '%d-%m-%Y'])
    WHEN regexp_full_match(trim(CAST(v AS VARCHAR)), '\d{1,2}[/-](1[3-9]|2\d|3[01])[/-]\d{4}') THEN
      try_strptime(trim(CAST(v AS VARCHAR)), ['%m/%d/%Y', '%m-%d-%Y'])
    WHEN regexp_full_match(trim(CAST(v AS VARCHAR)), '\d{1,2}[/-]\d{1,2}[/-]\d{4}') THEN
      CASE WHEN TRY_CAST(regexp_extract(trim(CAST(v AS VARCHAR)), '^\d+') AS INTEGER) = TRY_CAST(regexp_extract(trim(CAST(v AS VARCHAR)), '[/-](\d+)[/-]', 1) AS INTEGER)
        THEN try_strptime(trim(CAST(v AS VARCHAR)), ['%d/%m/%Y', '%d-%m-%Y']) END
    WHEN regexp_matches(CAST(v AS VARCHAR), '(^|\D)\d{4}(\D|$)') THEN
      try_strptime(trim(CAST(v AS VARCHAR)), ['%d %B %Y', '%d %b %Y', '%B %d, %Y', '%b %d, %Y', '%B %d %Y', '%b %d %Y', '%d-%b-%Y', '%d-%B-%Y'])
  END AS DATE);
