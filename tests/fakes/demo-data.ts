// Realistic views for looking at the interface without an engine; must not be used by the app.
import type {
  SourceColumnView,
  SourceView,
  ModuleView,
  ImportDraft,
} from '../../src/lib/session/session-types.ts';
import type { Sensitivity } from '../../src/lib/base/sensitivity-level.ts';
import type { CellValue } from '../../src/lib/engine/contract.ts';

const SHA = '5f0c1d2e9ab34c6e8f7a0b1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5f6';

function column(
  name: string,
  type: string,
  sensitivity: Sensitivity = 'none',
  entity: string | null = null,
  counts: { examined?: number; matched?: number; validated?: number; nameHint?: string | null } = {},
): SourceColumnView {
  const finding = {
    name,
    type,
    sensitivity,
    entity,
    confidence: entity ? 0.97 : 0,
    evidence: {
      examined: counts.examined ?? 1000,
      matched: counts.matched ?? 0,
      validated: counts.validated ?? 0,
      sampled: false,
      nameHint: counts.nameHint ?? null,
    },
  };
  return { name, type, finding, declared: null, sensitivity, entity };
}

export const USER_COLUMNS: readonly SourceColumnView[] = [
  column('registration_dttm', 'TIMESTAMP'),
  column('id', 'BIGINT'),
  column('first_name', 'VARCHAR', 'direct', 'PERSON', {
    examined: 198,
    matched: 171,
    nameHint: 'first_name',
  }),
  column('last_name', 'VARCHAR', 'direct', 'PERSON', { examined: 247, matched: 203, nameHint: 'last_name' }),
  column('email', 'VARCHAR', 'direct', 'EMAIL_ADDRESS', {
    examined: 985,
    matched: 984,
    validated: 984,
    nameHint: 'email',
  }),
  column('gender', 'VARCHAR', 'quasi', null, { examined: 2 }),
  column('ip_address', 'VARCHAR', 'direct', 'IP_ADDRESS', { matched: 1000, validated: 1000, nameHint: 'ip' }),
  column('cc', 'VARCHAR', 'direct', 'CREDIT_CARD', {
    examined: 709,
    matched: 709,
    validated: 702,
    nameHint: 'cc',
  }),
  column('country', 'VARCHAR', 'quasi', 'LOCATION', { examined: 120, matched: 118, nameHint: 'country' }),
  column('birthdate', 'DATE', 'direct', 'DATE_TIME', { examined: 788, matched: 788, nameHint: 'birthdate' }),
  column('salary', 'DOUBLE'),
  column('title', 'VARCHAR', 'quasi', null, { examined: 182, nameHint: 'title' }),
  column('comments', 'VARCHAR'),
];

export function usersSource(): SourceView {
  return {
    name: 'users',
    spec: { file: 'users.csv', sha256: SHA, import: { format: 'csv', delimiter: ',', header: true } },
    state: 'bound',
    rowCount: 1000,
    sizeBytes: 147_880,
    sha256: SHA,
    columns: USER_COLUMNS,
    rejected: [],
    rejectedCount: 0,
    progress: null,
    problem: null,
  };
}

export function carsSource(): SourceView {
  return {
    name: 'mpg',
    spec: { file: 'mpg.csv', import: { format: 'csv' } },
    state: 'bound',
    rowCount: 396,
    sizeBytes: 20_732,
    sha256: '0f3a'.padEnd(64, '9'),
    columns: [
      column('mpg', 'DOUBLE'),
      column('cylinders', 'BIGINT'),
      column('horsepower', 'BIGINT'),
      column('name', 'VARCHAR'),
    ],
    rejected: [
      { line: 34, column: 'horsepower', reason: 'not a whole number' },
      { line: 128, column: null, reason: '7 fields where 9 were expected' },
    ],
    rejectedCount: 2,
    progress: null,
    problem: null,
  };
}

export const PREVIEW_ROWS: readonly (readonly CellValue[])[] = Array.from({ length: 60 }, (_, row) => [
  '2016-02-03 07:55:29',
  row + 1,
  ['Amanda', 'Albert', 'Evelyn', 'Denise', 'Carlos'][row % 5] ?? '',
  ['Jordan', 'Freeman', 'Morgan', 'Riley', 'Burns'][row % 5] ?? '',
  row % 7 === 3 ? null : `person${row}@example.com`,
  row % 2 ? 'Male' : 'Female',
  `1.197.201.${row}`,
  row % 4 === 1 ? null : `67595218648${10_000 + row}`,
  ['Indonesia', 'Canada', 'Russia', 'China', 'South Africa'][row % 5] ?? '',
  row % 5 === 2 ? null : '1971-03-08',
  row % 6 === 4 ? null : 49756.53 + row,
  'Internal Auditor',
  '1E+02',
]);

export function importDraft(change: Partial<ImportDraft> = {}): ImportDraft {
  return {
    id: 'draft-1',
    fileName: 'users.csv',
    sizeBytes: 147_880,
    name: 'users',
    nameProblem: null,
    options: { format: 'csv' },
    preview: {
      options: {
        format: 'csv',
        delimiter: ',',
        quote: '"',
        escape: '"',
        header: true,
        encoding: 'utf-8',
        skipRows: 0,
        dateFormat: '%m/%d/%Y',
      },
      columns: USER_COLUMNS.map(({ name, type }) => ({ name, type })),
      rows: PREVIEW_ROWS,
      notes: ['Two columns are called “id” in the file; the second became “id_1”.'],
    },
    isBusy: false,
    problem: null,
    rebinds: null,
    ...change,
  };
}

