// Ways of reading a delimited file that its values speak for: a decimal comma, spellings of NULL; must not apply any of them.
import { quoteIdentifier, quoteLiteral } from '../../../src/lib/base/sql-text.ts';
import type { ImportSuggestion } from '../../../src/lib/engine/contract.ts';
import { readTextRows } from '../cell-values.ts';
import type { DuckPort } from '../duck-port.ts';
import { readCsvCall, type CsvDialect } from './csv-dialect.ts';
import type { AskedTypes } from './lossy-columns.ts';

/** As spreadsheets, statistics programs and databases write a missing value. */
const NULL_SPELLINGS: readonly string[] = [
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  'NULL',
  'Null',
  'null',
  'None',
  'none',
  'nil',
  'NaN',
  'nan',
  '-',
  '--',
  '?',
  '.',
  '\\N',
];
const MOST_COLUMNS = 300;
const MOST_NAMED = 3;

// A number as it would stay one: no leading zeros, which mean that the digits are a code.
const WHOLE = '[+-]?(0|[1-9]\\d*)';
const NUMBER = `${WHOLE}(\\.\\d+)?([eE][+-]?\\d+)?`;
const COMMA_NUMBER = `${WHOLE},\\d+`;

interface Finding {
  readonly column: string;
  readonly isDecimalComma: boolean;
  /** Spellings of NULL without which the column holds numbers or dates. */
  readonly spellings: readonly string[];
}

const asText = (dialect: CsvDialect): CsvDialect => ({
  ...dialect,
  columns: dialect.columns.map(({ name }) => ({ name, type: 'VARCHAR' })),
});

function countsSql(name: string): string {
  const value = `trim(${quoteIdentifier(name)})`;
  const spelled = `${value} IN (${NULL_SPELLINGS.map(quoteLiteral).join(', ')})`;
  const matches = (pattern: string): string => `regexp_full_match(${value}, ${quoteLiteral(pattern)})`;
  const count = (condition: string): string => `CAST(count_if(${condition}) AS VARCHAR)`;
  return `SELECT ${quoteLiteral(name)} AS name, ${count(`${value} <> ''`)} AS filled, ${count(spelled)} AS spelled,
    ${count(matches(COMMA_NUMBER))} AS commas, ${count(matches(WHOLE))} AS wholes, ${count(matches(NUMBER))} AS numbers,
    ${count(`NOT ${spelled} AND TRY_CAST(${value} AS TIMESTAMP) IS NOT NULL`)} AS times,
    array_to_string(list_sort(list(DISTINCT ${value}) FILTER (${spelled})), chr(10)) AS spellings FROM head`;
}

async function look(
  port: DuckPort,
  path: string,
  dialect: CsvDialect,
  asked: AskedTypes,
): Promise<readonly Finding[]> {
  const texts = dialect.columns
    .filter(({ name, type }) => type === 'VARCHAR' && asked[name] === undefined)
    .slice(0, MOST_COLUMNS);
  if (texts.length === 0) return [];
  const call = readCsvCall(path, asText(dialect), ['ignore_errors = true']);
  const parts = texts.map(({ name }) => countsSql(name));
  const sql = `WITH head AS MATERIALIZED (SELECT ${texts.map(({ name }) => quoteIdentifier(name)).join(', ')} FROM ${call}) ${parts.join(' UNION ALL ')}`;
  return readTextRows(await port.query(sql)).map(([name, ...figures]) => {
    const [filled, spelled, commas, wholes, numbers, times] = figures.slice(0, 6).map(Number);
    const values = (filled ?? 0) - (spelled ?? 0);
    const isNumber = values > 0 && (numbers === values || (commas ?? 0) + (wholes ?? 0) === values);
    const isWhole = isNumber || (values > 0 && times === values);
    const found = (figures[6] ?? '').split('\n').filter((each) => each !== '');
    return {
      column: name ?? '',
      isDecimalComma: values > 0 && (commas ?? 0) > 0 && (commas ?? 0) + (wholes ?? 0) === values,
      spellings: isWhole && (spelled ?? 0) > 0 ? found : [],
    };
  });
}

function nameColumns(findings: readonly Finding[]): string {
  const named = findings.slice(0, MOST_NAMED).map(({ column }) => `“${column}”`);
  const rest = findings.length - named.length;
  return rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(' and ');
}

/** What the beginning of the file speaks for; nothing where a person has decided already. */
export async function suggestOptions(
  port: DuckPort,
  path: string,
  dialect: CsvDialect,
  asked: AskedTypes,
): Promise<readonly ImportSuggestion[]> {
  const findings = await look(port, path, dialect, asked);
  const commas = findings.filter((each) => each.isDecimalComma);
  const spelled = findings.filter((each) => each.spellings.length > 0);
  const spellings = [...new Set(spelled.flatMap((each) => each.spellings))];
  const quoted = spellings.map((each) => `“${each}”`).join(', ');
  return [
    ...(commas.length > 0 && dialect.decimal === '.' && dialect.delimiter !== ','
      ? [
          {
            words: `Read the comma as the decimal sign: ${nameColumns(commas)} would hold numbers.`,
            change: { decimal: ',' as const },
          },
        ]
      : []),
    ...(spelled.length > 0
      ? [
          {
            words: `Read ${quoted} as NULL, in every column: ${nameColumns(spelled)} would hold numbers or dates.`,
            change: { nullText: [...dialect.nullText, ...spellings] },
          },
        ]
      : []),
  ];
}
