import { beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import type { ParseSql } from '../../../src/lib/lineage/lineage-types.ts';
import { formatSql } from '../../../src/lib/session/format-sql.ts';

let parse: ParseSql;
beforeAll(async () => {
  parse = await createNodeParser();
});

async function format(sql: string): Promise<string> {
  const formatted = await formatSql(sql, (text) => Promise.resolve(parse(text)));
  return formatted.ok ? formatted.value : formatted.error.code;
}

describe('formatting', () => {
  it('lays out, keeps comments and calls together, and is done after once', async () => {
    const once = await format(
      "-- why\nselect mask_phone(phone) p, x // 2 as d /* half */ from users where a in (1,2) and email ilike '%x'",
    );
    expect(once).toBe(
      [
        '-- why',
        'SELECT',
        '  mask_phone(phone) p,',
        '  x // 2 AS d /* half */',
        'FROM',
        '  users',
        'WHERE',
        '  a IN (1, 2)',
        "  AND email ilike '%x'",
      ].join('\n'),
    );
    expect(await format(once)).toBe(once);
  });

  it('keeps what only DuckDB has', async () => {
    for (const sql of [
      'FROM users SELECT * EXCLUDE (a) REPLACE (upper(b) AS b)',
      "SELECT {'a': 1} AS s, [x + 1 FOR x IN [1, 2]] AS l, $$a  b$$ AS t",
      'PIVOT users ON country USING sum(salary)',
      'SELECT a::INTEGER, list_transform(l, lambda x: x + 1) FROM t QUALIFY row_number() OVER (ORDER BY a) = 1',
    ]) {
      const formatted = await format(sql);
      expect(formatted).not.toMatch(/^(format|sql)-/);
      expect(formatted.toLowerCase().replace(/\s/g, '')).toBe(sql.toLowerCase().replace(/\s/g, ''));
    }
  });

  it('changes no name, and refuses what cannot be read', async () => {
    expect(await format('select "Date", date, Value from t')).toMatch(/"Date",\s+date,\s+Value/);
    expect(await format('SELECT FROM WHERE')).toBe('sql-syntax');
    expect(await format('  -- nothing yet')).toBe('  -- nothing yet');
  });
});
