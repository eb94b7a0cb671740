import { describe, expect, it } from 'vitest';
import { questionFor, unaskedColumns, type AskedColumn } from '../../../src/lib/share/known-values.ts';

const column = (name: string, type: string, sensitivity: AskedColumn['sensitivity']): AskedColumn => ({
  name,
  type,
  sensitivity,
  column: `users.${name}`,
  entity: null,
});

describe('columns that are not asked for values', () => {
  it('are named where they are sensitive and of no plain type, and no others', () => {
    const columns = [
      column('email', 'VARCHAR', 'direct'),
      column('emails', 'VARCHAR[]', 'direct'),
      column('address', 'STRUCT(street VARCHAR, town VARCHAR)', 'quasi'),
      column('pay', 'DECIMAL(18,3)', 'secret'),
      column('seen', 'TIMESTAMP WITH TIME ZONE', 'quasi'),
      column('tags', 'VARCHAR[]', 'none'),
    ];
    expect(unaskedColumns(columns)).toEqual(['emails', 'address', 'seen']);
    const question = questionFor('users', columns, [{ text: 'x', isWhole: true }]) ?? '';
    const isAsked = (name: string) => question.includes(`"${name}"`);
    expect(columns.filter(({ name }) => isAsked(name)).map(({ name }) => name)).toEqual(['email', 'pay']);
  });
});
