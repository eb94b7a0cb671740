-- mask_email(v)
--
-- purpose: Hides the name in an e-mail address and keeps its domain.
-- arguments:
--   v: e-mail address as text.
-- null: NULL stays NULL.
-- example: SELECT mask_email('ada.lovelace@example.com')
-- result: *****@example.com
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the domain after the last @
-- shows-characters: unbounded
-- produces: EMAIL_ADDRESS
-- window: no
-- notes: Always five stars, so that the length does not show. The domain is what follows the last @ to the end of the
--   text (blanks around the address are dropped), in any script and spelled as it was; it must consist of letters,
--   digits, dots, hyphens and underscores, and a name must stand before the @. Anything else gives `*****`, so that
--   neither a handle (`@ada`) nor words behind an address can show. A domain that belongs to one person still tells who.

CREATE OR REPLACE MACRO sluice.mask_email(v) AS
  CASE
    WHEN regexp_full_match(CAST(v AS VARCHAR), '(?s)\s*[^@\s].*@[\pL\pN][\pL\pN\pM._-]*') THEN
      '*****@' || split_part(CAST(v AS VARCHAR), '@', -1)
    WHEN regexp_full_match(CAST(v AS VARCHAR), '(?s)\s*[^@\s].*@[\pL\pN][\pL\pN\pM._-]*\s*') THEN
      '*****@' || regexp_extract(CAST(v AS VARCHAR), '@([^@\s]*)\s*$', 1)
    WHEN v IS NOT NULL THEN '*****'
  END;
