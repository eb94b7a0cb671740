-- generalize_geo(lat, lon, decimals)
--
-- purpose: Makes a place on the map coarser: both degrees rounded to a number of decimals.
-- arguments:
--   lat: latitude in degrees, from -90 to 90.
--   lon: longitude in degrees, from -180 to 180.
--   decimals: whole number from 0 (about 111 km) over 1 (11 km) and 2 (1.1 km) to 3 (110 m).
-- null: NULL in either gives NULL, and so does what lies on no map.
-- example: SELECT generalize_geo(50.4501, 30.5234, 1)
-- result: 50.5,30.5
-- version: 1.0.0
-- sensitivity: quasi
-- shows: both degrees to the decimals asked for
-- shows-characters: unbounded
-- produces: none
-- window: no
-- notes: Text of latitude, comma and longitude. The gate trusts it for the latitude only, so a longitude that
--   identifies still counts as such. Three decimals are a building: they hide little.

CREATE OR REPLACE MACRO sluice.generalize_geo(lat, lon, decimals) AS
  CASE
    WHEN NOT coalesce(decimals IN (0, 1, 2, 3), FALSE) THEN
      error('generalize_geo: decimals must be 0, 1, 2 or 3')
    WHEN sluice._number(lat, 'generalize_geo') BETWEEN -90 AND 90
      AND sluice._number(lon, 'generalize_geo') BETWEEN -180 AND 180 THEN
      sluice._degrees(sluice._number(lat, 'generalize_geo'), decimals) || ','
        || sluice._degrees(sluice._number(lon, 'generalize_geo'), decimals)
  END;
