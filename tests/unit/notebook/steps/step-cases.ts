// What each step makes of small relations: rows written down by hand; data only.
import type { StepSpec } from '../../../../src/lib/notebook/steps/step-types.ts';

export interface StepCase {
  readonly says: string;
  readonly step: StepSpec;
  readonly columns: string;
  /** Rows as JSON, in order. */
  readonly rows: string;
}

/** Tables the cases read. `odd` has a hostile name of a column; `none` no rows. */
export const RELATIONS: Readonly<Record<string, string>> = {
  pay: `SELECT * FROM (VALUES (1, 'a', 10.0::DOUBLE), (2, 'a', NULL), (3, 'b', 40.0), (4, 'b', 'NaN'::DOUBLE), (5, NULL, 10.0))
    t(id, dept, pay)`,
  holes: `SELECT * FROM (VALUES (1, 1.0::DOUBLE, NULL), (2, 'NaN'::DOUBLE, DATE '2020-01-01'), (3, NULL, DATE '2020-01-02'), (4, 'NaN'::DOUBLE, NULL), (5, 2.0, DATE '2020-01-01')) t(id, x, d)`,
  none: `SELECT 1 AS id, 'a' AS dept, 1.0::DOUBLE AS pay WHERE FALSE`,
  endless: `SELECT * FROM (VALUES (1, 1.0::DOUBLE), (2, 3.0), (3, 'Infinity'::DOUBLE), (4, NULL)) t(id, x)`,
  signs: `SELECT * FROM (VALUES (1, '1,234'), (2, '12.5'), (3, '1.234,5'), (4, '1.234')) t(id, n)`,
  flat: `SELECT * FROM (VALUES (1, 0.1::DOUBLE), (2, 0.1), (3, 0.1)) t(id, pay)`,
  far: `SELECT * FROM (VALUES (1, 10), (2, 11), (3, 12), (4, 13), (5, 100), (6, NULL)) t(id, n)`,
  odd: `SELECT * FROM (VALUES (1, ' Ab  c '), (2, ''), (3, NULL)) t(id, "we""ird, name")`,
  words: `SELECT * FROM (VALUES ('1.234,50', '31/12/2020', 'yes'), ('x', '01/02/2020', 'maybe')) t(n, d, b)`,
  people: `SELECT * FROM (VALUES ('ada@example.org', 'Ada', 2019, NULL), ('bob@example.org', NULL, 2020, 'x'),
    ('ada@example.org', 'Ada L', 2021, 'y'), (NULL, 'Eve', 2022, 'z')) t(email, name, year, note)`,
  cities: `SELECT * FROM (VALUES ('Kyiv', 'UA'), ('New York', 'US'), ('new-york', 'US'), (NULL, NULL)) t(city, land)`,
  lands: `SELECT * FROM (VALUES ('UA', 'Ukraine', 1), ('US', 'United States', 2), ('PL', 'Poland', 3)) t(code, label, id)`,
  rates: `SELECT * FROM (VALUES ('UA', 2020, 1.5), ('UA', 2022, 2.5)) t(land, since, rate)`,
  sales: `SELECT * FROM (VALUES ('UA', 2019), ('UA', 2021), ('UA', 2022)) t(land, year)`,
};

const step = (kind: StepSpec['kind'], of: string, parameters: StepSpec['parameters']): StepSpec => ({
  kind,
  of,
  parameters,
});

