-- hash_share(v, seed)
--
-- purpose: A number from 0 up to 1 that the value and the seed alone decide, for splits and samples that come out the
--   same again.
-- arguments:
--   v: key of any type, e.g. the token of a person.
--   seed: whole number; another one gives another split.
-- null: NULL stays NULL.
-- example: SELECT hash_share('a', 1) < 1
-- result: true
-- version: 1.0.0
-- window: no
-- notes: Based on MD5 (RFC 1321), which spreads evenly and hides nothing: it is no sanitizer. Split people by a token
--   (hmac_sha256).

CREATE OR REPLACE MACRO sluice.hash_share(v, seed) AS
  md5_number_lower(CAST(seed AS VARCHAR) || ':' || CAST(v AS VARCHAR)) / 18446744073709551616.0;
