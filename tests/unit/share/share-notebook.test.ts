// What is taken out of a notebook that is shared, over the real parser and the real engine.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { guardStatement } from '../../../src/lib/lineage/guard.ts';
import type { ParseSql } from '../../../src/lib/lineage/lineage-types.ts';
import { parseNotebook } from '../../../src/lib/notebook/text-parse.ts';
import { comparedLiterals, nameSensitive } from '../../../src/lib/share/compared-literals.ts';
import {
  CandidateList,
  KnownValueList,
  questionFor,
  type AskedColumn,
} from '../../../src/lib/share/known-values.ts';
import { openShared, openSharedText } from '../../../src/lib/share/open-shared.ts';
import { shareNotebook, visitShared, type SharePlan } from '../../../src/lib/share/share-notebook.ts';
import { openEngine } from '../lineage/engine-under-test.ts';

const SHA = 'a'.repeat(64);
const TEXT = `---
sluice: 1
title: Pay of Ottokar
timezone: UTC
# ask hidden@example.org
sources:
  users:
    file: zwetschke_2024.csv
    sha256: ${SHA}
    import: { format: csv, types: { email: VARCHAR } }
    columns:
      email: { sensitivity: direct, label: As in x.y@example.org }
policy: { k: 5, quasi: [], dismissed: { city: asked ottokar zwetschke } }
owner: { mail: boss@example.org }
---

# About OTTOKAR Zwetschke

He lives nowhere.

\`\`\`sql name=recent
-- written for call@example.org
SELECT lower(email) AS mail, city, salary, 'harmless' AS note FROM users
WHERE salary > 123456 AND city = 'Lviv' AND name LIKE '%wetschke%' AND id <> 77 LIMIT 10
\`\`\`

\`\`\`sql name=again
SELECT * FROM recent WHERE mail IN ('nobody', 'else') AND note = 'harmless' AND note <> 'ottokar '
\`\`\`

\`\`\`sql name=broken
SELEC 'secret text' FROM
\`\`\`

\`\`\`publish of=again
namespace: hr
module: users
creator: Ottokar
description: By desc@example.org
\`\`\`
`;

const COLUMNS: readonly AskedColumn[] = [
  { name: 'id', type: 'INTEGER', sensitivity: 'none', entity: null, column: 'users.id' },
  { name: 'email', type: 'VARCHAR', sensitivity: 'direct', entity: 'EMAIL_ADDRESS', column: 'users.email' },
  { name: 'name', type: 'VARCHAR', sensitivity: 'direct', entity: 'PERSON', column: 'users.name' },
  { name: 'city', type: 'VARCHAR', sensitivity: 'quasi', entity: null, column: 'users.city' },
  { name: 'salary', type: 'INTEGER', sensitivity: 'quasi', entity: null, column: 'users.salary' },
];

let engine: Engine;
let parse: ParseSql;

beforeAll(async () => {
  engine = await openEngine({
    users: `SELECT * FROM (VALUES (1, 'oz@example.org', ' Ottokar ', 'Lviv', 123456), (2, NULL, 'Zwetschke', NULL, NULL)) t(id, email, name, city, salary)`,
  });
  parse = await createNodeParser();
});
afterAll(() => engine.dispose());

async function share(kept: readonly string[] = [], withDigests = false): Promise<SharePlan> {
  const spec = unwrap(parseNotebook(TEXT));
  const request = { spec, columns: new Map([['users', COLUMNS]]), withDigests };
  const list = new CandidateList();
  visitShared(request, list);
  const known = new KnownValueList();
  const sql = questionFor('users', COLUMNS, list.candidates) ?? '';
  known.add(COLUMNS, list.candidates, unwrap(await engine.query({ sql })));
  const trees = spec.cells.flatMap((cell) => {
    const parsed = cell.kind === 'sql' ? parse(cell.sql) : null;
    return parsed?.ok ? [parsed.value] : [];
  });
  const sensitive = nameSensitive(
    COLUMNS.filter((column) => column.sensitivity !== 'none'),
    trees,
  );
  const compared = (text: string) => {
    const parsed = parse(text);
    return parsed.ok ? comparedLiterals(parsed.value, sensitive) : null;
  };
  return unwrap(
    shareNotebook({ ...request, known, compared, comparedValues: new Map(), kept: new Set(kept) }),
  );
}

const found = (plan: SharePlan) => plan.findings.map(({ where, text, reason }) => [where, text, reason]);

describe('an input of a shared notebook', () => {
  it('has no value where that is one of the data, or is held against a sensitive column', async () => {
    const spec = unwrap(
      parseNotebook(`---
inputs:
  city: { type: text, value: Lviv }
  pay: { type: range, value: [123, 77777] }
  who: { type: select, value: Ottokar, options: [Ottokar, nobody, x@example.org] }
  several: { type: multi-select, value: [Lviv, Kyiv], options: { of: users, column: city } }
  harmless: { type: text, value: word, label: Ask Ottokar }
---
`),
    );
    const request = { spec, columns: new Map([['users', COLUMNS]]), withDigests: false };
    const list = new CandidateList();
    visitShared(request, list);
    const known = new KnownValueList();
    const sql = questionFor('users', COLUMNS, list.candidates) ?? '';
    known.add(COLUMNS, list.candidates, unwrap(await engine.query({ sql })));
    const comparedValues = new Map([['77777', { column: 'users.salary', entity: null }]]);
    const plan = unwrap(
      shareNotebook({ ...request, known, compared: () => null, comparedValues, kept: new Set() }),
    );
    expect(unwrap(parseNotebook(plan.shared.text)).inputs).toEqual({
      city: { type: 'text', value: null },
      pay: { type: 'range', value: { min: 123, max: null } },
      who: { type: 'select', value: null, options: ['nobody'] },
      several: { type: 'multi-select', value: ['Kyiv'], options: { of: 'users', column: 'city' } },
      harmless: { type: 'text', value: 'word', label: 'Ask [PERSON]' },
    });
    expect(found(plan)).toEqual([
      ['input city', 'Lviv', 'value of users.city'],
      ['input pay', '77777', 'compared with users.salary'],
      ['input who', 'Ottokar', 'value of users.name'],
      ['input who', 'x@example.org', 'EMAIL_ADDRESS'],
      ['input several', 'Lviv', 'value of users.city'],
      ['input harmless', 'Ottokar', 'value of users.name'],
    ]);
  });
});

