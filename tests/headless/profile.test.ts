// `sluice profile` as a pipeline sees it: exit codes, one JSON document on stdout, a table for people.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const USERS = project('tests/data/users.csv');
const MPG = project('tests/data/mpg.csv');

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function profile(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const words = [project('bin/sluice.mjs'), 'profile', ...args];
    execFile(process.execPath, words, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-profile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('sluice profile', () => {
  it('prints the figures of every column as one document', async () => {
    const { code, stdout, stderr } = await profile(MPG, '--json');
    const document = JSON.parse(stdout);
    expect([code, stderr, document.file, document.rows]).toEqual([0, '', 'mpg.csv', 398]);
    const names = ['mpg', 'cylinders', 'displacement', 'horsepower', 'weight', 'acceleration', 'model_year'];
    expect(document.columns.map((column: { name: string }) => column.name)).toEqual([
      ...names,
      'origin',
      'name',
    ]);
    const promised = [
      'name',
      'type',
      'nulls',
      'distinct',
      'distinctIsExact',
      'min',
      'max',
      'mean',
      'stddev',
      'quartiles',
      'top',
    ];
    for (const column of document.columns)
      expect(Object.keys(column)).toEqual(expect.arrayContaining(promised));
    expect(document.columns[3]).toMatchObject({ name: 'horsepower', type: 'DOUBLE', nulls: 6, distinct: 93 });
    expect(document.columns[7]).toMatchObject({ mean: null, stddev: null, quartiles: null });
  });

  it('prints a table for people, of the columns asked for', async () => {
    const { code, stdout } = await profile(USERS, '--columns', 'gender,cc,salary');
    const lines = stdout.trimEnd().split('\n');
    expect([code, lines.length]).toEqual([0, 6]);
    expect(lines[0]).toMatch(/^column +type +nulls +distinct +min +max +mean +stddev +quartiles +top$/);
    expect(lines[2]).toMatch(/^gender +VARCHAR +67 +2 +Female +Male +Female \(482\), Male \(451\)$/);
    expect(lines[3]).toMatch(/^cc +BIGINT +291 +709 +4017951658384 +6771600305307320496 /);
    expect(lines[4]).toMatch(/^salary +DOUBLE +67 +933 +12380\.49 +286592\.99 +148912 +79793\.4 /);
    expect(lines[5]).toBe('1000 rows');
  });

  it('lets no value act on the terminal', async () => {
    const path = join(folder, 'hostile.csv');
    await writeFile(path, `name\n"\u001b[31mred\u001b[0m"\n"two\nlines"\n"${'long '.repeat(20)}"\n`);
    const { code, stdout } = await profile(path);
    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(stdout.trimEnd().split('\n')).toHaveLength(4);
    expect(stdout).toContain('·[31mred·[0m (1)');
    expect(stdout).toContain('long long long long lon… (1)');
  });

  it('answers for a file with a header and nothing else', async () => {
    const path = join(folder, 'empty.csv');
    await writeFile(path, 'a,b\n');
    const { code, stdout } = await profile(path, '--json');
    const { rows, columns } = JSON.parse(stdout);
    expect([code, rows, columns.length]).toEqual([0, 0, 2]);
    expect(columns[0]).toMatchObject({
      name: 'a',
      nulls: 0,
      distinct: 0,
      min: null,
      top: [],
      histogram: null,
    });
  });

  it('estimates what is large, says so, and counts where told to', async () => {
    const path = join(folder, 'large.csv');
    const rows = Array.from({ length: 500_001 }, (_, index) => `${index},${index % 3}`);
    await writeFile(path, `id,few\n${rows.join('\n')}\n`);
    const [rough, exact] = [await profile(path), await profile(path, '--exact', '--json')];
    expect(rough.stdout).toMatch(/^id +BIGINT +0 +~\d+ +0 +500000 +250000 /m);
    expect(rough.stdout).toMatch(/^few +BIGINT +0 +3 /m);
    expect(rough.stdout).toMatch(/~ is an estimate, or from a sample of \d+ rows; --exact counts all\.$/m);
    const [id] = JSON.parse(exact.stdout).columns;
    expect(id).toMatchObject({ distinct: 500_001, distinctIsExact: true, isSampled: false });
    expect(id.quartiles).toEqual([125_000, 250_000, 375_000]);
  });

  it('ends with 2 for a column that is not there and without a file, with 3 for a missing file', async () => {
    const column = await profile(MPG, '--columns', 'mpg,nope', '--json');
    expect([column.code, JSON.parse(column.stdout).error.code]).toEqual([2, 'usage']);
    expect(column.stderr).toContain('has no column nope. It has mpg, cylinders');
    expect((await profile('--json')).code).toBe(2);
    const missing = await profile(join(folder, 'none.csv'), '--json');
    expect([missing.code, JSON.parse(missing.stdout).error.code]).toEqual([3, 'source-missing']);
  });
});
