// Words of column names in many spellings.
import { describe, expect, it } from 'vitest';
import { findNameHint, splitName } from '../../../src/lib/sensitivity/name-hint.ts';

const HINTS = {
  strong: ['firstname', 'prénom', 'ipaddress', 'password', 'імя', 'straße'],
  weak: ['name'],
  against: ['file', 'count'],
};

describe('splitting a name', () => {
  it('knows the common spellings', () => {
    expect(splitName('userFirstName')).toEqual(['user', 'first', 'name']);
    expect(splitName('IPAddress')).toEqual(['ip', 'address']);
    expect(splitName('first-name__2')).toEqual(['first', 'name', '2']);
    expect(splitName(' E-Mail (work) ')).toEqual(['e', 'mail', 'work']);
    expect(splitName('Prénom')).toEqual(['prenom']);
    expect(splitName('Cost Total $')).toEqual(['cost', 'total']);
    expect(splitName('Дата_народження')).toEqual(['дата', 'народження']);
  });

  it('takes anything', () => {
    expect(splitName('')).toEqual([]);
    expect(splitName('❤️💔')).toEqual([]);
    expect(splitName('a'.repeat(100_000))).toEqual(['a'.repeat(512)]);
    expect(splitName('\u0000\uD800')).toEqual([]);
  });
});

describe('finding a hint', () => {
  it('compares whole words, in any spelling', () => {
    for (const name of [
      'first_name',
      'firstName',
      'FirstName',
      'FIRST NAME',
      'firstname',
      'customer.first-name',
    ])
      expect(findNameHint(name, HINTS)?.strength, name).toBe('strong');
    expect(findNameHint('Prenom', HINTS)).toEqual({ words: 'prenom', strength: 'strong' });
    expect(findNameHint("ім'я", HINTS)?.strength).toBe('strong');
    expect(findNameHint('STRASSE', HINTS)?.strength).toBe('strong');
    expect(findNameHint('rename', HINTS)).toBeNull();
    expect(findNameHint('shipaddress', HINTS)).toBeNull();
    expect(findNameHint('', HINTS)).toBeNull();
  });

  it('takes a long hint for part of a longer word', () => {
    expect(findNameHint('userpassword', HINTS)?.strength).toBe('strong');
  });

  it('is weakened by words that speak against', () => {
    expect(findNameHint('name', HINTS)).toEqual({ words: 'name', strength: 'weak' });
    expect(findNameHint('first_name_count', HINTS)).toEqual({ words: 'first name', strength: 'weak' });
  });
});
