// What a guessed type would change, found byte by byte.
import { describe, expect, it } from 'vitest';
import {
  FieldScanner,
  judgeField,
  SEEN,
  type GuessedKind,
} from '../../../../workers/engine/import/lossy-fields.ts';

const format = { delimiter: ',', quote: '"', comment: '', linesBefore: 0, nullText: [] as string[] };

function seen(
  text: string,
  kinds: readonly GuessedKind[],
  change: Partial<typeof format> = {},
  piece = 1e9,
): number[] {
  const scanner = new FieldScanner(kinds, { ...format, ...change });
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += piece) scanner.scan(bytes.slice(start, start + piece));
  scanner.end();
  return [...scanner.seen];
}

describe('judging a field', () => {
  it.each<[string, GuessedKind, number]>([
    ['0', 'whole', 0],
    ['-12', 'whole', 0],
    ['9007199254740991', 'whole', 0],
    ['9007199254740993', 'whole', SEEN.wide],
    ['-9223372036854775808', 'whole', SEEN.wide],
    ['9223372036854775808', 'whole', SEEN.huge | SEEN.wide],
    ['-9223372036854775809', 'whole', SEEN.huge | SEEN.wide],
    ['007', 'whole', SEEN.text],
    ['-07', 'whole', SEEN.text],
    ['+49', 'whole', SEEN.text],
    ['00.5', 'whole', SEEN.text],
    ['1.5', 'whole', SEEN.fraction],
    ['1e3', 'whole', SEEN.fraction],
    ['.5', 'whole', SEEN.fraction],
    ['n/a', 'whole', SEEN.text],
    ['1_000', 'whole', SEEN.text],
    ['0x10', 'whole', SEEN.text],
    ['0.5', 'double', 0],
    ['007.5', 'double', SEEN.text],
    ['+1', 'double', SEEN.text],
    ['12345678901234567890', 'double', SEEN.wide],
    ['10000000000000000000000', 'double', 0],
    ['n/a', 'double', 0],
    ['2020-01-01', 'date', 0],
    ['2020-01-01 10:00', 'date', SEEN.clock],
    ['2020-01-01T10:00:00Z', 'date', SEEN.clock | SEEN.zone],
    ['2020-01-01 10:00:00.123456', 'timestamp', 0],
    ['2020-01-01 10:00:00.1234567', 'timestamp', SEEN.text],
    ['2020-01-01 10:00:00+02', 'timestamp', SEEN.zone],
    ['2020-01-01 10:00:00-05:30', 'timestamp', SEEN.zone],
    ['2020-01-01', 'timestamp', 0],
    ['10:00:00.123456789', 'time', SEEN.text],
    ['anything', 'other', 0],
  ])('%s as %s', (text, kind, expected) => {
    expect(judgeField(text, kind)).toBe(expected);
  });
});

describe('scanning a file', () => {
  it.each([1, 2, 3, 7, 1_000_000])('finds the same in pieces of %d bytes', (piece) => {
    const text = 'a,b,c\r\n1,2,3\r\n"1,5",007,"x\r\n007"\r\n\r\n-4, 9223372036854775808 ,"0012"\r\n';
    expect(seen(text, ['whole', 'whole', 'whole'], { linesBefore: 1 }, piece)).toEqual([
      SEEN.fraction,
      SEEN.text | SEEN.huge | SEEN.wide,
      SEEN.text,
    ]);
  });

  it('judges the last field without a line end', () => {
    expect(seen('1\n007', ['whole'])).toEqual([SEEN.text]);
  });

  it('skips headers, comments, texts for NULL and lines with another number of fields', () => {
    const text = 'x,y\n#007,008\nNA,1\n007,1,2\n007\n3,4\n';
    expect(seen(text, ['whole', 'whole'], { linesBefore: 1, comment: '#', nullText: ['NA'] })).toEqual([
      0, 0,
    ]);
  });

  it('takes CR alone for a line end', () => {
    expect(seen('1,2\r3,007\r', ['whole', 'whole'])).toEqual([0, SEEN.text]);
  });

  it('reads quotes as text where there is no quoting', () => {
    expect(seen('"007",1\n', ['whole', 'whole'], { quote: '' })).toEqual([SEEN.text, 0]);
  });

  it('stays quick and small on a field of ten megabytes', () => {
    const started = performance.now();
    expect(seen(`${'9'.repeat(10_000_000)},1\n`, ['whole', 'whole'])).toEqual([SEEN.huge | SEEN.wide, 0]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
