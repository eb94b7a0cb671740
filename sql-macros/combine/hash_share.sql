-- hash_share(v, seed)
--
-- purpose: A number from 0 up to 1 that the value and the seed alone decide, for splits and samples that come out the
--   same again.
-- arguments:
--   v: key of any type, e.g. the token of a person.
--   seed: whole number; another one gives another split.
-- null: NULL stays NULL.
-- example: SELECT hash_share('a', 1)
-- result: 0.2554167428112488
-- version: 1.0.0
-- window: no
-- notes: The first 52 bits of SHA-256 (FIPS 180-4), which spreads evenly and, without a key, hides nothing: it is no
--   sanitizer. Split people by a token (hmac_sha256).

CREATE OR REPLACE MACRO sluice.hash_share(v, seed) AS
  CAST('0x' || left(sha256(CAST(seed AS VARCHAR) || ':' || CAST(v AS VARCHAR)), 13) AS BIGINT) / 4503599627370496.0;
