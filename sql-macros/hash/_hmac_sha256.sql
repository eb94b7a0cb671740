-- _hmac_sha256(message)
--
-- purpose: HMAC-SHA-256 (RFC 2104) of bytes under the project key, whose two padded forms lie in `sluice_key.pads`.
-- arguments:
--   message: BLOB.
-- null: NULL stays NULL.
-- example: SELECT sluice._hmac_sha256('what do ya want for nothing?'::BLOB)
-- result: 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843
-- version: 1.0.0
-- window: no
-- notes: The pads are read by scalar subqueries and never written into the statement, where EXPLAIN would show them. A
--   query under a missing key fails as a whole, with or without rows; only a literal NULL is answered, by NULL. The
--   example's key is `Jefe` (RFC 4231, test case 2).

CREATE OR REPLACE MACRO sluice._hmac_sha256(message) AS
  sha256(
    (
      SELECT CASE WHEN count(*) = 1 THEN any_value(_sl_pads."outer")
        ELSE error('no project key: hmac_sha256 needs one; create or import the project key, then run again') END
      FROM sluice_key.pads AS _sl_pads
    )
    || unhex(sha256(
      (
        SELECT CASE WHEN count(*) = 1 THEN any_value(_sl_pads."inner")
          ELSE error('no project key: hmac_sha256 needs one; create or import the project key, then run again') END
        FROM sluice_key.pads AS _sl_pads
      )
      || message
    ))
  );