export const STEP_CASES: readonly StepCase[] = [
  {
    says: 'the mean of what is finite',
    step: step('impute-mean', 'endless', { column: 'x' }),
    columns: 'id x',
    rows: '[[1,1],[2,3],[3,"Infinity"],[4,2]]',
  },
  {
    says: 'an infinite value stays so and does not decide the scale',
    step: step('scale', 'endless', { column: 'x' }),
    columns: 'id x',
    rows: '[[1,-1],[2,1],[3,"Infinity"],[4,null]]',
  },
  {
    says: 'an infinite value is an outlier and does not move the bounds',
    step: step('outliers', 'endless', { column: 'x', method: 'zscore' }),
    columns: 'id x x_outlier',
    rows: '[[1,1,false],[2,3,false],[3,"Infinity",true],[4,null,false]]',
  },
  {
    says: 'numbers by their decimal sign; what is none with it is NULL',
    step: step('parse', 'signs', { column: 'n', format: ',' }),
    columns: 'id n',
    rows: '[[1,1.234],[2,null],[3,1234.5],[4,1234]]',
  },
  {
    says: 'the mean of what is there, NaN counted as missing',
    step: step('impute-mean', 'pay', { column: 'pay' }),
    columns: 'id dept pay',
    rows: '[[1,"a",10],[2,"a",20],[3,"b",40],[4,"b",20],[5,null,10]]',
  },
  {
    says: 'the median',
    step: step('impute-median', 'pay', { column: ['pay'] }),
    columns: 'id dept pay',
    rows: '[[1,"a",10],[2,"a",10],[3,"b",40],[4,"b",10],[5,null,10]]',
  },
  {
    says: 'the most frequent value, of several the first',
    step: step('impute-mode', 'pay', { column: 'dept' }),
    columns: 'id dept pay',
    rows: '[[1,"a",10],[2,"a",null],[3,"b",40],[4,"b","NaN"],[5,"a",10]]',
  },
  {
    says: 'the most frequent value, NaN counted as missing',
    step: step('impute-mode', 'holes', { column: ['x', 'd'] }),
    columns: 'id x d',
    rows: '[[1,1,"2020-01-01"],[2,1,"2020-01-01"],[3,1,"2020-01-02"],[4,1,"2020-01-01"],[5,2,"2020-01-01"]]',
  },
  {
    says: 'the value before, NaN counted as missing',
    step: step('impute-forward', 'holes', { column: ['x', 'd'], order: 'id' }),
    columns: 'id x d',
    rows: '[[1,1,null],[2,1,"2020-01-01"],[3,1,"2020-01-02"],[4,1,"2020-01-02"],[5,2,"2020-01-01"]]',
  },
  {
    says: 'a value, for several columns',
    step: step('impute-value', 'pay', { column: 'dept', value: "o'x" }),
    columns: 'id dept pay',
    rows: '[[1,"a",10],[2,"a",null],[3,"b",40],[4,"b","NaN"],[5,"o\'x",10]]',
  },
  {
    says: 'the mean of the group; without any it stays missing',
    step: step('impute-group-mean', 'pay', { column: 'pay', group: 'dept' }),
    columns: 'id dept pay',
    rows: '[[1,"a",10],[2,"a",10],[3,"b",40],[4,"b",40],[5,null,10]]',
  },
  {
    says: 'the value before, in order',
    step: step('impute-forward', 'pay', { column: 'dept', order: 'id' }),
    columns: 'id dept pay',
    rows: '[[1,"a",10],[2,"a",null],[3,"b",40],[4,"b","NaN"],[5,"b",10]]',
  },
  {
    says: 'no rows give no rows',
    step: step('impute-mean', 'none', { column: 'pay' }),
    columns: 'id dept pay',
    rows: '[]',
  },
  {
    says: 'beyond the quartiles',
    step: step('outliers', 'far', { column: 'n' }),
    columns: 'id n n_outlier',
    rows: '[[1,10,false],[2,11,false],[3,12,false],[4,13,false],[5,100,true],[6,null,false]]',
  },
  {
    says: 'removed, but for a value that was looked at',
    step: step('outliers', 'far', { column: 'n', action: 'remove', threshold: 0.1, keep: [10] }),
    columns: 'id n',
    rows: '[[1,10],[2,11],[3,12],[4,13],[6,null]]',
  },
  {
    says: 'clipped to the bound',
    step: step('outliers', 'far', { column: 'n', action: 'clip' }),
    columns: 'id n',
    rows: '[[1,10],[2,11],[3,12],[4,13],[5,16],[6,null]]',
  },
  {
    says: 'clipped, NaN is no large number',
    step: step('outliers', 'pay', { column: 'pay', action: 'clip', threshold: 0 }),
    columns: 'id dept pay',
    rows: '[[1,"a",10],[2,"a",null],[3,"b",25],[4,"b","NaN"],[5,null,10]]',
  },
  {
    says: 'by z-score, a constant column has none',
    step: step('outliers', 'flat', { column: 'pay', method: 'zscore' }),
    columns: 'id pay pay_outlier',
    rows: '[[1,0.1,false],[2,0.1,false],[3,0.1,false]]',
  },
  {
    says: 'by z-score: of five rows none reaches 2 but one reaches 1.9',
    step: step('outliers', 'far', { column: 'n', method: 'zscore', threshold: 1.9, action: 'remove' }),
    columns: 'id n',
    rows: '[[1,10],[2,11],[3,12],[4,13],[6,null]]',
  },
  {
    says: 'from 0 to 1',
    step: step('scale', 'pay', { column: 'pay', method: 'minmax' }),
    columns: 'id dept pay',
    rows: '[[1,"a",0],[2,"a",null],[3,"b",1],[4,"b",null],[5,null,0]]',
  },
  {
    says: 'a constant column becomes 0',
    step: step('scale', 'flat', { column: 'pay', method: 'minmax', add: true }),
    columns: 'id pay pay_scaled',
    rows: '[[1,0.1,0],[2,0.1,0],[3,0.1,0]]',
  },
  {
    says: 'population standard deviation',
    step: step('scale', 'pay', { column: 'id' }),
    columns: 'id dept pay',
    rows: '[[-1.414213562373095,"a",10],[-0.7071067811865475,"a",null],[0,"b",40],[0.7071067811865475,"b","NaN"],[1.414213562373095,null,10]]',
  },
  {
    says: 'median and interquartile range',
    step: step('scale', 'pay', { column: 'id', method: 'robust' }),
    columns: 'id dept pay',
    rows: '[[-1,"a",10],[-0.5,"a",null],[0,"b",40],[0.5,"b","NaN"],[1,null,10]]',
  },
  {
    says: 'blanks, casing, nothing becomes NULL; a hostile name',
    step: step('text', 'odd', { column: 'we"ird, name', case: 'upper' }),
    columns: 'id we"ird, name',
    rows: '[[1,"AB C"],[2,null],[3,null]]',
  },
  {
    says: 'numbers, told the decimal sign',
    step: step('parse', 'words', { column: 'n', format: ',' }),
    columns: 'n d b',
    rows: '[[1234.5,"31/12/2020","yes"],[null,"01/02/2020","maybe"]]',
  },
  {
    says: 'dates that can be one day only',
    step: step('parse', 'words', { column: 'd', as: 'date' }),
    columns: 'n d b',
    rows: '[["1.234,50","2020-12-31","yes"],["x",null,"maybe"]]',
  },
  {
    says: 'dates of a format',
    step: step('parse', 'words', { column: 'd', as: 'date', format: '%d/%m/%Y' }),
    columns: 'n d b',
    rows: '[["1.234,50","2020-12-31","yes"],["x","2020-02-01","maybe"]]',
  },
  {
    says: 'truth values',
    step: step('parse', 'words', { column: 'b', as: 'boolean' }),
    columns: 'n d b',
    rows: '[["1.234,50","31/12/2020",true],["x","01/02/2020",null]]',
  },
  {
    says: 'labels in sorted order',
    step: step('encode-label', 'cities', { column: 'land' }),
    columns: 'city land land_code',
    rows: '[["Kyiv","UA",0],["New York","US",1],["new-york","US",1],[null,null,null]]',
  },
  {
    says: 'a given order',
    step: step('encode-ordinal', 'cities', { column: 'land', order: ['US', 'PL'] }),
    columns: 'city land land_rank',
    rows: '[["Kyiv","UA",null],["New York","US",0],["new-york","US",0],[null,null,null]]',
  },
  {
    says: 'frequency',
    step: step('encode-frequency', 'cities', { column: 'land' }),
    columns: 'city land land_frequency',
    rows: '[["Kyiv","UA",0.25],["New York","US",0.5],["new-york","US",0.5],[null,null,null]]',
  },
  {
    says: 'one-hot; equal slugs are numbered; unseen and NULL are 0',
    step: step('encode-one-hot', 'cities', { column: 'city', values: ['New York', 'new-york', 'Łódź'] }),
    columns: 'land city_new_york city_new_york_2 city_łodz',
    rows: '[["UA",0,0,0],["US",1,0,0],["US",0,1,0],[null,0,0,0]]',
  },
  {
    says: 'the first of equal rows, in the order of the rows; NULL is a key of its own',
    step: step('deduplicate', 'people', { keys: 'email' }),
    columns: 'email name year note',
    rows: '[["ada@example.org","Ada",2019,null],["bob@example.org",null,2020,"x"],[null,"Eve",2022,"z"]]',
  },
  {
    says: 'the last, in the order of a column',
    step: step('deduplicate', 'people', { keys: ['email'], keep: 'last', order: 'year' }),
    columns: 'email name year note',
    rows: '[["bob@example.org",null,2020,"x"],["ada@example.org","Ada L",2021,"y"],[null,"Eve",2022,"z"]]',
  },
  {
    says: 'the row with most values, compared by token',
    step: step('deduplicate', 'people', {
      keys: 'email',
      keep: 'most-complete',
      columns: ['name', 'note'],
      token: true,
    }),
    columns: 'email name year note',
    rows: '[["bob@example.org",null,2020,"x"],["ada@example.org","Ada L",2021,"y"],[null,"Eve",2022,"z"]]',
  },
  {
    says: 'masks',
    step: step('mask', 'people', { column: 'email', macro: 'mask_email' }),
    columns: 'email name year note',
    rows: '[["*****@example.org","Ada",2019,null],["*****@example.org",null,2020,"x"],["*****@example.org","Ada L",2021,"y"],[null,"Eve",2022,"z"]]',
  },
  {
    says: 'ranges',
    step: step('generalize', 'far', { column: 'n', macro: 'bucket_number', argument: 50 }),
    columns: 'id n',
    rows: '[[1,"0-49"],[2,"0-49"],[3,"0-49"],[4,"0-49"],[5,"100-149"],[6,null]]',
  },
  {
    says: 'an argument of its own where none is given',
    step: step('generalize', 'far', { column: 'n', macro: 'bucket_age' }),
    columns: 'id n',
    rows: '[[1,"10-19"],[2,"10-19"],[3,"10-19"],[4,"10-19"],[5,"90+"],[6,null]]',
  },
  {
    says: 'columns of what matches beside, named apart',
    step: step('join', 'cities', {
      with: 'lands',
      on: { land: 'code' },
      take: ['label', 'id'],
      prefix: 'l_',
    }),
    columns: 'city land l_label l_id',
    rows: '[["Kyiv","UA","Ukraine",1],["New York","US","United States",2],["new-york","US","United States",2],[null,null,null,null]]',
  },
  {
    says: 'rows that match only',
    step: step('join', 'lands', { with: 'cities', type: 'semi', on: { code: 'land' } }),
    columns: 'code label id',
    rows: '[["UA","Ukraine",1],["US","United States",2]]',
  },
  {
    says: 'rows without a match',
    step: step('join', 'lands', { with: 'cities', type: 'anti', on: { code: 'land' } }),
    columns: 'code label id',
    rows: '[["PL","Poland",3]]',
  },
  {
    says: 'the last match before; the engine puts rows without one last',
    step: step('join', 'sales', {
      with: 'rates',
      type: 'asof',
      on: { land: 'land', year: 'since' },
      take: 'rate',
    }),
    columns: 'land year rate',
    rows: '[["UA",2021,"1.5"],["UA",2022,"2.5"],["UA",2019,null]]',
  },
  {
    says: 'rows below, by name, with where they are from',
    step: step('append', 'sales', { with: ['rates'], source: 'origin' }),
    columns: 'land year origin since rate',
    rows: '[["UA",2019,"sales",null,null],["UA",2021,"sales",null,null],["UA",2022,"sales",null,null],["UA",null,"rates",2020,"1.5"],["UA",null,"rates",2022,"2.5"]]',
  },
  {
    says: 'all conditions',
    step: step('filter', 'people', {
      where: [
        { column: 'year', is: 'between', value: [2019, 2021] },
        { column: 'name', is: 'starts with', value: 'ADA' },
        { column: 'email', is: 'present' },
      ],
    }),
    columns: 'email name year note',
    rows: '[["ada@example.org","Ada",2019,null],["ada@example.org","Ada L",2021,"y"]]',
  },
  {
    says: 'any condition drops; what is unknown stays',
    step: step('filter', 'people', {
      where: [
        { column: 'note', is: 'in', value: ['x', "y'"] },
        { column: 'year', is: '>', value: 2021 },
      ],
      match: 'any',
      action: 'drop',
    }),
    columns: 'email name year note',
    rows: '[["ada@example.org","Ada",2019,null],["ada@example.org","Ada L",2021,"y"]]',
  },
  {
    says: 'a column that says so; what is missing is another value',
    step: step('filter', 'people', {
      where: [{ column: 'name', is: '!=', value: 'Ada' }],
      action: 'flag',
      into: 'other',
    }),
    columns: 'email name year note other',
    rows: '[["ada@example.org","Ada",2019,null,false],["bob@example.org",null,2020,"x",true],["ada@example.org","Ada L",2021,"y",true],[null,"Eve",2022,"z",true]]',
  },
  {
    says: 'dropped, retyped, renamed, put first',
    step: step('columns', 'people', {
      drop: ['email'],
      cast: { year: 'VARCHAR' },
      rename: { note: 'remark' },
      first: 'year',
    }),
    columns: 'year name remark',
    rows: '[["2019","Ada",null],["2020",null,"x"],["2021","Ada L","y"],["2022","Eve","z"]]',
  },
];
