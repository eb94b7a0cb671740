// The table that formats, profile and filters are measured on; must not know who reads it.

/** Ten columns: keys, codes, measures, texts with few and many values, dates, times, gaps; the same for the same number of rows. */
export function benchTable(rows: number): string {
  return `SELECT i AS id, hash(i) % 1000 AS code, (hash(i) % 1000000) / 7.0::DOUBLE AS measure,
  'name ' || (hash(i + 1) % 50000) AS name, 'user' || i || '@example.com' AS email, i % 7 = 0 AS flag,
  DATE '2000-01-01' + (i % 5000)::INTEGER AS day, TIMESTAMP '2000-01-01' + INTERVAL (i) SECOND AS moment,
  CASE WHEN i % 10 > 0 THEN i % 10 END AS few, ((i * 7919) % 100000 / 100)::DOUBLE AS price FROM range(${rows}) r(i)`;
}
