import { describe, expect, it } from 'vitest';
import { checkCroissant } from '../../../src/lib/metadata/check-croissant.ts';
import { buildCroissant, croissantDataType } from '../../../src/lib/metadata/croissant.ts';
import type { ColumnDescription, DatasetDescription } from '../../../src/lib/metadata/dataset-description.ts';
import { describeColumns, statePrivacy } from '../../../src/lib/metadata/describe-columns.ts';
import { buildLineageDocument } from '../../../src/lib/metadata/open-lineage.ts';
import { buildReadme } from '../../../src/lib/metadata/readme.ts';
import type { DirectEdge, RelationLineage } from '../../../src/lib/lineage/lineage-types.ts';
import type { Sensitivity } from '../../../src/lib/base/sensitivity-level.ts';
import { loadRegistry } from '../../../src/headless/workbench.ts';

const registry = loadRegistry();
const SHA = 'b'.repeat(64);

function edge(column: string, ...via: readonly string[]): DirectEdge {
  return {
    from: { relation: 'users', column },
    kind: via.length === 0 ? 'identity' : 'transformation',
    via: via.map((name) => ({ name, isLibraryMacro: registry.find(name) !== undefined, argument: 0 })),
    path: [`users.${column}`, `out.${column}`],
  };
}

function lineageOf(columns: Readonly<Record<string, readonly DirectEdge[]>>): RelationLineage {
  return {
    relation: 'out',
    columns: Object.entries(columns).map(([name, direct]) => ({ name, direct, indirect: [] })),
    indirect: [{ from: { relation: 'users', column: 'id' }, kind: 'filter', via: [], path: ['users.id'] }],
    unknown: null,
  };
}

const LEVELS: Readonly<Record<string, Sensitivity>> = {
  email: 'direct',
  cc: 'direct',
  age: 'quasi',
  n: 'none',
};

function describeOut(columns: Readonly<Record<string, readonly DirectEdge[]>>): readonly ColumnDescription[] {
  const types = Object.keys(columns).map((name) => ({ name, type: 'VARCHAR' }));
  const levels = Object.entries(LEVELS).map(([column, sensitivity]) => ({
    relation: 'users',
    column,
    sensitivity,
    meaning: `the ${column}`,
  }));
  return describeColumns(types, { lineage: lineageOf(columns), levels, registry });
}

function datasetOf(
  columns: readonly ColumnDescription[],
  change: Partial<DatasetDescription> = {},
): DatasetDescription {
  return {
    namespace: 'hr',
    module: 'users',
    version: '1.1.0',
    previousVersion: '1.0.0',
    title: 'Users',
    description: 'What it is.',
    license: 'MIT',
    creator: null,
    keywords: [],
    isDemo: false,
    publishedAt: '2025-01-01T00:00:00.000Z',
    columns,
    files: [
      {
        path: 'data/part-00000-bbbbbbbbbbbbbbbb.parquet',
        format: 'parquet',
        sha256: SHA,
        sizeBytes: 1,
        rowCount: 2,
      },
    ],
    sources: [{ relation: 'users', sha256: SHA, columns: ['email', 'n'] }],
    order: [],
    privacy: statePrivacy(columns, 5),
    activities: [],
    ...change,
  };
}

describe('privacy', () => {
  it('is pseudonymous where a token or mask of an identifying column is in it, and never anonymous', () => {
    const columns = describeOut({
      token: [edge('email', 'hmac_sha256')],
      card: [edge('cc', 'mask_card')],
      n: [edge('n')],
    });
    const stated = statePrivacy(columns, 5);
    expect(stated).toEqual({
      status: 'pseudonymous',
      reasons: [
        '“token” comes from users.email by hmac_sha256.',
        '“card” comes from users.cc by mask_card.',
        'Values made from identifying columns can be linked to persons by whoever holds the key or the sources.',
        'Every combination of the declared quasi-identifiers is shared by at least 5 rows.',
      ],
      k: 5,
    });
    const dataset = datasetOf(columns);
    expect(`${buildReadme(dataset)}${JSON.stringify(buildCroissant(dataset))}`).not.toMatch(/anonym/i);
  });

  it('is generalized with quasi-identifiers only, and without personal columns else', () => {
    expect(statePrivacy(describeOut({ age: [edge('age', 'bucket_number')] }), null).status).toBe(
      'generalized',
    );
    expect(statePrivacy(describeOut({ n: [edge('n')], one: [] }), null)).toEqual({
      status: 'without-personal-columns',
      reasons: ['No column comes from a column found or declared sensitive.'],
      k: null,
    });
  });
});

