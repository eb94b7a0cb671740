// What is suggested for real files, and what is not; every step is one that the notebook takes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../../src/headless/engine.ts';
import { readMacroFiles } from '../../../src/headless/macro-files.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import { buildRegistry } from '../../../src/lib/macros/registry.ts';
import { checkStep } from '../../../src/lib/notebook/steps/check-step.ts';
import { profileColumns } from '../../../src/lib/profile/profile-columns.ts';
import { detectColumns } from '../../../src/lib/sensitivity/detect-columns.ts';
import { measureRelation } from '../../../src/lib/suggest/measure-relation.ts';
import { suggest } from '../../../src/lib/suggest/suggest.ts';
import type { Suggestion } from '../../../src/lib/suggest/suggest-types.ts';

const engine = createNodeEngine();
beforeAll(async () => {
  const { macros } = unwrap(buildRegistry(readMacroFiles()));
  unwrap(await engine.open({ macroScripts: macros.map((macro) => macro.script), threads: 1 }));
});
afterAll(() => engine.dispose());

async function suggestFor(file: string, dismissed: readonly string[] = []): Promise<readonly Suggestion[]> {
  const path = new URL(`../../data/${file}`, import.meta.url).pathname;
  const options = { format: 'csv' } as const;
  unwrap(await engine.importFile({ importId: file, table: 'source', handle: { path }, options }));
  const profile = unwrap(await profileColumns({ engine, relation: 'source' }));
  const measure = unwrap(await measureRelation({ engine, relation: 'source', profile }));
  const findings = unwrap(
    await detectColumns({
      engine,
      relation: 'source',
      columns: profile.columns.map(({ name, type }) => ({ name, type })),
    }),
  );
  return suggest({ profile, measure, findings, dismissed: new Set(dismissed) });
}
const figures = (all: readonly Suggestion[]) =>
  Object.fromEntries(all.map(({ id, figure }) => [id, `${figure.count} of ${figure.of}`]));

describe('suggestions', () => {
  it('for 398 cars: six gaps, outliers, one category, many scales', async () => {
    const all = await suggestFor('mpg.csv');
    // Gaps and the outlier of mpg as in the README of the data; the others counted by NumPy's quartiles.
    expect(figures(all)).toEqual({
      'outliers: mpg': '1 of 398',
      'impute-median: horsepower': '6 of 398',
      'outliers: horsepower': '10 of 392',
      'outliers: acceleration': '9 of 398',
      'encode-one-hot: origin': '3 of 398',
      'scale: mpg, displacement, horsepower, weight, acceleration, model_year': '413 of 1',
    });
    for (const { step } of all) if (step) expect(checkStep(step.kind, step.parameters)).toBeNull();
    expect(all.find(({ id }) => id === 'impute-median: horsepower')?.reason).toBe(
      '6 of 398 rows (1.5 %) without a value.',
    );
  });

  it('for 344 penguins: what is missing, by its kind, and nothing to hide', async () => {
    const all = await suggestFor('penguins.csv');
    expect(figures(all)).toMatchObject({
      'impute-mean: bill_length_mm': '2 of 344',
      'impute-mode: sex': '11 of 344',
      'encode-one-hot: species': '3 of 344',
    });
    expect(all.filter(({ step }) => ['mask', 'hash', 'generalize'].includes(step?.kind ?? ''))).toEqual([]);
    expect(all.map(({ id }) => id).filter((id) => /outliers|text|parse|deduplicate/.test(id))).toEqual([]);
  });

  it('for 10,000 bird strikes: no outliers in costs that are almost all 0', async () => {
    const all = await suggestFor('birdstrikes.csv');
    const outliers = all.map(({ id }) => id).filter((id) => id.startsWith('outliers'));
    expect(outliers).not.toEqual(expect.arrayContaining([expect.stringContaining('Cost')]));
  });

  it('for 1,000 users: each identifying column is hidden in its own way, and none of them filled', async () => {
    const all = await suggestFor('users.csv');
    expect(figures(all)).toMatchObject({
      'hash: id': '1000 of 1000',
      'hash: email': '984 of 984',
      'mask/mask_card: cc': '709 of 709',
      'mask/mask_ip: ip_address': '1000 of 1000',
      'generalize/truncate_date: birthdate': '802 of 1000',
      'impute-mean: salary': '67 of 1000',
    });
    const filled = all.filter(({ step }) => step?.kind.startsWith('impute') === true);
    expect(filled.flatMap(({ columns }) => columns)).not.toContain('cc');
    for (const { step } of all) if (step) expect(checkStep(step.kind, step.parameters)).toBeNull();
    const [first] = all;
    expect(await suggestFor('users.csv', [first?.id ?? ''])).toEqual(all.slice(1));
  });

  it('for 10,000 birdstrikes: 24 rows that repeat another', async () => {
    const all = figures(await suggestFor('birdstrikes.csv'));
    expect(all['deduplicate: ']).toBe('24 of 10000');
    expect(all['impute-median: Speed IAS in knots'] ?? all['impute-mean: Speed IAS in knots']).toBe(
      '2836 of 10000',
    );
  });

  it('need rows', () => {
    const none = {
      profile: { rows: 0, columns: [] },
      measure: { rows: 0, duplicates: 0, columns: [] },
      findings: [],
      dismissed: new Set<string>(),
    };
    expect(suggest(none)).toEqual([]);
  });
});
