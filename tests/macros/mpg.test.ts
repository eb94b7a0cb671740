// The statistics of the library on a real table, against figures counted with pandas; must not repeat the data tests.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../src/headless/engine.ts';
import { readMacroFiles } from '../../src/headless/macro-files.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { buildRegistry } from '../../src/lib/macros/registry.ts';

const engine = createNodeEngine();

/** `mpg` of the 398 cars with the row's number from 0, as VALUES. */
function readMpg(): string {
  const [header = '', ...lines] = readFileSync(new URL('../data/mpg.csv', import.meta.url), 'utf8')
    .trim()
    .split(/\r?\n/);
  const at = header.split(',').indexOf('mpg');
  return lines.map((line, row) => `(${row}, ${line.split(',')[at]}::DOUBLE)`).join(', ');
}
const cars = `(VALUES ${readMpg()}) AS cars(i, mpg)`;
const ask = async (sql: string) => unwrap(await engine.query({ sql })).rows;

beforeAll(async () => {
  const registry = unwrap(buildRegistry(readMacroFiles()));
  unwrap(await engine.open({ macroScripts: registry.macros.map((macro) => macro.script), threads: 1 }));
});
afterAll(() => engine.dispose());

describe('398 cars', () => {
  it('have one outlier by quartiles, and none beyond three deviations', async () => {
    const flagged = `SELECT i, outlier_iqr(mpg) AS far, outlier_zscore(mpg) AS rare FROM ${cars}`;
    expect(await ask(`SELECT list(i) FILTER (far), count(*) FILTER (rare) FROM (${flagged})`)).toEqual([
      ['[322]', 0],
    ]);
  });

  it('are scaled by mean 23.5146, deviation 7.8062 and the quartiles 17.5, 23 and 29', async () => {
    const [row = []] =
      await ask(`SELECT a * 7.806159061274433 + 23.514572864321607, b * 11.5 + 23, c * 37.6 + 9
      FROM (SELECT i, scale_standard(mpg) AS a, scale_robust(mpg) AS b, scale_minmax(mpg) AS c FROM ${cars})
      WHERE i = 0`);
    for (const back of row) expect(back).toBeCloseTo(18, 9);
  });

  it('keep all but the outlier when clipped, which becomes the fence 29 + 1.5 * 11.5', async () => {
    const clipped = `SELECT i, mpg, clip_iqr(mpg) AS kept FROM ${cars}`;
    expect(await ask(`SELECT i, kept FROM (${clipped}) WHERE kept <> mpg`)).toEqual([[322, 46.25]]);
  });

  it('are filled by the median where a value is taken away', async () => {
    const holes = `SELECT i, CASE WHEN i <> 322 THEN mpg END AS mpg FROM ${cars}`;
    const filled = `SELECT i, impute_median(mpg) AS filled FROM (${holes})`;
    expect(await ask(`SELECT filled FROM (${filled}) WHERE i = 322`)).toEqual([[23]]);
  });
});