describe('levels that the owner lowered', () => {
  const [n] = describeOut({ n: [edge('n')] });
  const lowered = (found: Sensitivity): ColumnDescription => ({
    ...(n as ColumnDescription),
    lowered: [{ from: { relation: 'users', column: 'n' }, found, declared: 'none', reason: 'invented' }],
  });
  const sentence = (found: Sensitivity) =>
    `“n” comes from users.n, found to be ${found} and lowered to none by the owner, with the reason: invented`;
  const age = describeOut({ age: [edge('age', 'bucket_number')] });
  const token = describeOut({ token: [edge('email', 'hmac_sha256')] });

  it('stand in every statement, and change it where it would be untrue', () => {
    const stated = [[lowered('quasi')], [...age, lowered('quasi')], [...age, lowered('direct')]].map(
      (columns) => statePrivacy(columns, null),
    );
    expect(stated.map(({ status, reasons }) => [status, ...reasons])).toEqual([
      ['lowered-by-owner', sentence('quasi')],
      ['generalized', 'No identifying value is in it; “age” come from sensitive columns.', sentence('quasi')],
      ['lowered-by-owner', '“age” come from sensitive columns.', sentence('direct')],
    ]);
    const pseudonymous = statePrivacy([...token, lowered('direct')], null);
    expect([pseudonymous.status, pseudonymous.reasons.at(-1)]).toEqual(['pseudonymous', sentence('direct')]);
  });
});

describe('croissant.json', () => {
  it('passes its own check, with lists as arrays of their element', () => {
    const columns = describeOut({ n: [edge('n')] }).map((column) => ({
      ...column,
      type: 'DECIMAL(9,2)[][]',
    }));
    const document = JSON.parse(JSON.stringify(buildCroissant(datasetOf(columns))));
    expect(checkCroissant(document)).toEqual([]);
    expect(document.recordSet[0].field[0]).toEqual({
      '@type': 'cr:Field',
      '@id': 'records/n',
      name: 'n',
      description: 'the n. From users.n.',
      dataType: 'sc:Float',
      isArray: true,
      arrayShape: '-1,-1',
      source: {
        fileObject: { '@id': 'data/part-00000-bbbbbbbbbbbbbbbb.parquet' },
        extract: { column: 'n' },
      },
    });
    expect(document['dcat:previousVersion']).toEqual({ '@id': 'urn:sluice:hr:users:1.0.0' });
  });

  it('has a data type for each engine type', () => {
    const types = [
      'BOOLEAN',
      'UBIGINT',
      'DECIMAL(38,0)',
      'DECIMAL(18,3)',
      'FLOAT',
      'DATE',
      'TIME',
      'TIMESTAMP',
      'VARCHAR',
      'BLOB',
      'constructor',
    ];
    expect(types.map(croissantDataType)).toEqual([
      'sc:Boolean',
      'sc:Integer',
      'sc:Integer',
      'sc:Float',
      'sc:Float',
      'sc:Date',
      'sc:Time',
      'sc:DateTime',
      'sc:Text',
      'sc:Text',
      'sc:Text',
    ]);
  });

  it('keeps odd column names apart, lone surrogates included', () => {
    const odd = ['a b', 'a/b', '__proto__', 'ü', '\ud800'];
    const columns = odd.map((name) => ({
      ...(describeOut({ n: [edge('n')] })[0] as ColumnDescription),
      name,
    }));
    const document = JSON.parse(JSON.stringify(buildCroissant(datasetOf(columns))));
    expect(checkCroissant(document)).toEqual([]);
    expect(document.recordSet[0].field.map((field: { name: string }) => field.name)).toEqual(odd);
  });

  it('names everything that is missing or points nowhere', () => {
    const good = JSON.parse(JSON.stringify(buildCroissant(datasetOf(describeOut({ n: [edge('n')] })))));
    const where = (document: unknown) => checkCroissant(document).map((finding) => finding.where);
    expect(where(null)).toEqual(['']);
    expect(where([])).toEqual(['']);
    expect(where({})).toEqual([
      'name',
      'description',
      'url',
      'datePublished',
      'version',
      '@context',
      '@type',
      'license',
      'creator',
      'dct:conformsTo',
      'distribution',
      'recordSet',
    ]);
    expect(where({ ...good, name: '', version: '1', datePublished: 'soon' })).toEqual([
      'name',
      'version',
      'datePublished',
    ]);
    expect(where({ ...good, distribution: [{ ...good.distribution[0], sha256: 'XYZ' }] })).toEqual([
      'distribution[0].sha256',
    ]);
    expect(where({ ...good, distribution: [null] })).toEqual([
      'distribution[0]',
      'recordSet[0].field[0].source',
      'distribution',
    ]);
    const [set] = good.recordSet;
    expect(where({ ...good, recordSet: [{ ...set, key: { '@id': 'records/none' } }] })).toEqual([
      'recordSet[0].key',
    ]);
    expect(where({ ...good, recordSet: [{ ...set, field: [...set.field, ...set.field] }] })).toEqual([
      'recordSet[0].field',
    ]);
    expect(where({ ...good, recordSet: [{ ...set, field: 'x' }] })).toEqual(['recordSet[0].field[0]']);
  });
});

