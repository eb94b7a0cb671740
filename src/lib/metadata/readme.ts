// README.md of a module, for people; must not know how the module is built or stored.
import { columnSentence } from './column-words.ts';
import type { DatasetDescription, DataFileDescription, PrivacyStatus } from './dataset-description.ts';

const STATUS_WORDS: Readonly<Record<PrivacyStatus, string>> = {
  pseudonymous:
    '**These data are pseudonymous, and personal data they remain.** Handle them as such: limit access, keep to the purpose, do not try to identify anyone.',
  generalized:
    '**No identifying value is in these data, but columns about persons are.** Together with other data they may still single someone out; treat them as personal data unless you have established otherwise.',
  'lowered-by-owner':
    '**Columns of these data were found to be about persons, and their owner lowered them, for the reasons below.** Treat the data as personal unless you agree with those reasons.',
  'without-personal-columns': '**No column of these data was found or declared to be about persons.**',
};

const DEMO_NOTE =
  '**DEMO.** Made of the sample that ships with Sluice: nobody in it exists, and its figures say nothing of the world.';

/** Text of a person as one cell of a Markdown table, without a way to break out of it. */
function cell(text: string): string {
  return escapeMarkdown(text)
    .replaceAll('|', '\\|')
    .replaceAll(/\r\n|[\r\n\u2028\u2029]/g, ' ');
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*[\]<>#!]|(?<!\w)_|_(?!\w)/g, (sign) => `\\${sign}`);
}

/** Prose of a person: on one line, escaped. */
function prose(text: string): string {
  return escapeMarkdown(text).replaceAll(/\s+/g, ' ').trim();
}

function columnTable(dataset: DatasetDescription): readonly string[] {
  const rows = dataset.columns.map(
    (column) => `| ${cell(column.name)} | ${cell(column.type)} | ${cell(columnSentence(column))} |`,
  );
  return ['| column | type | what it is |', '| --- | --- | --- |', ...rows];
}

function fileTable(dataset: DatasetDescription): readonly string[] {
  const rows = dataset.files.map(
    (file) => `| ${file.path} | ${file.rowCount} | ${file.sizeBytes} | \`${file.sha256}\` |`,
  );
  return ['| file | rows | bytes | SHA-256 |', '| --- | --- | --- | --- |', ...rows];
}

function code(language: string, ...lines: readonly string[]): readonly string[] {
  return ['```' + language, ...lines, '```', ''];
}

function loadParquet(file: DataFileDescription, module: string): readonly string[] {
  const table = module.replaceAll(/\W/g, '_');
  return [
    '### pandas',
    '',
    ...code('python', 'import pandas as pd', `frame = pd.read_parquet("${file.path}")`),
    '### Spark',
    '',
    ...code('python', `frame = spark.read.parquet("${file.path}")`),
    '### DuckDB',
    '',
    ...code('sql', `SELECT * FROM '${file.path}';`),
    '### Snowflake',
    '',
    ...code(
      'sql',
      `CREATE TEMPORARY FILE FORMAT ${table}_parquet TYPE = PARQUET;`,
      `CREATE TEMPORARY STAGE ${table}_stage FILE_FORMAT = ${table}_parquet;`,
      `PUT file://${file.path} @${table}_stage AUTO_COMPRESS = FALSE;`,
      `CREATE TABLE ${table} USING TEMPLATE (SELECT ARRAY_AGG(OBJECT_CONSTRUCT(*))`,
      `  FROM TABLE(INFER_SCHEMA(LOCATION => '@${table}_stage', FILE_FORMAT => '${table}_parquet')));`,
      `COPY INTO ${table} FROM @${table}_stage FILE_FORMAT = (FORMAT_NAME = '${table}_parquet') MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE;`,
    ),
    '### Tableau',
    '',
    `Tableau Desktop opens \`${file.path}\` by *Connect → To a File → More…*; where that is not offered, use the CSV file or DuckDB's driver.`,
    '',
  ];
}

function loadText(file: DataFileDescription): readonly string[] {
  if (file.format === 'json')
    return [
      '### JSON',
      '',
      ...code('python', 'import json', `rows = json.load(open("${file.path}", encoding="utf-8"))`),
    ];
  return [
    '### CSV',
    '',
    ...code('python', 'import pandas as pd', `frame = pd.read_csv("${file.path}")`),
    'RFC 4180, UTF-8, CRLF. Nothing between two commas is NULL, `""` is the empty text (pandas reads both as missing). Values are written as they are: one that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet, so import the file as text there.',
    '',
  ];
}

function howToLoad(dataset: DatasetDescription): readonly string[] {
  return dataset.files.flatMap((file) =>
    file.format === 'parquet' ? loadParquet(file, dataset.module) : loadText(file),
  );
}

function facts(dataset: DatasetDescription): readonly string[] {
  return [
    `- Version: ${dataset.version}${dataset.previousVersion === null ? '' : ` (after ${dataset.previousVersion})`}`,
    `- Published: ${dataset.publishedAt}`,
    `- Licence: ${dataset.license === null ? 'none stated; all rights reserved' : prose(dataset.license)}`,
    `- Creator: ${dataset.creator === null ? 'not stated' : prose(dataset.creator)}`,
  ];
}

/** Plain Markdown; whatever a person typed is escaped. */
export function buildReadme(dataset: DatasetDescription): string {
  const steps = dataset.activities.map((activity, i) => `${i + 1}. ${prose(activity.label)}`);
  const sources = dataset.sources.map(
    (source) => `- \`${source.sha256}\` (columns ${prose(source.columns.join(', '))})`,
  );
  const order =
    dataset.order.length === 0 ? 'all columns, left to right' : dataset.order.map(prose).join(', ');
  const lines = [
    `# ${prose(dataset.title)}`,
    '',
    ...(dataset.isDemo ? [DEMO_NOTE, ''] : []),
    prose(dataset.description),
    '',
    ...facts(dataset),
    '',
    '## Personal data',
    '',
    STATUS_WORDS[dataset.privacy.status],
    '',
    ...dataset.privacy.reasons.map((reason) => `- ${prose(reason)}`),
    '',
    '## Columns',
    '',
    ...columnTable(dataset),
    '',
    `Rows are ordered by ${order}, then by the remaining columns; NULLs last.`,
    '',
    '## Files',
    '',
    ...fileTable(dataset),
    '',
    '## How it was made',
    '',
    ...steps,
    '',
    'From sources with these SHA-256 digests:',
    '',
    ...sources,
    '',
    '`steps.json` holds every step with its SQL, `lineage.json` where each column comes from, `gate.json` the verdict that let this version out, `notebook.sluice.md` the notebook that made it.',
    '',
    '## How to load it',
    '',
    ...howToLoad(dataset),
    '## How to verify it',
    '',
    ...code('sh', 'npx sluice verify .'),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
