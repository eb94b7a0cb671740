-- mask_partial(v, keep_first, keep_last, pad := '*')
--
-- purpose: Hides the middle of a text: as many characters as you ask for stay at its two ends, but never more than half
--   of them.
-- arguments:
--   v: any type, taken as text.
--   keep_first: whole number of characters to keep at the beginning, zero or more.
--   keep_last: whole number of characters to keep at the end, zero or more.
--   pad: one character, `*` where it is left out; it stands there five times.
-- null: NULL stays NULL.
-- example: SELECT mask_partial('SW1A 2AA', 2, 1)
-- result: SW*****A
-- version: 1.0.0
-- sensitivity: quasi
-- shows: what keep_first and keep_last ask for, at most half of the characters
-- shows-characters: unbounded
-- produces: none
-- window: no
-- notes: Of what is asked beyond half of the characters nothing is shown; the beginning goes before the end. Always
--   five pads, so that the length does not show. Whether what is kept tells who it is, depends on the text: keep
--   little.

CREATE OR REPLACE MACRO sluice.mask_partial(v, keep_first, keep_last, pad := '*') AS
  CASE
    WHEN NOT coalesce(keep_first >= 0 AND keep_last >= 0, FALSE) THEN
      error('mask_partial: keep_first and keep_last must be whole numbers of zero or more')
    WHEN NOT coalesce(length(CAST(pad AS VARCHAR)) = 1, FALSE) THEN error('mask_partial: pad must be one character')
    WHEN v IS NOT NULL THEN
      left_grapheme(CAST(v AS VARCHAR), CAST(least(keep_first, length_grapheme(CAST(v AS VARCHAR)) // 2) AS BIGINT))
      || repeat(CAST(pad AS VARCHAR), 5)
      || right_grapheme(CAST(v AS VARCHAR), CAST(least(
        keep_last,
        length_grapheme(CAST(v AS VARCHAR)) // 2 - least(keep_first, length_grapheme(CAST(v AS VARCHAR)) // 2)
      ) AS BIGINT))
  END;
