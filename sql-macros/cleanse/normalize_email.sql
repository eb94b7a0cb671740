-- normalize_email(v)
--
-- purpose: An e-mail address in the form in which two spellings of it are equal.
-- arguments:
--   v: text; other types are taken as text.
-- null: NULL stays NULL.
-- example: SELECT normalize_email(' Ada.Lovelace@Example.COM ')
-- result: ada.lovelace@example.com
-- version: 1.0.0
-- window: no
-- notes: Lower case, without outer blanks, angle brackets and `mailto:`. Dots and what follows a plus stay, since only
--   some hosts ignore them. What is no address is only trimmed and put into lower case; it is as identifying as before.

CREATE OR REPLACE MACRO sluice.normalize_email(v) AS
  lower(regexp_replace(regexp_replace(CAST(v AS VARCHAR), '(?is)^[\s\p{Z}\x{200B}\x{FEFF}<]*(?:mailto:)?', ''), '(?s)[\s\p{Z}\x{200B}\x{FEFF}>]+$', ''));
