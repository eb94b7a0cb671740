-- hmac_sha256(v)
--
-- purpose: Keyed token of a value: HMAC-SHA-256 (RFC 2104, FIPS 198-1) under the project key. Equal values give equal
--   tokens wherever the same key is used; without the key a token can neither be inverted nor guessed.
-- arguments:
--   v: any type. BLOB is hashed as it is, VARCHAR as its UTF-8 bytes, every other type as the text that
--     `CAST(v AS VARCHAR)` gives.
-- null: NULL stays NULL; empty text has a token of its own.
-- example: SELECT hmac_sha256('what do ya want for nothing?')
-- result: 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843
-- version: 1.0.0
-- sensitivity: none
-- shows: nothing but which values are equal
-- shows-characters: 0
-- produces: HEX_TOKEN
-- window: no
-- notes: 64 lower-case hex digits. No normalization: `Ada`, `ada` and `Ada ` differ, as do the NFC and the NFD spelling
--   of one accented text, and 1 (INTEGER) and 1.0 (DOUBLE); normalize first where values come from several places.
--   Without a project key the query fails with `no project key`. Cannot stand inside a lambda, since it reads the key by
--   a subquery. Tokens of people are pseudonymous, not anonymous. The example's key is `Jefe` (RFC 4231, test case 2).

CREATE OR REPLACE MACRO sluice.hmac_sha256
  (v BLOB) AS sluice._hmac_sha256(v),
  (v) AS sluice._hmac_sha256(encode(CAST(v AS VARCHAR)));
