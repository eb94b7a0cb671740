// The rule `risk` over rows that were read back in the real engine.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../../src/lib/base/result.ts';
import type { Engine } from '../../../../src/lib/engine/contract.ts';
import type { GateInput } from '../../../../src/lib/gate/gate-input.ts';
import { dropTables, readFilesBack } from '../../../../src/lib/gate/read-back.ts';
import { judgeRisk } from '../../../../src/lib/gate/rules/risk.ts';
import { column, direct, openEngine, publicationOf, steps } from '../gate-under-test.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function judge(input: GateInput) {
  const readBack = await readFilesBack(input);
  try {
    return unwrap(await judgeRisk({ ...input, table: readBack.tables[0] ?? null }));
  } finally {
    await dropTables(engine, readBack.tables);
  }
}

/** 40 rows: countries of 10 each, ages 20 to 59, one of each. */
const PEOPLE = `SELECT ['UA', 'PL', 'DE', 'FR'][1 + i % 4] AS country, (20 + i)::INTEGER AS age, 100.0 * i AS salary FROM range(40) r(i)`;
const TRACED = [
  column('country', [direct('country', 'country')]),
  column('age', [direct('age', 'age')]),
  column('salary', [direct('salary', 'salary')]),
];

describe('quasi-identifiers', () => {
  it('blocks those that were found and not declared, and offers to declare them', async () => {
    const verdict = await judge(
      await publicationOf(engine, PEOPLE, TRACED, { policy: { k: 5, quasi: ['country'] } }),
    );
    expect(verdict).toEqual({
      findings: [
        {
          rule: 'risk',
          severity: 'block',
          column: 'age',
          path: 'users.age → safe.age → module.age',
          message:
            'age identifies in combination with others and is neither declared as a quasi-identifier nor dismissed.',
          mend: {
            text: 'Declare age as a quasi-identifier, so that it counts in the classes, or dismiss it with a reason.',
            declareQuasi: 'age',
          },
        },
      ],
      outcome: {
        rule: 'risk',
        outcome: 'block',
        summary:
          'k 10 of at least 5, 4 classes in 40 rows, 1 quasi-identifier declared, 1 found and not declared',
      },
      risk: {
        rows: 40,
        classes: 4,
        k: 10,
        prosecutorMax: 0.1,
        prosecutorAverage: 0.1,
        recordsAtRisk: 0,
        uniqueness: 0,
        lDiversity: null,
        tCloseness: null,
        nullTreatment: 'own-value',
      },
    });
  });

  it('counts what a mask leaves among them', async () => {
    const traced = [column('domain', [direct('email', 'domain', steps('mask_email!'))])];
    const verdict = await judge(await publicationOf(engine, `SELECT '*****@example.org' AS domain`, traced));
    expect(verdict.findings.map(({ mend }) => mend.declareQuasi)).toEqual(['domain']);
  });

  it('lets a dismissal pass with its reason, cleaned, and not without one', async () => {
    const dismissedFor = async (reason: string) =>
      judge(
        await publicationOf(engine, PEOPLE, TRACED, {
          policy: { k: 5, quasi: ['COUNTRY'], dismissed: { AGE: reason } },
        }),
      );
    const passed = await dismissedFor('Agreed with ada@example.org');
    expect(passed.outcome.outcome).toBe('warn');
    expect(passed.findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      'warn age was dismissed as a quasi-identifier: Agreed with [EMAIL_ADDRESS]',
    ]);
    expect((await dismissedFor('  ')).outcome.outcome).toBe('block');
  });

  it('names a declaration that is no column', async () => {
    const policy = { k: 5, quasi: ['country', 'age_group'], dismissed: { age: 'binned elsewhere' } };
    const verdict = await judge(await publicationOf(engine, PEOPLE, TRACED, { policy }));
    expect(verdict.findings.map(({ message }) => message)).toContain(
      'age_group is declared as a quasi-identifier and is no column of this data set.',
    );
    expect(verdict.outcome.outcome).toBe('warn');
  });
});

