import { describe, expect, it } from 'vitest';
import { calledNames, redactSql, redactText } from '../../../src/lib/metadata/sql-literals.ts';
import { detectText } from '../../../src/lib/sensitivity/detect-text.ts';

const redact = (sql: string) => redactSql(sql, detectText).sql;

describe('redactSql', () => {
  it('takes whole literals and comments out, in every form the engine has for them', () => {
    const cases: readonly (readonly [string, string])[] = [
      ["WHERE e = 'ann@example.org'", "WHERE e = '[REDACTED]'"],
      ["WHERE e = E'ann\\'@x ann@example.org' AND 1", "WHERE e = '[REDACTED]' AND 1"],
      ["WHERE e = 'it''s ann@example.org''s' AND x", "WHERE e = '[REDACTED]' AND x"],
      ['WHERE e = $$ann@example.org$$ AND x', "WHERE e = '[REDACTED]' AND x"],
      ['WHERE e = $tag$ann@example.org $$ $tag$ AND x', "WHERE e = '[REDACTED]' AND x"],
      ['SELECT 1 -- ask ann@example.org\nFROM t', 'SELECT 1 -- [REDACTED]\nFROM t'],
      ['SELECT /* a /* ann@example.org */ b */ 1', 'SELECT /* [REDACTED] */ 1'],
      ['WHERE cc = 4111111111111111 + 1', "WHERE cc = '[REDACTED]' + 1"],
      ["'ann@example.org", "'[REDACTED]'"],
      ['SELECT "ann@example.org" FROM t', 'SELECT "[REDACTED]" FROM t'],
    ];
    expect(cases.map(([sql]) => redact(sql))).toEqual(cases.map(([, expected]) => expected));
  });

  it('leaves everything else as it is, byte for byte', () => {
    const untouched = [
      '',
      "SELECT 'a''b', E'\\'', $1, $name, 1e5, 0.5, \"od\"\"d 'name'\", x->>'$.y' FROM \"April Sales\" -- fine",
      "SELECT '🦆', $$ plain $$, '' /* unclosed",
      "SELECT 1_000_000, a.b, t.*, [x for x in l], {'k': 'v'}",
    ];
    expect(untouched.map(redact)).toEqual(untouched);
  });

  it('counts what it took out by entity', () => {
    const sql = "VALUES ('ann@example.org', 'bob@example.org', '4111 1111 1111 1111')";
    expect(redactSql(sql, detectText).redactions).toEqual([
      { entity: 'CREDIT_CARD', count: 1 },
      { entity: 'EMAIL_ADDRESS', count: 2 },
    ]);
  });

  it('names called functions, not those in literals, comments or quotes', () => {
    const { code } = redactSql(
      'SELECT mask_email (e), sluice.redact(x), \'round(1)\' -- lower(x)\n, "upper"(y) FROM t',
      detectText,
    );
    expect([...calledNames(code)]).toEqual(['mask_email', 'redact']);
  });

  it('ends on hostile input', () => {
    const texts = [
      "'".repeat(50_001),
      '/*'.repeat(50_000),
      '$'.repeat(50_001),
      '"'.repeat(50_001),
      '\\'.repeat(50_000),
    ];
    expect(texts.map((text) => redactSql(text, () => []).sql === text)).toEqual(texts.map(() => true));
  });
});

describe('redactText', () => {
  it('replaces spans, also where they overlap', () => {
    const scan = () => [
      { entity: 'A', start: 4, end: 8, score: 1 },
      { entity: 'B', start: 6, end: 10, score: 1 },
      { entity: 'C', start: 0, end: 1, score: 1 },
    ];
    expect(redactText('0123456789abc', scan)).toBe('[REDACTED]123[REDACTED]abc');
  });
});
