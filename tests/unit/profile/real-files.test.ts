// Real files against facts counted elsewhere: with pandas (README of the data), and with Python where written beside.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { profileColumns } from '../../../src/lib/profile/profile-columns.ts';
import type { ColumnProfile } from '../../../src/lib/profile/profile-types.ts';
import { openEngine } from './engine-under-test.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function profileFile(file: string): Promise<Readonly<Record<string, ColumnProfile>>> {
  const path = new URL(`../../data/${file}`, import.meta.url).pathname;
  const options = { format: 'csv' } as const;
  unwrap(await engine.importFile({ importId: file, table: 'source', handle: { path }, options }));
  const { columns } = unwrap(await profileColumns({ engine, relation: 'source' }));
  return Object.fromEntries(columns.map((column) => [column.name, column]));
}

describe('mpg.csv', () => {
  it('has the mean, deviation and quartiles that pandas gives', async () => {
    const { mpg, horsepower, origin } = await profileFile('mpg.csv');
    expect(mpg).toMatchObject({
      rows: 398,
      nulls: 0,
      distinct: 129,
      min: 9,
      max: 46.6,
      quartiles: [17.5, 23, 29],
    });
    expect(mpg?.mean).toBeCloseTo(23.514572864321607, 10);
    expect(mpg?.stddev).toBeCloseTo(7.815984312565782, 10);
    expect(horsepower?.nulls).toBe(6);
    expect(horsepower?.histogram?.nulls).toBe(6);
    // cut -d, -f8 mpg.csv | sort | uniq -c
    expect(origin?.top).toEqual([
      { value: 'usa', count: 249 },
      { value: 'japan', count: 79 },
      { value: 'europe', count: 70 },
    ]);
  });

  it('has the bins that Python counts', async () => {
    const { mpg } = await profileFile('mpg.csv');
    // python3 -c "import csv,collections;print(sorted(collections.Counter(float(r['mpg'])//5*5 for r in csv.DictReader(open('mpg.csv'))).items()))"
    expect(mpg?.histogram).toEqual({
      rule: 'freedman-diaconis',
      nulls: 0,
      notFinite: 0,
      bins: MPG_BINS.map(([from, count]) => ({ from, to: from + 5, count })),
    });
  });
});

const MPG_BINS: readonly (readonly [number, number])[] = [
  [5, 1],
  [10, 52],
  [15, 98],
  [20, 78],
  [25, 77],
  [30, 56],
  [35, 27],
  [40, 8],
  [45, 1],
];

describe('users.csv', () => {
  it('has the counts that pandas gives', async () => {
    const users = await profileFile('users.csv');
    const counted = ['id', 'ip_address', 'cc', 'salary', 'email', 'birthdate', 'first_name', 'country'].map(
      (name) => [name, users[name]?.nulls, users[name]?.distinct, users[name]?.distinctIsExact],
    );
    expect(counted).toEqual([
      ['id', 0, 1000, true],
      ['ip_address', 0, 1000, true],
      ['cc', 291, 709, true],
      ['salary', 67, 933, true],
      ['email', 16, 984, true],
      ['birthdate', 198, 786, true],
      ['first_name', 16, 197, true],
      ['country', 0, 120, true],
    ]);
    expect(users['cc']?.max).toBe('6771600305307320496');
    expect(users['birthdate']?.histogram?.bins.at(0)).toEqual({
      from: '1950-01-01',
      to: '1960-01-01',
      count: 83,
    });
    // Every address is another: no list of them.
    expect(users['ip_address']?.top).toEqual([]);
  });
});

describe('adult.csv', () => {
  it('has the classes of its columns', async () => {
    const adult = await profileFile('adult.csv');
    // cut -d';' -f1 adult.csv | sort | uniq -c
    expect(adult['sex']?.top).toEqual([
      { value: 'Male', count: 20380 },
      { value: 'Female', count: 9782 },
    ]);
    // python3 -c "import csv,statistics as s;a=[int(r['age']) for r in csv.DictReader(open('adult.csv'),delimiter=';')];print(s.mean(a),s.stdev(a),s.quantiles(a,n=4,method='inclusive'))"
    expect(adult['age']).toMatchObject({ rows: 30162, nulls: 0, quartiles: [28.0, 37.0, 47.0] });
    expect(adult['age']?.mean).toBeCloseTo(38.437901995888865, 10);
    expect(adult['age']?.stddev).toBeCloseTo(13.134664776855985, 10);
  });
});
