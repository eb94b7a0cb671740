import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { buildModule } from '../../../src/lib/module/build.ts';
import type { ModuleRequest } from '../../../src/lib/module/build-request.ts';
import { cleanNotebook } from '../../../src/lib/module/clean-notebook.ts';
import type { Module } from '../../../src/lib/module/module-types.ts';
import { RedactionLog } from '../../../src/lib/metadata/redaction-log.ts';
import { parseNotebook } from '../../../src/lib/notebook/text-parse.ts';
import { detectText } from '../../../src/lib/sensitivity/detect-text.ts';
import type { Example } from './example-module.ts';
import { buildExample, prepareExample, replayText, tickingClock } from './example-module.ts';

let example: Example;

beforeAll(async () => {
  example = await prepareExample();
});
afterAll(() => example.engine.dispose());

/** An address of its own for each place, so that a leak names its place. */
const at = (place: string) => `leak.${place}@example.org`;

const DOCUMENTS = [
  'README.md',
  'croissant.json',
  'steps.json',
  'lineage.json',
  'gate.json',
  'notebook.sluice.md',
];

function texts(module: Module): Readonly<Record<string, string>> {
  const documents = module.files.filter((file) => DOCUMENTS.includes(file.path));
  return Object.fromEntries(documents.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
}

function leaks(module: Module): readonly string[] {
  return Object.entries(texts(module)).flatMap(([path, text]) =>
    [...text.matchAll(/leak\.\w+@example\.org/g)].map((match) => `${path}: ${match[0]}`),
  );
}

function typedEverywhere(): ModuleRequest {
  const { request } = example;
  const front = request.notebookText
    .replace('title: People, tokenized', `# ask ${at('comment')}\ntitle: Of ${at('head')}`)
    .replace('file: people.csv', `file: ${at('file')} export.CSV.gz`)
    .replace('reason: a row number', `reason: said ${at('reason')}`)
    .replace(
      'label: E-mail, meaning: Login address',
      `label: By ${at('label')}, meaning: By ${at('meaning')}`,
    )
    .replace('age_group] }', `age_group], dismissed: { salary: said ${at('dismissed')} } }`)
    .replace(
      'policy:',
      `inputs:\n  who: { type: text, value: ${at('input')}, label: By ${at('inputlabel')} }\n  several: { type: multi-select, value: [a, ${at('chosen')}], options: [${at('option')}] }\npolicy:`,
    )
    .replace('policy:', `owner: { mail: ${at('extra')}, phone: 4111111111111111 }\npolicy:`)
    .replace(
      '# People, tokenized',
      `# People of ${at('prose')}\n\n\`\`\`input name=later\nto: ${at('foreign')}\n\`\`\`\n\n\`\`\`chart of=people\nkind: bar\nx: ${at('axis')}\ntitle: Of ${at('charttitle')}\nlater: ${at('chartextra')}\n\`\`\``,
    )
    .replace('title: People, tokenized\nd', `title: Of ${at('title')}\nd`)
    .replace('tests.', `tests, by ${at('description')}.`)
    .replace('license: CC0-1.0', `license: ask ${at('license')}\ncontact: ${at('unknown')}`)
    .replace('keywords: [example]', `keywords: [example, ${at('keyword')}]`)
    .replace('creator: Sluice', `creator: Sluice <publisher@example.org>`);
  const spec = unwrap(parseNotebook(front));
  const cell = spec.cells.find((each) => each.kind === 'publish');
  const people = spec.sources['people'];
  if (cell === undefined || people === undefined) throw new Error('the example changed');
  const { kind: _kind, extra: _extra, ...settings } = cell;
  const sources = request.replay.sources.map((source) => ({ ...source, spec: people }));
  return { ...request, settings, notebookText: front, replay: { ...request.replay, sources } };
}

describe('what a person typed', () => {
  it('leaves without the addresses in it, whatever the place, and keeps the publisher’s own', async () => {
    const module = await buildExample(typedEverywhere());
    expect(leaks(module)).toEqual([]);
    const {
      'README.md': readme,
      'croissant.json': croissant,
      'notebook.sluice.md': notebook,
    } = texts(module);
    for (const text of [readme, croissant, notebook]) expect(text).toContain('publisher@example.org');
    expect(JSON.parse(croissant ?? '')).toMatchObject({
      name: 'people',
      alternateName: 'Of [REDACTED]',
      description: "Invented people for the module's own tests, by [REDACTED].",
      license: 'ask [REDACTED]',
      keywords: ['example', '[REDACTED]'],
    });
    expect(readme).toContain(
      '| user_token | VARCHAR | By \\[REDACTED\\]: By \\[REDACTED\\]. From people.email',
    );
  });

  it('is counted in steps.json by place and entity, without the value', async () => {
    const module = await buildExample(typedEverywhere());
    const email = (where: string) => ({ where, entity: 'EMAIL_ADDRESS', count: 1 });
    expect(JSON.parse(texts(module)['steps.json'] ?? '').redactions).toEqual([
      { where: 'notebook: source people', entity: 'FILE_NAME', count: 1 },
      email('notebook: reason of people.id'),
      email('notebook: label of people.email'),
      email('notebook: meaning of people.email'),
      email('notebook: title'),
      email('notebook: policy: reason for salary'),
      email('notebook: cell 1 (markdown)'),
      email('notebook: cell 2 (foreign)'),
      email('notebook: cell 3 (chart): x'),
      email('notebook: cell 3 (chart): title'),
      email('notebook: cell 3 (chart)'),
      email('notebook: cell 4 (sql)'),
      email('notebook: cell 9 (publish): title'),
      email('notebook: cell 9 (publish): description'),
      email('notebook: cell 9 (publish): license'),
      email('notebook: cell 9 (publish): keywords'),
      email('notebook: cell 9 (publish)'),
      { where: 'notebook: input who', entity: 'EMAIL_ADDRESS', count: 2 },
      { where: 'notebook: input several', entity: 'EMAIL_ADDRESS', count: 2 },
      email('notebook: front matter'),
      { where: 'notebook: front matter', entity: 'CREDIT_CARD', count: 1 },
      email('metadata: title'),
      email('metadata: description'),
      email('metadata: license'),
      email('metadata: keywords'),
      email('metadata: reason of people.id'),
      email('metadata: label of people.email'),
      email('metadata: meaning of people.email'),
    ]);
  });

  it('leaves the title of the notebook where the publish cell has none', async () => {
    const { title: _title, ...settings } = example.request.settings;
    const module = await buildExample({ ...example.request, settings, notebookTitle: at('title') });
    expect(leaks(module)).toEqual([]);
    expect(texts(module)['README.md']?.split('\n')[0]).toBe('# \\[REDACTED\\]');
  });

  it('is no way out as the name of a column of a source or cell', async () => {
    const { request } = example;
    const rename = (name: string) => (name === 'email' ? at('column') : name);
    const named = <T extends { readonly name: string }>(columns: readonly T[]) =>
      columns.map((column) => ({ ...column, name: rename(column.name) }));
    const from = <T extends { readonly from: { relation: string; column: string } }>(edges: readonly T[]) =>
      edges.map((edge) => ({ ...edge, from: { ...edge.from, column: rename(edge.from.column) } }));
    const replay: ModuleRequest['replay'] = {
      ...request.replay,
      sources: request.replay.sources.map((source) => {
        const { types } = source.report.options;
        const renamed = Object.entries(types ?? {}).map(([name, type]) => [rename(name), type]);
        const options = { ...source.report.options, types: Object.fromEntries(renamed) };
        return {
          ...source,
          report: { ...source.report, options, columns: named(source.report.columns) },
          findings: named(source.findings),
        };
      }),
      cells: request.replay.cells.map((cell) => ({
        ...cell,
        sql: cell.sql.replace('(email)', `("${at('column')}")`),
        report: cell.report && { ...cell.report, columns: named(cell.report.columns) },
      })),
      levels: request.replay.levels.map((level) => ({ ...level, column: rename(level.column) })),
    };
    const lineage = {
      ...request.lineage,
      columns: request.lineage.columns.map((each) => ({ ...each, direct: from(each.direct) })),
      indirect: from(request.lineage.indirect),
    };
    const module = await buildExample({ ...request, replay, lineage });
    expect(leaks(module)).toEqual([]);
    expect(texts(module)['README.md']).toContain('comes from people.column 3 \\[REDACTED\\] by hmac_sha256');
    expect(texts(module)['lineage.json']).toContain('"field": "column 3 [REDACTED]"');
    const [step] = JSON.parse(texts(module)['steps.json'] ?? '').steps;
    expect(step.options.types['column 3 [REDACTED]']).toBe('VARCHAR');
  });
});

describe('the notebook in a module', () => {
  const clean = (text: string) => unwrap(cleanNotebook(text, new RedactionLog(detectText)));

  it('names the files of sources after the sources, with their kind', () => {
    const files = ['Ann Smith.csv', 'a.TSV', 'x.csv.gz', 'no extension', 'ann.smith', 'ünï.txt'];
    const sources = files.map((file, i) => `  s${i}:\n    file: ${file}\n    import: { format: csv }`);
    const spec = unwrap(
      parseNotebook(clean(`---\nsluice: 1\ntitle: T\nsources:\n${sources.join('\n')}\n---\n`)),
    );
    expect(Object.values(spec.sources).map((source) => source.file)).toEqual([
      's0.csv',
      's1.tsv',
      's2.csv.gz',
      's3.csv',
      's4.csv',
      's5.txt',
    ]);
  });

  it('gives the same data when it is run on the same source', async () => {
    const request = typedEverywhere();
    const text = texts(await buildExample(request))['notebook.sluice.md'] ?? '';
    const [before, after] = [await replayText(request.notebookText), await replayText(text)];
    expect(after).toEqual(before);
    expect(after.length).toBe(23);
  });

  it('leaves out the comments of its front matter where there is something in them', () => {
    const text = `---\nsluice: 1 # by ${at('comment')}\ntitle: T\n---\nHello\n`;
    expect(clean(text)).toBe('---\nsluice: 1\ntitle: T\ntimezone: UTC\n---\nHello\n');
  });

  it('is cleaned twice as it is cleaned once', () => {
    const once = clean(typedEverywhere().notebookText);
    expect(clean(once)).toBe(once);
  });

  it('is refused where it cannot be read any more', async () => {
    const notebookText = `\`\`\`chart name=${at('a')}\n\`\`\`\n\n\`\`\`chart name=${at('b')}\n\`\`\`\n`;
    expect(parseNotebook(notebookText).ok).toBe(true);
    const built = await buildModule({ ...example.request, notebookText }, tickingClock());
    expect(built.ok ? 'built' : built.error.code).toBe('module-notebook');
  });
});

describe('a level that the owner lowered', () => {
  it('is told with column and scanned reason, and not as if nothing had been found', async () => {
    const { request } = example;
    const lower = (column: string) => ({
      sensitivity: 'none' as const,
      reason: `${column} agreed with ${at('reason')}`,
    });
    const replay: ModuleRequest['replay'] = {
      ...request.replay,
      levels: request.replay.levels.map((level) => ({ ...level, sensitivity: 'none' })),
      sources: request.replay.sources.map((source) => {
        const columns = Object.fromEntries(source.findings.map(({ name }) => [name, lower(name)]));
        return { ...source, spec: { ...source.spec, columns } };
      }),
    };
    const module = await buildExample({ ...request, replay });
    expect(leaks(module)).toEqual([]);
    const { 'README.md': readme, 'croissant.json': croissant } = texts(module);
    const sensitive: readonly string[] = JSON.parse(croissant ?? '')['rai:personalSensitiveInformation'];
    expect(sensitive[0]).toBe('Status: lowered-by-owner.');
    const sentence =
      '“user_token” comes from people.email, found to be direct and lowered to none by the owner, with the reason: email agreed with [REDACTED]';
    expect(sensitive).toContain(sentence);
    expect(readme).toContain(`- ${sentence.replace('[', '\\[').replace(']', '\\]')}`);
    expect(readme).toContain('their owner lowered them');
    for (const text of [readme, croissant]) expect(text).not.toMatch(/No (?:column|identifying value)/);
  });
});
