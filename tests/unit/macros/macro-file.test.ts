// What a macro file must look like, and what is said where it does not.
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { parseMacroFile } from '../../../src/lib/macros/macro-file.ts';

const PATH = 'sql-macros/generalize/round_to.sql';
const STATEMENT = `CREATE OR REPLACE MACRO sluice.round_to(v, step := 10) AS
  round(v / step) * step;`;
const LINES = [
  '-- round_to(v, step := 10)',
  '--',
  '-- purpose: Rounds a number',
  '--   to a step.',
  '-- arguments:',
  '--   v: number of any type;',
  '--     NaN stays NaN.',
  '--   step: above zero.',
  '-- null: NULL stays NULL.',
  "-- example: SELECT round_to(23, step := 5) -- it's 25",
  '-- result: 25.0',
  '-- version: 1.2.3',
  '-- sensitivity: quasi',
  '-- shows: the number to the step',
  '-- shows-characters: unbounded',
  '-- produces: none',
  '-- window: no',
  '-- notes: First.',
  '--   note: second.',
];
const FILE = [...LINES, '', STATEMENT].join('\n');
const SANITIZER_LINE = /^-- (sensitivity|shows|shows-characters|produces):/;

const reasonOf = (text: string, path = PATH) => {
  const result = parseMacroFile(path, text);
  return result.ok ? 'ok' : `${result.error.code}: ${result.error.message}`;
};
const without = (field: string) => FILE.replace(new RegExp(`^-- ${field}:.*\\n`, 'm'), '');
const withLine = (field: string, value: string) =>
  FILE.replace(new RegExp(`^-- ${field}:.*$`, 'm'), `-- ${field}: ${value}`);

