-- mask_card(v)
--
-- purpose: Hides a payment card number but for its last four digits.
-- arguments:
--   v: card number of 12 to 19 digits as text or number, with or without blanks, dashes and other punctuation between;
--     FLOAT, DOUBLE and DECIMAL are read as whole numbers.
-- null: NULL stays NULL.
-- example: SELECT mask_card('4111-1111-1111-1234')
-- result: **** **** **** 1234
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the last 4 digits
-- shows-characters: 4
-- produces: none
-- window: no
-- notes: The result has the same form whatever the length, so that the length does not show. Anything else gives `****`:
--   other lengths, empty text, text with letters (`5.54563E+15`) and digits other than 0 to 9. No checksum is asked for,
--   since a mistyped card number is to be hidden too.

CREATE OR REPLACE MACRO sluice.mask_card(v) AS
  CASE
    WHEN regexp_full_match(
      sluice._plain_text(v),
      '(?:[\s!-/:-@\[-`{-~\x{A0}\x{2000}-\x{206F}\x{3000}]*[0-9]){12,19}[\s!-/:-@\[-`{-~\x{A0}\x{2000}-\x{206F}\x{3000}]*'
    ) THEN '**** **** **** ' || sluice._last_four_digits(sluice._plain_text(v))
    WHEN v IS NOT NULL THEN '****'
  END;
