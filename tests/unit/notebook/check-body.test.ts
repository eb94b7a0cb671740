// Values of checks in the text form.
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { readCheck, writeCheckBody } from '../../../src/lib/notebook/check-body.ts';

describe('values of a check', () => {
  it('that look like numbers come back as the texts they are', () => {
    const values = ['01234', '1.50', 'true', 'null', '2016', '0x1F', '1e3', '~', '', 2016, 1.5, -0, true];
    const cell = {
      kind: 'check',
      of: 'a',
      checks: [{ kind: 'in_set', parameters: { column: 'zip', values } }],
    } as const;
    expect(unwrap(readCheck('check of=a', writeCheckBody(cell), 1))).toEqual(cell);
  });

  it('keep what was written without quotes where a number would say less', () => {
    const body = '- not_in_set: { column: zip, values: [01234, 1.50, 1.5, -0, 12345678901234567890] }';
    expect(unwrap(readCheck('check of=a', body, 1)).checks[0]?.parameters['values']).toEqual([
      '01234',
      '1.50',
      1.5,
      -0,
      '12345678901234567890',
    ]);
  });
});
