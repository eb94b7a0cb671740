import { describe, expect, it } from 'vitest';
import {
  readColumns,
  readLineage,
  readRisk,
  readSteps,
  readVerdict,
} from '../../../src/lib/ui/modules/module-documents.ts';
import { compareVersions, groupVersions } from '../../../src/lib/ui/modules/module-versions.ts';

const HOSTILE = [
  undefined,
  null,
  0,
  'text',
  [],
  {},
  [null],
  { recordSet: null, steps: 'x', rules: {}, facets: [] },
];

describe('reading documents nobody vouches for', () => {
  it('answers emptiness, never an exception', () => {
    for (const document of HOSTILE) {
      expect(readColumns(document)).toEqual([]);
      expect(readVerdict(document)).toBeNull();
      expect(readRisk(document)).toBeNull();
      expect(readLineage(document)).toEqual({ columns: [], rows: [] });
    }
    expect(readSteps({})).toEqual([]);
    expect(readSteps({ steps: [null, 7] })).toEqual([
      { title: 'Step', kind: null, sql: null, outputs: [] },
      { title: 'Step', kind: null, sql: null, outputs: [] },
    ]);
  });
});

describe('reading sound documents', () => {
  it('takes the columns from every record set of a Croissant document', () => {
    const croissant = {
      recordSet: [
        {
          field: [
            { '@id': 'rows/a', name: 'a', description: 'First', dataType: 'sc:Text' },
            { '@id': 'rows/b' },
          ],
        },
        { field: { name: 'c', dataType: ['sc:Date', 'sc:Text'] } },
      ],
    };
    expect(readColumns(croissant)).toEqual([
      { name: 'a', description: 'First', dataType: 'sc:Text' },
      { name: 'rows/b', description: null, dataType: null },
      { name: 'c', description: null, dataType: 'sc:Date, sc:Text' },
    ]);
  });

  it('keeps rules and findings that are whole and leaves out the others', () => {
    const rule = { rule: 'risk', outcome: 'pass', summary: 'k = 18' };
    const found = {
      rule: 'risk',
      severity: 'warn',
      column: null,
      path: null,
      message: 'Few.',
      mend: { text: 'More.' },
    };
    expect(
      readVerdict({ verdict: 'passed', rules: [rule, { rule: 'x' }], findings: [found, { message: 1 }] }),
    ).toEqual({
      verdict: 'passed',
      rules: [rule],
      findings: [found],
    });
  });

  it('takes only figures from a risk report', () => {
    expect(readRisk({ k: 5, prosecutorMax: 0.2, lDiversity: null, nullTreatment: 'own-value' })).toEqual({
      k: 5,
      prosecutorMax: 0.2,
    });
  });

  it('names the output of a step by relation or by path', () => {
    const steps = [
      { kind: 'sql', title: 'Ran the cell safe', sql: 'SELECT 1', outputs: [{ relation: 'safe', rows: 3 }] },
      { kind: 'publish', title: 'Wrote', outputs: [{ path: 'data/a.parquet', rows: 3 }, { rows: 1 }] },
    ];
    expect(readSteps({ steps })).toEqual([
      { title: 'Ran the cell safe', kind: 'sql', sql: 'SELECT 1', outputs: [{ name: 'safe', rows: 3 }] },
      { title: 'Wrote', kind: 'publish', sql: null, outputs: [{ name: 'data/a.parquet', rows: 3 }] },
    ]);
  });

  it('reads an OpenLineage facet, column by column and for the rows', () => {
    const input = (field: string, type: string, subtype: string, description: string) => ({
      namespace: 'sha256:00',
      name: 'users',
      field,
      transformations: [{ type, subtype, description }],
    });
    const facet = {
      fields: {
        token: { inputFields: [input('email', 'DIRECT', 'TRANSFORMATION', 'hmac_sha256')] },
        one: {},
      },
      dataset: [input('country', 'INDIRECT', 'GROUP_BY', '')],
    };
    expect(readLineage({ facets: { columnLineage: facet } })).toEqual({
      columns: [
        { column: 'token', inputs: [{ from: 'users.email', how: ['direct transformation hmac_sha256'] }] },
        { column: 'one', inputs: [] },
      ],
      rows: [{ from: 'users.country', how: ['indirect group by'] }],
    });
  });
});

describe('putting versions together', () => {
  const summary = (module: string, version: string) => ({
    namespace: 'hr',
    module,
    version,
    publishedAt: '2026-07-28T11:04:00Z',
    sizeBytes: 1,
    rowCount: 1,
  });

  it('compares by number, not by text', () => {
    expect(['1.10.0', '1.9.0', '2.0.0', '1.9.10'].toSorted(compareVersions)).toEqual([
      '1.9.0',
      '1.9.10',
      '1.10.0',
      '2.0.0',
    ]);
    expect(compareVersions('1.0.0', '1.0.0')).toBe(0);
  });

  it('groups by module, newest first', () => {
    const [users1, users10, users9, cars] = [
      summary('users', '1.0.0'),
      summary('users', '1.10.0'),
      summary('users', '1.9.0'),
      summary('cars', '1.0.0'),
    ];
    expect(groupVersions([users1, users10, users9, cars])).toEqual([
      { key: 'hr/cars', newest: cars, older: [] },
      { key: 'hr/users', newest: users10, older: [users9, users1] },
    ]);
    expect(groupVersions([])).toEqual([]);
  });
});