describe('a shared notebook', () => {
  it('lists each place that tells of the data, with the reason', async () => {
    expect(found(await share())).toEqual(
      expect.arrayContaining([
        ['title', 'Ottokar', 'value of users.name'],
        ['source users', 'zwetschke_2024.csv', 'file name: value of users.name'],
        ['label of users.email', 'x.y@example.org', 'EMAIL_ADDRESS'],
        ['text cell 1', 'OTTOKAR', 'value of users.name'],
        ['text cell 1', 'Zwetschke', 'value of users.name'],
        ['cell recent', '-- written for call@example.org', 'EMAIL_ADDRESS'],
        ['cell recent', '123456', 'compared with users.salary'],
        ['cell recent', "'Lviv'", 'compared with users.city'],
        ['cell recent', "'%wetschke%'", 'compared with users.name'],
        ['cell again', "'nobody'", 'compared with users.email'],
        ['cell again', "'else'", 'compared with users.email'],
        ['cell again', "'ottokar '", 'value of users.name'],
        ['cell broken', "'secret text'", 'in a statement that could not be read'],
        ['front matter', 'boss@example.org', 'EMAIL_ADDRESS'],
        ['publish cell hr/users: creator', 'Ottokar', 'value of users.name'],
      ]),
    );
  });

  it('holds none of it, and stays a notebook whose statements can be read', async () => {
    const { shared, fileText } = await share();
    for (const text of [shared.text, fileText, JSON.stringify(shared)])
      expect(text).not.toMatch(
        /ottokar|zwetschke|wetschke|example\.org|123456|Lviv|nobody|secret text|a{64}/i,
      );
    const cells = unwrap(parseNotebook(shared.text)).cells.filter((cell) => cell.kind === 'sql');
    expect(cells.slice(0, 2).map((cell) => parse(cell.sql).ok)).toEqual([true, true]);
    expect(shared.text).toContain("'harmless'");
    expect(shared.text).toContain('LIMIT 10');
    expect(shared.text).toContain('id <> 77');
  });

  it('keeps what its owner keeps, there and nowhere else', async () => {
    const all = await share();
    const title = all.findings.find((finding) => finding.where === 'title');
    const { shared, findings } = await share([title?.id ?? '']);
    expect(shared.text.match(/Ottokar/g)).toHaveLength(1);
    expect(shared.text).toContain('title: Pay of Ottokar');
    expect(findings).toHaveLength(all.findings.length);
  });

  it('names the digest only where that is wished', async () => {
    expect((await share([], true)).shared.text).toContain(SHA);
  });

  it('opens with the columns it expects, from a link and from a file alike', async () => {
    const { shared, fileText } = await share();
    const opened = unwrap(openShared(shared));
    expect(opened.sources).toEqual([
      { name: 'users', file: 'users.csv', columns: COLUMNS.map(({ name, type }) => ({ name, type })) },
    ]);
    expect(openSharedText(fileText)?.sources).toEqual(opened.sources);
    expect(openSharedText(TEXT)).toBeNull();
    expect(opened.publishes).toEqual(['hr/users']);
    expect([...opened.calls]).toContain('lower');
  });

  it('expects nothing of a source that it does not have', async () => {
    const { shared } = await share();
    const stray = { ...shared, sources: [{ name: 'ghost', file: 'g.csv', columns: [] }] };
    expect(openShared(stray)).toMatchObject({ ok: false, error: { code: 'share-link-form' } });
  });

  it.each([
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "SELECT * FROM 'https://example.org/x.parquet'",
    "SELECT * FROM read_text('/etc/passwd')",
    "COPY users TO 'out.csv'",
    "ATTACH 'x.db'",
    'INSTALL httpfs',
    'SET enable_external_access = true',
    'CREATE SECRET s (TYPE s3)',
    'DROP TABLE users',
    "SELECT getenv('HOME')",
    'SELECT * FROM duckdb_secrets()',
  ])('cannot bring a statement that reaches out: %s', (sql) => {
    const opened = unwrap(
      openShared({ format: 'sluice-link/1', text: `\`\`\`sql name=a\n${sql}\n\`\`\`\n`, sources: [] }),
    );
    const [cell] = opened.spec.cells;
    const parsed = parse(cell?.kind === 'sql' ? cell.sql : '');
    expect(parsed.ok ? guardStatement(parsed.value) : parsed.error).not.toBeNull();
  });

  it('is laid open quickly, however large', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => `\`\`\`sql name=c_${n}\nSELECT ${n}\n\`\`\`\n`);
    const started = performance.now();
    const opened = unwrap(openShared({ format: 'sluice-link/1', text: many.join('\n'), sources: [] }));
    expect(opened.spec.cells).toHaveLength(10_000);
    const large = `\`\`\`sql name=a\nSELECT '${'x'.repeat(1_000_000)}'\n\`\`\`\n`;
    unwrap(openShared({ format: 'sluice-link/1', text: large, sources: [] }));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
