import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_FILES } from '../../../src/lib/gate/demo-sources.ts';
import { buildModule } from '../../../src/lib/module/build.ts';
import type { ModuleRequest } from '../../../src/lib/module/build-request.ts';
import type { Example } from './example-module.ts';
import { buildExample, prepareExample, tickingClock } from './example-module.ts';

let example: Example;

beforeAll(async () => {
  example = await prepareExample();
});
afterAll(() => example.engine.dispose());

async function refusal(change: Partial<ModuleRequest>): Promise<unknown> {
  const built = await buildModule({ ...example.request, ...change }, tickingClock());
  return built.ok ? 'built' : [built.error.code, built.error.message];
}

const [first, ...others] = [0, 1, 2];

describe('buildModule', () => {
  it('ends with the commit, which names every other file', async () => {
    const { files, commit } = await buildExample(example.request);
    expect(files.at(-1)?.path).toBe('_COMMIT.json');
    expect(commit.files.map((file) => file.path)).toEqual(
      files
        .slice(0, -1)
        .map((file) => file.path)
        .sort(),
    );
  });

  it('leaves the data as they were judged, and times outside of them', async () => {
    const early = await buildExample(example.request);
    const late = await buildModule(example.request, { now: () => new Date('2031-01-01T00:00:00Z') });
    const data = (module: typeof early) => module.files.filter((file) => file.path.startsWith('data/'));
    expect(late.ok && data(late.value)).toEqual(data(early));
    expect(late.ok && late.value.commitSha256).not.toBe(early.commitSha256);
  });

  it('says DEMO where a source is the sample, and only there', async () => {
    const { replay } = example.request;
    const sha256 = DEMO_FILES['customers.csv'] ?? '';
    const sources = replay.sources.map((source) => ({ ...source, sha256 }));
    const told = async (request: ModuleRequest) => {
      const { files } = await buildExample(request);
      const text = (path: string) =>
        new TextDecoder().decode(files.find((file) => file.path === path)?.bytes);
      const { keywords, alternateName, description } = JSON.parse(text('croissant.json'));
      const says = [alternateName, description].map((words: string) => words.startsWith('DEMO: '));
      return [keywords, says, text('README.md').includes('**DEMO.**')];
    };
    expect(await told({ ...example.request, replay: { ...replay, sources } })).toEqual([
      ['DEMO', 'example'],
      [true, true],
      true,
    ]);
    expect(await told(example.request)).toEqual([['example'], [false, false], false]);
  });

  it('refuses bytes that differ in one bit from those the gate judged', async () => {
    const { data } = example.request;
    for (const [index, file] of data.entries()) {
      const bytes = file.bytes.slice();
      bytes[bytes.byteLength >> 1] = (bytes[bytes.byteLength >> 1] ?? 0) ^ 1;
      const changed = data.map((each, i) => (i === index ? { ...file, bytes } : each));
      expect(await refusal({ data: changed })).toEqual([
        'module-not-judged',
        `The gate did not judge these bytes of ${file.path}.`,
      ]);
    }
  });

  it('refuses a file the gate did not see, and the absence of one it saw', async () => {
    const { data } = example.request;
    const extra = { path: 'data/more.csv', format: 'csv' as const, bytes: new Uint8Array([1]), rowCount: 0 };
    expect(await refusal({ data: [...data, extra] })).toEqual([
      'module-not-judged',
      'The gate did not judge these bytes of data/more.csv.',
    ]);
    expect(await refusal({ data: data.slice(1) })).toEqual([
      'module-not-judged',
      `${data[first ?? 0]?.path} was judged but is not to be published.`,
    ]);
    expect(await refusal({ data: [] })).toEqual(['module-empty', 'There is no data file to publish.']);
    expect(others.length).toBe(2);
  });

  it('refuses names that are no folders', async () => {
    const named = (change: Partial<ModuleRequest['settings']>) =>
      refusal({ settings: { ...example.request.settings, ...change } });
    expect(await named({ namespace: '../hr' })).toEqual([
      'module-name',
      '“../hr” cannot be the name of a namespace.',
    ]);
    expect(await named({ module: '' })).toEqual(['module-name', '“” cannot be the name of a module.']);
    expect(await named({ module: 'ü' })).toEqual(['module-name', '“ü” cannot be the name of a module.']);
  });

  it('refuses metadata without a description', async () => {
    const settings = { ...example.request.settings, description: ' ' };
    expect(await refusal({ settings })).toEqual([
      'module-croissant',
      'The metadata are not fit for publication: description: “description” is missing or empty.',
    ]);
  });

  it('takes sensitive literals out of the step log and the notebook, and says so', async () => {
    const { files } = await buildExample(example.request);
    const text = (path: string) => new TextDecoder().decode(files.find((file) => file.path === path)?.bytes);
    expect(text('steps.json')).toContain('"sql": "-- [REDACTED]\\nSELECT * FROM people WHERE id <> 4"');
    expect(text('notebook.sluice.md')).toContain('-- [REDACTED]\nSELECT * FROM people WHERE id <> 4\n');
    expect(JSON.parse(text('steps.json')).steps[1].redactions).toEqual([
      { count: 1, entity: 'EMAIL_ADDRESS' },
    ]);
  });

  it('keeps the notebook byte for byte where nothing was found', async () => {
    const module = await buildExample({ ...example.request, scan: () => [] });
    const notebook = module.files.find((file) => file.path === 'notebook.sluice.md');
    expect(new TextDecoder().decode(notebook?.bytes)).toBe(example.request.notebookText);
  });
});
