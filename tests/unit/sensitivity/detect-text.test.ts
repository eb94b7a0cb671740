// Spans in free text: what is found, what is not, and that no input takes long.
import { describe, expect, it } from 'vitest';
import { detectText } from '../../../src/lib/sensitivity/detect-text.ts';

/** `ENTITY:text` of each span. */
const found = (text: string) =>
  detectText(text).map(({ entity, start, end }) => `${entity}:${text.slice(start, end)}`);

describe('spans', () => {
  it('finds the six entities', () => {
    expect(found('Call Anna Kowalska at +48 601 234 567 or write to anna.k+x@mail.example.com.')).toEqual([
      'PERSON:Anna Kowalska',
      'PHONE_NUMBER:+48 601 234 567',
      'EMAIL_ADDRESS:anna.k+x@mail.example.com',
    ]);
    expect(found('Card 4111 1111 1111 1111 used from 10.0.0.1 and 2001:db8::1; born 3/8/1971')).toEqual([
      'CREDIT_CARD:4111 1111 1111 1111',
      'IP_ADDRESS:10.0.0.1',
      'IP_ADDRESS:2001:db8::1',
      'DATE_TIME:3/8/1971',
    ]);
  });

  it('counts UTF-16 units and gives scores', () => {
    const text = '💘 <b@example.org>';
    expect(detectText(text)).toEqual([{ entity: 'EMAIL_ADDRESS', start: 4, end: 17, score: 0.95 }]);
    expect(found('пишіть на анна@приклад.укр')).toEqual(['EMAIL_ADDRESS:анна@приклад.укр']);
  });

  it('goes by context words in several languages', () => {
    expect(found('tel. 030/12345678')).toEqual(['PHONE_NUMBER:030/12345678']);
    expect(found('телефон 067 123 45 67')).toEqual(['PHONE_NUMBER:067 123 45 67']);
    expect(found('geboren am 8.3.1971')).toEqual(['DATE_TIME:8.3.1971']);
    expect(found('née le 12 mars 1980')).toEqual(['DATE_TIME:12 mars 1980']);
    expect(found('Dear Ms Dupont, my name is Zbyszko')).toEqual(['PERSON:Dupont', 'PERSON:Zbyszko']);
    expect(found('Herr Prof. Schmidt kam')).toEqual(['PERSON:Schmidt']);
  });

  it('leaves alone what only looks like something', () => {
    for (const text of [
      '',
      ' ',
      '*****@example.com',
      'a@b',
      'version 1.2.3.4 of 2016-02-03 at 12:34:56',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '550e8400-e29b-41d4-a716-446655440000',
      'order 4111111111111112, 100 pieces at 19.99',
      '0.4532015112830366',
      'std::string::npos',
      'Due 2016-02-03',
      'ISBN 978-3-16-148410-0',
      '***-***-1234 and **** **** **** 1111',
      'SELECT * FROM users WHERE id = 12345678',
    ])
      expect(found(text), text).toEqual([]);
  });

  it('never overlaps', () => {
    const text = 'Anna Kowalska anna@example.org +1 202 555 0143 4111111111111111 10.0.0.1 '.repeat(200);
    const spans = detectText(text);
    expect(spans.length).toBe(1000);
    for (const [index, span] of spans.entries())
      expect(span.start).toBeGreaterThanOrEqual(spans[index - 1]?.end ?? 0);
  });
});

describe('hostile texts', () => {
  it.each([
    ['one letter', 'a'],
    ['at signs', 'a@'],
    ['dotted domains', 'a@b.'],
    ['digits', '1'],
    ['digits and blanks', '1 '],
    ['digits and dashes', '1-'],
    ['capitals', 'A'],
    ['capitalized words', 'Aa '],
    ['colons', 'abcd:'],
    ['dots', '1.'],
    ['brackets', '('],
    ['blanks', ' '],
    ['context words', 'born tel '],
    ['lone surrogates', '\uD83D'],
  ])('takes a megabyte of %s in a moment', (_, part) => {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    const started = performance.now();
    expect(detectText(text)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
