// The rule `correlated` over lineage written by hand: tokens beside parts, masks beside masks, and what tells nothing.
import { describe, expect, it } from 'vitest';
import { judgeCorrelated } from '../../../../src/lib/gate/rules/correlated.ts';
import type { ColumnLineage } from '../../../../src/lib/lineage/lineage-types.ts';
import { column, direct, lineageOf, registry, SOURCES, steps } from '../gate-under-test.ts';

const made = (name: string, from: string, ...via: readonly string[]): ColumnLineage =>
  column(name, [direct(from, name, steps(...via))]);

function blocked(...columns: readonly ColumnLineage[]): readonly (string | null)[] {
  return judgeCorrelated({
    columns: columns.map(({ name }) => ({ name, type: 'VARCHAR' })),
    lineage: lineageOf(columns),
    sources: SOURCES,
    registry,
  }).findings.map((finding) => finding.column);
}

describe('two columns of one', () => {
  it('block as token and part, named with what the part shows', () => {
    const verdict = judgeCorrelated({
      columns: ['token', 'shown'].map((name) => ({ name, type: 'VARCHAR' })),
      lineage: lineageOf([made('token', 'phone', 'hmac_sha256!'), made('shown', 'phone', 'mask_phone!')]),
      sources: SOURCES,
      registry,
    });
    expect(verdict).toEqual({
      findings: [
        {
          rule: 'correlated',
          severity: 'block',
          column: 'shown',
          path: 'users.phone → safe.shown → module.shown',
          message:
            'shown shows the last 4 digits of users.phone, and token is a token of the same value: together they narrow down whose token it is.',
          mend: { text: 'Publish shown or token, not both.' },
        },
      ],
      outcome: { rule: 'correlated', outcome: 'block', summary: '1 sanitized source column looked at' },
    });
    expect(blocked(made('t', 'birthdate', 'hmac_sha256!'), made('y', 'birthdate', 'truncate_date!'))).toEqual(
      ['y'],
    );
    expect(
      blocked(made('t', 'phone', 'trim', 'hmac_sha256!'), made('s', 'phone', 'cast', 'mask_phone!')),
    ).toEqual(['s']);
  });

  it('block as masks that may show different parts', () => {
    expect(blocked(made('a', 'cc', 'mask_partial!'), made('b', 'cc', 'mask_partial!'))).toEqual(['b']);
    expect(blocked(made('a', 'cc', 'left', 'mask_card!'), made('b', 'cc', 'right', 'mask_card!'))).toEqual([
      'b',
    ]);
    expect(
      blocked(made('a', 'cc', 'substring', 'mask_card!'), made('b', 'cc', 'substring', 'mask_card!')),
    ).toEqual(['b']);
    expect(blocked(made('a', 'email', 'mask_email!'), made('b', 'email', 'mask_partial!'))).toEqual(['b']);
  });

  it('pass where the one tells nothing beyond the other', () => {
    expect(blocked(made('a', 'cc', 'mask_card!'), made('b', 'cc', 'mask_card!'))).toEqual([]);
    expect(blocked(made('a', 'cc', 'hmac_sha256!'), made('b', 'cc', 'hmac_sha256!'))).toEqual([]);
    expect(blocked(made('t', 'phone', 'hmac_sha256!'), made('r', 'phone', 'redact!'))).toEqual([]);
    expect(blocked(made('t', 'phone', 'hmac_sha256!'), made('n', 'phone', 'mask_phone!', 'count'))).toEqual(
      [],
    );
    expect(
      blocked(made('m', 'phone', 'mask_phone!'), made('t', 'phone', 'mask_phone!', 'hmac_sha256!')),
    ).toEqual([]);
    expect(
      blocked(made('y', 'birthdate', 'truncate_date!'), made('m', 'birthdate', 'truncate_date!')),
    ).toEqual([]);
  });

  it('are held together by their source column alone', () => {
    expect(blocked(made('t', 'email', 'hmac_sha256!'), made('s', 'phone', 'mask_phone!'))).toEqual([]);
    expect(blocked(made('t', 'age', 'hmac_sha256!'), made('b', 'age', 'bucket_age!'))).toEqual([]);
  });
});
