-- mask_ip(v)
--
-- purpose: Hides the last octet of an IPv4 address and the last 80 bits of an IPv6 address.
-- arguments:
--   v: address as text.
-- null: NULL stays NULL.
-- example: SELECT mask_ip('192.0.2.17')
-- result: 192.0.2.*
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the network, without the last octet or the last 80 bits
-- shows-characters: unbounded
-- produces: none
-- window: no

CREATE OR REPLACE MACRO sluice.mask_ip(v) AS
  CASE
    WHEN v IS NULL THEN NULL
    WHEN regexp_full_match(trim(CAST(v AS VARCHAR)), '\d{1,3}(\.\d{1,3}){3}') THEN regexp_extract(trim(CAST(v AS VARCHAR)), '^\d+\.\d+\.\d+\.') || '*'
    WHEN regexp_full_match(trim(CAST(v AS VARCHAR)), '[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){7}|([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){2,5})::([0-9A-Fa-f:]*)') THEN
      lower(regexp_extract(trim(CAST(v AS VARCHAR)), '^[0-9A-Fa-f]+:[0-9A-Fa-f]+:[0-9A-Fa-f]+')) || ':*'
    ELSE '*'
  END;