describe('classes', () => {
  it('blocks a k below the limit and says what to make coarser, with figures', async () => {
    const verdict = await judge(
      await publicationOf(engine, PEOPLE, TRACED, { policy: { k: 5, quasi: ['country', 'age'] } }),
    );
    expect(verdict.risk).toMatchObject({ k: 1, classes: 40, uniqueness: 1 });
    expect(verdict.findings).toEqual([
      {
        rule: 'risk',
        severity: 'block',
        column: 'age',
        path: null,
        message:
          'The smallest class of rows that are equal in country, age has 1 row; the policy asks for at least 5. 40 rows of 40 stand in classes smaller than that.',
        mend: {
          text: 'Make age coarser with bucket_number(age, 5): without it 0.0 % of the rows would be at risk instead of 100.0 % (k 10). Or leave out the 40 rows in small classes.',
          expression: 'bucket_number(age, 5)',
        },
      },
    ]);
  });

  it('suggests a coarser part for dates, and none for text', async () => {
    const expressionFor = async (sql: string) => {
      const traced = [column('x', [direct('country', 'x')])];
      const { findings } = await judge(
        await publicationOf(engine, sql, traced, { policy: { k: 3, quasi: ['x'] } }),
      );
      return findings.map(({ mend }) => mend.expression ?? mend.text);
    };
    expect(await expressionFor(`SELECT DATE '1971-03-08' + i::INTEGER AS x FROM range(9) r(i)`)).toEqual([
      "truncate_date(x, 'year')",
    ]);
    expect(await expressionFor(`SELECT make_date((1960 + i)::BIGINT, 1, 1) AS x FROM range(9) r(i)`)).toEqual(
      ["truncate_date(x, 'decade')"],
    );
    expect(await expressionFor(`SELECT 'v' || i AS x FROM range(9) r(i)`)).toEqual([
      'Make x coarser, or leave it out: without it 0.0 % of the rows would be at risk instead of 100.0 % (k 9). Or leave out the 9 rows in small classes.',
    ]);
  });

  it('offers no expression that would change nothing', async () => {
    const mendFor = async (sql: string, via: ReturnType<typeof steps> = []) => {
      const traced = [column('x', [direct('birthdate', 'x', via)])];
      const { findings } = await judge(
        await publicationOf(engine, sql, traced, { policy: { k: 3, quasi: ['x'] } }),
      );
      return findings.map(({ column: name, mend }) => [name, mend]);
    };
    const figures =
      'without it 0.0 % of the rows would be at risk instead of 100.0 % (k 9). Or leave out the 9 rows in small classes.';
    const decades = `SELECT make_date((1900 + 10 * i)::BIGINT, 1, 1) AS x FROM range(9) r(i)`;
    const years = `SELECT make_date((1960 + i)::BIGINT, 1, 1) AS x FROM range(9) r(i)`;
    expect(await mendFor(decades)).toEqual([[null, { text: `Make x coarser, or leave it out: ${figures}` }]]);
    const inWords = {
      text: `Make x coarser with a longer part in the truncate_date it went through, or leave it out: ${figures}`,
    };
    expect(await mendFor(decades, steps('truncate_date!'))).toEqual([[null, inWords]]);
    expect(await mendFor(years, steps('truncate_date!'))).toEqual([[null, inWords]]);
    expect(await mendFor(years, steps('truncate_date'))).toMatchObject([
      ['x', { expression: "truncate_date(x, 'decade')" }],
    ]);
    expect(
      await mendFor(`SELECT bucket_number(10 * i, 10) AS x FROM range(9) r(i)`, steps('bucket_number!')),
    ).toEqual([
      [
        null,
        {
          text: `Make x coarser with wider ranges in the bucket_number it went through, or leave it out: ${figures}`,
        },
      ],
    ]);
    // Nine whole numbers far apart: ranges of a tenth of the spread would hold one each.
    expect(await mendFor(`SELECT (100 * i)::INTEGER AS x FROM range(9) r(i)`)).toEqual([
      [null, { text: `Make x coarser, or leave it out: ${figures}` }],
    ]);
  });

  it('passes without quasi-identifiers, and without rows', async () => {
    const none = await judge(await publicationOf(engine, 'SELECT 1 AS n', null));
    expect(none).toEqual({
      findings: [],
      risk: null,
      outcome: { rule: 'risk', outcome: 'pass', summary: '0 quasi-identifiers declared' },
    });
    const empty = await publicationOf(engine, `${PEOPLE} WHERE i > 99`, TRACED, {
      policy: { k: 5, quasi: ['country', 'age'] },
    });
    const verdict = await judge({
      ...empty,
      files: empty.files.filter(({ format }) => format === 'parquet'),
    });
    expect(verdict.outcome).toEqual({
      rule: 'risk',
      outcome: 'pass',
      summary: '2 quasi-identifiers declared, no rows',
    });
    expect(verdict.risk).toMatchObject({ rows: 0, k: 0 });
  });

  it('blocks where nothing can be measured', async () => {
    const input = await publicationOf(engine, PEOPLE, TRACED, {
      policy: { k: 5, quasi: ['country', 'age'] },
    });
    const unread = unwrap(await judgeRisk({ ...input, table: null }));
    expect(unread).toMatchObject({ risk: null, outcome: { outcome: 'block' } });
    for (const k of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect((await judge({ ...input, policy: { k, quasi: ['country', 'age'] } })).outcome.outcome).toBe(
        'block',
      );
  });
});

describe('fewer rows than k', () => {
  const judgeRows = async (
    traced: Parameters<typeof publicationOf>[2],
    more: Parameters<typeof publicationOf>[3] = {},
    sql = `SELECT 'x' AS x FROM range(4)`,
  ) =>
    (
      await judge(await publicationOf(engine, sql, traced, { policy: { k: 5, quasi: [] }, ...more }))
    ).findings.map(({ severity, message }) => `${severity} ${message}`);
  const says = (from: string) =>
    `block The data set has only 4 rows, and x holds values of single people (from users.${from}); the policy asks for at least 5 rows.`;

  it('block where they hold values of people, also as tokens and masks, and picked ones', async () => {
    for (const via of [['hmac_sha256!'], ['redact!'], ['hmac_sha256!', 'upper']])
      expect(await judgeRows([column('x', [direct('email', 'x', steps(...via))])])).toEqual([says('email')]);
    const picked = {
      ...direct('email', 'x', steps('hmac_sha256!', 'max')),
      kind: 'aggregation' as const,
    };
    expect(await judgeRows([column('x', [picked])])).toEqual([says('email')]);
    expect(await judgeRows([column('x', [direct('pin', 'x', steps('hmac_sha256!'))])])).toEqual([
      says('pin'),
    ]);
    const dismissed = { policy: { k: 5, quasi: [], dismissed: { x: 'known to all' } } };
    expect(await judgeRows([column('x', [direct('country', 'x')])], dismissed)).toEqual([
      'warn x was dismissed as a quasi-identifier: known to all',
      says('country'),
    ]);
  });

  it('pass where there are enough, none, or nothing of people but counts, means and validators', async () => {
    const token = [column('x', [direct('email', 'x', steps('hmac_sha256!'))])];
    expect(await judgeRows(token, {}, `SELECT 'x' AS x FROM range(5)`)).toEqual([]);
    expect(await judgeRows(token, { policy: { k: 4, quasi: [] } })).toEqual([]);
    expect(await judgeRows([column('x', [direct('salary', 'x')])])).toEqual([]);
    expect(await judgeRows([column('x')])).toEqual([]);
    expect(await judgeRows([column('x', [direct('email', 'x', steps('count'))])])).toEqual([]);
    const none = await publicationOf(engine, `SELECT 'x' AS x WHERE false`, token, {
      policy: { k: 5, quasi: [] },
    });
    expect(
      (await judge({ ...none, files: none.files.filter(({ format }) => format === 'parquet') })).findings,
    ).toEqual([]);
  });

  it('say to widen the filter, where no coarser form can help', async () => {
    const verdict = await judge(
      await publicationOf(engine, `${PEOPLE} WHERE i < 3`, TRACED, {
        policy: { k: 5, quasi: ['country', 'age'] },
      }),
    );
    expect(verdict.findings.map(({ mend }) => mend)).toEqual([
      {
        text: 'Widen the filter so that at least 5 rows are left, or publish only counts and means (count, sum, avg).',
      },
    ]);
  });
});
