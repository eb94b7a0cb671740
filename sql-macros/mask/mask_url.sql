-- mask_url(v)
--
-- purpose: Shows the host of a URL and hides path, query and credentials.
-- arguments:
--   v: URL as text.
-- null: NULL stays NULL.
-- example: SELECT mask_url('https://ada:pw@example.com/me?id=7')
-- result: example.com
-- version: 1.0.0
-- sensitivity: quasi
-- shows: the host
-- shows-characters: unbounded
-- produces: none
-- window: no
-- notes: A host that belongs to one person still tells who.

CREATE OR REPLACE MACRO sluice.mask_url(v) AS
  CASE
    WHEN v IS NULL THEN NULL
    WHEN regexp_matches(trim(CAST(v AS VARCHAR)), '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#@]*@)?[\pL\pN][\pL\pN.-]*(:\d+)?([/?#]|$)') THEN
      lower(regexp_extract(trim(CAST(v AS VARCHAR)), '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([\pL\pN][\pL\pN.-]*)', 1))
    ELSE '*'
  END;