describe('parseMacroFile', () => {
  it('reads everything a header says', () => {
    expect(unwrap(parseMacroFile(PATH, FILE))).toEqual({
      name: 'round_to',
      topic: 'generalize',
      version: '1.2.3',
      parameters: [
        { name: 'v', default: null, description: 'number of any type; NaN stays NaN.' },
        { name: 'step', default: '10', description: 'above zero.' },
      ],
      signature: 'round_to(v, step := 10)',
      purpose: 'Rounds a number to a step.',
      nullBehaviour: 'NULL stays NULL.',
      example: { sql: "SELECT round_to(23, step := 5) -- it's 25", result: '25.0' },
      notes: 'First. note: second.',
      sanitizer: {
        residual: 'quasi',
        shows: 'the number to the step',
        showsCharacters: null,
        produces: null,
      },
      isWindow: false,
      isPrivate: false,
      script: STATEMENT,
    });
  });

  it('reads Windows line ends, a byte order mark and any folders before the topic', () => {
    const expected = unwrap(parseMacroFile(PATH, FILE));
    expect(
      unwrap(
        parseMacroFile(
          'C:\\app\\sql-macros\\generalize\\round_to.sql',
          `\uFEFF${FILE.replaceAll('\n', '\r\n')}\r\n`,
        ),
      ),
    ).toEqual(expected);
    expect(unwrap(parseMacroFile('generalize/round_to.sql', `${FILE}\n\n`))).toEqual(expected);
  });

  it('takes a macro without the sanitizer lines as none, and a file without notes', () => {
    const text = FILE.split('\n')
      .filter((line) => !SANITIZER_LINE.test(line) && !/notes?:/.test(line))
      .join('\n');
    const macro = unwrap(parseMacroFile(PATH, text));
    expect(macro.sanitizer).toBeNull();
    expect('notes' in macro).toBe(false);
  });

  it('reads parameters with types, defaults that hold commas and brackets, and overloads', () => {
    const text = FILE.replace(
      '-- round_to(v, step := 10)',
      "-- round_to(v, step := list_value('a,)', 2))",
    ).replace(
      STATEMENT,
      "CREATE OR REPLACE MACRO sluice.round_to\n  (v BLOB, step := list_value('a,)', 2)) AS v,\n  (v, step := 1) AS v;",
    );
    expect(
      unwrap(parseMacroFile(PATH, text)).parameters.map(({ name, default: value }) => [name, value]),
    ).toEqual([
      ['v', null],
      ['step', "list_value('a,)', 2)"],
    ]);
  });

  it.each(['purpose', 'null', 'example', 'result', 'version', 'window'])('misses the field %s', (field) => {
    const reason = `macro-file: The macro file ${PATH} cannot be used: the header lacks "${field}".`;
    const shorten = (text: string) => text.replace('--   to a step.\n', '');
    expect(reasonOf(shorten(without(field)))).toBe(reason);
    expect(reasonOf(shorten(withLine(field, '')))).toBe(reason);
  });

  it.each(['sensitivity', 'shows', 'shows-characters', 'produces'])(
    'misses the sanitizer field %s',
    (field) => {
      expect(reasonOf(without(field))).toContain(`a sanitizer also needs the header "${field}"`);
    },
  );

  it.each([
    ['version', '1.0', '"version" must be three numbers'],
    ['version', '01.0.0', '"version" must be three numbers'],
    ['version', '1.0.0-beta', '"version" must be three numbers'],
    ['sensitivity', 'low', '"sensitivity" must be one of none, quasi, direct, secret'],
    ['shows-characters', 'four', '"shows-characters" must be a number or "unbounded"'],
    ['shows-characters', '-1', '"shows-characters" must be a number or "unbounded"'],
    ['produces', 'e-mail', '"produces" must be an entity'],
    ['window', 'maybe', '"window" must be yes or no'],
  ])('refuses %s: %s', (field, value, reason) => {
    expect(reasonOf(withLine(field, value))).toContain(reason);
  });

  it.each([
    ['an unknown field', FILE.replace('-- null:', '-- nulls:'), 'the header field "nulls" is not known'],
    [
      'a field that stands there twice',
      FILE.replace('-- window: no', '-- window: no\n-- window: yes'),
      'stands there twice',
    ],
    [
      'an argument that stands there twice',
      FILE.replace('--   step: above', '--   v: twice.\n--   step: above'),
      'the argument "v" is described twice',
    ],
    [
      'an argument that is not described',
      FILE.replace('--   step: above zero.\n', ''),
      'describes the arguments (v), the statement declares (v, step)',
    ],
    [
      'an argument that is not there',
      FILE.replace('--   step:', '--   by:'),
      'describes the arguments (v, by), the statement declares (v, step)',
    ],
    [
      'another signature',
      FILE.replace('-- round_to(v, step := 10)', '-- round_to(v)'),
      'its first line says "round_to(v)"',
    ],
    ['another macro', FILE.replace('sluice.round_to', 'sluice.round_up'), 'it creates round_up'],
    [
      'another schema',
      FILE.replace('sluice.round_to', 'main.round_to'),
      'not followed by CREATE OR REPLACE MACRO',
    ],
    ['two statements', `${FILE}\nDROP TABLE users;`, 'must hold one statement'],
    ['no semicolon', FILE.slice(0, -1), 'must hold one statement'],
    ['no statement', LINES.join('\n'), 'not followed by CREATE OR REPLACE MACRO'],
    ['no comment', STATEMENT, 'does not begin with a comment'],
    ['nothing', '', 'does not begin with a comment'],
    ['an open bracket', FILE.replace('step := 10) AS', 'step := (10 AS'), 'is not closed'],
    [
      'a private sanitizer',
      FILE.replaceAll('round_to', '_round_to'),
      'a private macro cannot be a sanitizer',
      'x/_round_to.sql',
    ],
  ])('refuses %s', (_, text, reason, path = PATH) => {
    expect(reasonOf(text, path)).toContain(`The macro file ${path} cannot be used: `);
    expect(reasonOf(text, path)).toContain(reason);
  });

  it.each([
    'round_to.sql',
    'generalize/Round_To.sql',
    'generalize/round_to.txt',
    'Generalize/round_to.sql',
    '',
  ])('refuses the path "%s"', (path) => {
    expect(reasonOf(FILE, path)).toContain('its path must end in <topic>/<macro>.sql');
  });

  it('is not led astray by semicolons and brackets in comments and quotes', () => {
    const text = FILE.replace(
      'round(v / step) * step',
      'CASE WHEN v = \';)\' THEN v END /* ;( */ -- ;\n * "a;("',
    );
    expect(reasonOf(text)).toBe('ok');
  });
});