describe('lineage.json', () => {
  it('is an OpenLineage facet with masking told from mere use', () => {
    const { facets } = buildLineageDocument({
      namespace: 'hr',
      module: 'users',
      lineage: lineageOf({ token: [edge('email', 'trim', 'hmac_sha256'), edge('n')], __proto__: [] }),
      sources: [{ relation: 'USERS', sha256: SHA, columns: [] }],
      registry,
      appVersion: '0.1.0',
    });
    const input = { namespace: `sha256:${SHA}`, name: 'users' };
    expect(facets.columnLineage.fields['token']).toEqual({
      inputFields: [
        {
          ...input,
          field: 'email',
          transformations: [
            { type: 'DIRECT', subtype: 'TRANSFORMATION', description: 'trim, hmac_sha256', masking: true },
          ],
        },
        {
          ...input,
          field: 'n',
          transformations: [{ type: 'DIRECT', subtype: 'IDENTITY', description: '', masking: false }],
        },
      ],
    });
    expect(facets.columnLineage.dataset).toEqual([
      {
        ...input,
        field: 'id',
        transformations: [{ type: 'INDIRECT', subtype: 'FILTER', description: '', masking: false }],
      },
    ]);
  });
});

describe('README.md', () => {
  it('cannot be broken out of by what people typed', () => {
    const hostile = 'a | b\n\n# Boo <script>alert(1)</script> ![x](http://x) `c`';
    const [column] = describeOut({ n: [edge('n')] });
    const columns = [{ ...(column as ColumnDescription), name: hostile, meaning: hostile }];
    const readme = buildReadme(
      datasetOf(columns, { title: hostile, description: hostile, creator: hostile, license: hostile }),
    );
    expect(readme).not.toMatch(/<script>|!\[x\]|\n# Boo/);
    const table = readme.split('\n').filter((line) => line.startsWith('| a'));
    expect(table.length).toBe(1);
    expect(table[0]?.replaceAll('\\|', '').split('|').length).toBe(5);
  });

  it('tells how to load each format that is there', () => {
    const csv = { path: 'data/users.csv', format: 'csv' as const, sha256: SHA, sizeBytes: 1, rowCount: 2 };
    const readme = buildReadme(datasetOf(describeOut({ n: [edge('n')] }), { files: [csv] }));
    expect(readme).toContain('pd.read_csv("data/users.csv")');
    expect(readme).not.toContain('read_parquet');
    expect(buildReadme(datasetOf(describeOut({ n: [edge('n')] })))).toMatch(
      /pandas[^]*Spark[^]*DuckDB[^]*Snowflake[^]*Tableau/,
    );
  });
});
