// Values of every engine type at its limits, with the type each becomes in a module.

export interface TypeCase {
  readonly type: string;
  /** Type after the export cast, as the engine prints it. */
  readonly exported: string;
  /** SQL literals; NULL is added by the test. */
  readonly values: readonly string[];
}

export const TYPE_CASES: readonly TypeCase[] = [
  { type: 'BOOLEAN', exported: 'BOOLEAN', values: ['true', 'false'] },
  { type: 'TINYINT', exported: 'TINYINT', values: ['-128', '0', '127'] },
  { type: 'SMALLINT', exported: 'SMALLINT', values: ['-32768', '32767'] },
  { type: 'INTEGER', exported: 'INTEGER', values: ['-2147483648', '2147483647'] },
  {
    type: 'BIGINT',
    exported: 'BIGINT',
    values: ['-9223372036854775808', '9223372036854775807', '9007199254740993'],
  },
  { type: 'UTINYINT', exported: 'UTINYINT', values: ['0', '255'] },
  { type: 'USMALLINT', exported: 'USMALLINT', values: ['0', '65535'] },
  { type: 'UINTEGER', exported: 'UINTEGER', values: ['0', '4294967295'] },
  { type: 'UBIGINT', exported: 'UBIGINT', values: ['0', '18446744073709551615'] },
  {
    type: 'HUGEINT',
    exported: 'DECIMAL(38,0)',
    values: [`${'9'.repeat(38)}`, `-${'9'.repeat(38)}`, '0', '18446744073709551616'],
  },
  { type: 'UHUGEINT', exported: 'DECIMAL(38,0)', values: [`${'9'.repeat(38)}`, '0'] },
  { type: 'BIGNUM', exported: 'VARCHAR', values: [`'${'9'.repeat(80)}'`, "'-1'", "'0'"] },
  { type: 'DECIMAL(4,1)', exported: 'DECIMAL(4,1)', values: ['-999.9', '999.9', '0.1'] },
  { type: 'DECIMAL(9,9)', exported: 'DECIMAL(9,9)', values: ['0.999999999', '-0.000000001'] },
  {
    type: 'DECIMAL(18,3)',
    exported: 'DECIMAL(18,3)',
    values: ["'-999999999999999.999'", "'999999999999999.999'"],
  },
  {
    type: 'DECIMAL(38,10)',
    exported: 'DECIMAL(38,10)',
    values: [`'${'9'.repeat(28)}.9999999999'`, "'-0.0000000001'", '0'],
  },
  { type: 'DECIMAL(38,38)', exported: 'DECIMAL(38,38)', values: [`'0.${'9'.repeat(38)}'`] },
  {
    type: 'FLOAT',
    exported: 'FLOAT',
    values: ["'nan'", "'inf'", "'-inf'", '0.1', '3.4028235e38', '1e-45'],
  },
  {
    type: 'DOUBLE',
    exported: 'DOUBLE',
    values: ["'nan'", "'inf'", "'-inf'", '0.1', '1.7976931348623157e308', '5e-324', '1e16'],
  },
  {
    type: 'VARCHAR',
    exported: 'VARCHAR',
    values: [
      "''",
      "' '",
      "'naïve 日本 🦆'",
      "'e' || chr(769)",
      "'a' || chr(0) || 'b'",
      '\'"q",\n;\r\n\'',
      "'NULL'",
      "'=1+1'",
    ],
  },
  { type: 'BLOB', exported: 'BLOB', values: ["''", "'\\x00\\xFF\\x80'", "'abc'"] },
  { type: 'BIT', exported: 'VARCHAR', values: ["'1'", "'0101010101010'", "'0'"] },
  {
    type: 'UUID',
    exported: 'VARCHAR',
    values: ["'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"],
  },
  {
    type: "ENUM('z', 'a', 'it''s, \"x\" (1)')",
    exported: 'VARCHAR',
    values: ["'z'", "'a'", "'it''s, \"x\" (1)'"],
  },
  {
    type: 'DATE',
    exported: 'DATE',
    values: [
      "'0001-01-01'",
      "'9999-12-31'",
      "'1582-10-15'",
      "'1970-01-01'",
      "'infinity'",
      "'-infinity'",
      "'0044-03-15 (BC)'",
    ],
  },
  { type: 'TIME', exported: 'TIME', values: ["'00:00:00'", "'23:59:59.999999'"] },
  { type: 'TIME_NS', exported: 'VARCHAR', values: ["'23:59:59.999999999'", "'00:00:00'"] },
  {
    type: 'TIME WITH TIME ZONE',
    exported: 'VARCHAR',
    values: ["'12:00:00+15:59'", "'23:59:59.999999-15:59'"],
  },
  {
    type: 'TIMESTAMP',
    exported: 'TIMESTAMP',
    values: [
      "'1677-09-21 00:12:43.145225'",
      "'9999-12-31 23:59:59.999999'",
      "'1969-12-31 23:59:59.999999'",
      "'infinity'",
      "'-infinity'",
    ],
  },
  { type: 'TIMESTAMP_S', exported: 'TIMESTAMP', values: ["'1969-12-31 23:59:59'", "'9999-12-31 23:59:59'"] },
  { type: 'TIMESTAMP_MS', exported: 'TIMESTAMP', values: ["'1969-12-31 23:59:59.999'"] },
  {
    type: 'TIMESTAMP_NS',
    exported: 'VARCHAR',
    values: ["'2262-04-11 23:47:16.854775806'", "'1970-01-01 00:00:00'"],
  },
  {
    type: 'TIMESTAMP WITH TIME ZONE',
    exported: 'TIMESTAMP',
    values: ["'2024-03-31 01:30:00+02'", "'1969-12-31 23:59:59.999999+00'"],
  },
  {
    type: 'INTERVAL',
    exported: 'VARCHAR',
    values: ["'1 year 2 months 3 days 04:05:06.000007'", "'-1 month'", "'00:00:00'"],
  },
  {
    type: 'UNION(num INTEGER, txt VARCHAR)',
    exported: 'VARCHAR',
    values: ['union_value(num := 1)', "union_value(txt := 'a,b')"],
  },
  { type: 'GEOMETRY', exported: 'VARCHAR', values: ["'POINT(1 2)'"] },
  { type: 'INTEGER[]', exported: 'INTEGER[]', values: ['[]', '[1, NULL, 3]', '[NULL]'] },
  { type: 'VARCHAR[]', exported: 'VARCHAR[]', values: ["['a', '', NULL, 'é']", '[]'] },
  { type: 'INTEGER[3]', exported: 'INTEGER[]', values: ['[1, 2, 3]', '[NULL, 0, -1]'] },
  { type: 'DECIMAL(38,0)[][]', exported: 'DECIMAL(38,0)[][]', values: ['[[1], [], NULL, [NULL, 2]]', '[]'] },
  { type: 'UUID[]', exported: 'VARCHAR[]', values: ["['00000000-0000-0000-0000-000000000000', NULL]"] },
  { type: 'BOOLEAN[]', exported: 'BOOLEAN[]', values: ['[true, NULL, false]', '[]', '[true]'] },
  {
    type: 'STRUCT(a INTEGER, "b ""c" VARCHAR)',
    exported: 'STRUCT(a INTEGER, "b ""c" VARCHAR)',
    values: ["{'a': 1, 'b \"c': 'x'}", "{'a': NULL, 'b \"c': NULL}"],
  },
  {
    type: "STRUCT(h HUGEINT, e ENUM('x', 'y'), t TIMESTAMP WITH TIME ZONE)[]",
    exported: 'STRUCT(h DECIMAL(38,0), e VARCHAR, t TIMESTAMP)[]',
    values: ["[{'h': 1, 'e': 'y', 't': '2024-01-01 00:00:00+00'}, NULL]", '[]'],
  },
  {
    type: 'STRUCT(inner_part STRUCT(l DATE[], m MAP(VARCHAR, DOUBLE)))',
    exported: 'STRUCT(inner_part STRUCT(l DATE[], m MAP(VARCHAR, DOUBLE)))',
    values: [
      "{'inner_part': {'l': [DATE '2020-02-29', NULL], 'm': MAP {'k': 0.5, 'n': NULL}}}",
      "{'inner_part': NULL}",
    ],
  },
  {
    type: 'MAP(VARCHAR, INTEGER)',
    exported: 'MAP(VARCHAR, INTEGER)',
    values: ["MAP {'a': 1, 'b': NULL}", 'MAP {}'],
  },
  {
    type: 'MAP(INTEGER, INTERVAL[])',
    exported: 'MAP(INTEGER, VARCHAR[])',
    values: ["MAP {1: [INTERVAL '1' DAY, NULL]}"],
  },
];