export function moduleView(): ModuleView {
  return {
    summary: {
      namespace: 'hr',
      module: 'users',
      version: '1.1.0',
      publishedAt: '2026-07-28T11:04:00Z',
      sizeBytes: 61_204,
      rowCount: 1000,
    },
    files: [
      { path: 'README.md', sizeBytes: 2204, sha256: SHA },
      { path: 'croissant.json', sizeBytes: 9120, sha256: SHA.replace('5f', '6a') },
      { path: 'data/part-00000-5f0c1d2e9ab34c6e.parquet', sizeBytes: 38_221, sha256: SHA },
      { path: 'gate.json', sizeBytes: 1204, sha256: SHA.replace('5f', '1b') },
      { path: 'notebook.sluice.md', sizeBytes: 1822, sha256: SHA.replace('5f', '2c') },
      { path: 'steps.json', sizeBytes: 3320, sha256: SHA.replace('5f', '3d') },
    ],
    documents: {
      'croissant.json': {
        recordSet: [
          {
            field: [
              { name: 'user_token', description: 'Keyed token of the e-mail address', dataType: 'sc:Text' },
              { name: 'birth_year', description: 'Year of birth', dataType: 'sc:Date' },
              { name: 'country', description: 'Country of residence', dataType: 'sc:Text' },
              {
                name: 'salary',
                description: 'Yearly salary, missing values filled with the mean',
                dataType: 'sc:Float',
              },
            ],
          },
        ],
      },
      'gate.json': {
        verdict: 'passed',
        rules: [
          { rule: 'lineage', outcome: 'pass', summary: '4 columns, all traced to users' },
          { rule: 'content', outcome: 'pass', summary: '4,000 values read back, none recognized' },
          { rule: 'risk', outcome: 'warn', summary: 'k = 5 over country, birth_year' },
        ],
        findings: [
          {
            rule: 'risk',
            severity: 'warn',
            column: 'country',
            path: 'users.country → module.country',
            message: '12 rows were left out because their class was smaller than 5.',
            mend: { text: 'Generalize country to continents.' },
          },
        ],
      },
      'risk.json': {
        rows: 1000,
        classes: 131,
        k: 5,
        prosecutorMax: 0.2,
        prosecutorAverage: 0.131,
        recordsAtRisk: 0,
        uniqueness: 0,
        lDiversity: 3,
        tCloseness: null,
        nullTreatment: 'own-value',
      },
      'steps.json': {
        steps: [
          {
            cell: 'cell_1',
            kind: 'import',
            title: 'Import users.csv',
            outputs: [{ name: 'users', rows: 1000 }],
          },
          {
            cell: 'cell_2',
            kind: 'sql',
            title: 'clean',
            sql: 'SELECT impute_mean(salary) AS salary, email, country, birthdate FROM users',
            outputs: [{ name: 'clean', rows: 1000 }],
          },
          {
            cell: 'cell_3',
            kind: 'sql',
            title: 'safe',
            sql: "SELECT hmac_sha256(email) AS user_token, truncate_date(birthdate, 'year') AS birth_year, country, salary FROM clean",
            outputs: [{ name: 'safe', rows: 1000 }],
          },
        ],
      },
      'lineage.json': {
        columnLineage: {
          fields: {
            user_token: {
              inputFields: [
                {
                  namespace: 'local',
                  name: 'users',
                  field: 'email',
                  transformations: [
                    { type: 'DIRECT', subtype: 'TRANSFORMATION', description: 'hmac_sha256' },
                  ],
                },
              ],
            },
            birth_year: {
              inputFields: [
                {
                  namespace: 'local',
                  name: 'users',
                  field: 'birthdate',
                  transformations: [
                    { type: 'DIRECT', subtype: 'TRANSFORMATION', description: 'truncate_date' },
                  ],
                },
              ],
            },
          },
        },
      },
      '_COMMIT.json': { verdict: 'passed' },
    },
    readme:
      '# Users, cleansed\n\nA training table of 1,000 users. Pseudonymous: `user_token` is a keyed token of a person.\n\n## Columns\n\n- `user_token`: keyed token\n- `birth_year`\n',
    columns: [
      { name: 'user_token', type: 'VARCHAR' },
      { name: 'birth_year', type: 'DATE' },
      { name: 'country', type: 'VARCHAR' },
      { name: 'salary', type: 'DOUBLE' },
    ],
    sample: {
      columns: [
        { name: 'user_token', type: 'VARCHAR' },
        { name: 'birth_year', type: 'DATE' },
        { name: 'country', type: 'VARCHAR' },
        { name: 'salary', type: 'DOUBLE' },
      ],
      offset: 0,
      rows: Array.from({ length: 10 }, (_, i) => [
        SHA.slice(i, i + 32),
        `19${60 + i}-01-01`,
        'Indonesia',
        i === 3 ? null : 49756.53 + i,
      ]),
    },
    verification: 'not-run',
  };
}
