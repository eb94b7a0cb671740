// The library as a whole: order, names, calls between macros; and the shipped one.
import { describe, expect, it } from 'vitest';
import { readMacroFiles } from '../../../src/headless/macro-files.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import { digestLibrary } from '../../../src/lib/macros/library-digest.ts';
import { buildRegistry, type MacroFile } from '../../../src/lib/macros/registry.ts';

function writeMacro(name: string, body: string, version = '1.0.0'): MacroFile {
  const header = [
    `${name}(v)`,
    'purpose: Does it.',
    'arguments:',
    '  v: any type.',
    'null: NULL stays NULL.',
    `example: SELECT sluice.${name}(1)`,
    'result: 1',
    `version: ${version}`,
    'window: no',
  ];
  const comment = header.map((line) => `-- ${line}`).join('\n');
  return {
    path: `test/${name}.sql`,
    text: `${comment}\n\nCREATE OR REPLACE MACRO sluice.${name}(v) AS ${body};\n`,
  };
}

const namesOf = (files: readonly MacroFile[]) =>
  unwrap(buildRegistry(files)).macros.map((macro) => macro.name);
const reasonOf = (files: readonly MacroFile[]) => {
  const result = buildRegistry(files);
  return result.ok ? 'ok' : result.error.message;
};

describe('buildRegistry', () => {
  it('puts what is called before what calls it, whatever the order of the files', () => {
    const files = [
      writeMacro('alpha', 'sluice.beta(sluice._gamma(v))'),
      writeMacro('beta', 'sluice . _gamma ( v )'),
      writeMacro('_gamma', 'v'),
      writeMacro('delta', 'v'),
    ];
    const expected = ['_gamma', 'beta', 'alpha', 'delta'];
    expect(namesOf(files)).toEqual(expected);
    expect(namesOf([...files].reverse())).toEqual(expected);
  });

  it('finds public macros in any case and no private ones', () => {
    const registry = unwrap(buildRegistry([writeMacro('alpha', 'v'), writeMacro('_beta', 'v')]));
    expect(registry.find('ALPHA')?.name).toBe('alpha');
    expect(registry.find('_beta')).toBeUndefined();
    expect(registry.find('toString')).toBeUndefined();
    expect(registry.find('')).toBeUndefined();
  });

  it('is empty without files', () => {
    expect(namesOf([])).toEqual([]);
  });

  it('names both files where two create one macro', () => {
    const twin = { ...writeMacro('alpha', 'v'), path: 'other/alpha.sql' };
    expect(reasonOf([writeMacro('alpha', 'v'), twin])).toBe(
      'The macro file other/alpha.sql cannot be used: test/alpha.sql already creates alpha.',
    );
  });

  it('refuses a call of what no file creates', () => {
    expect(reasonOf([writeMacro('alpha', 'sluice._beta(v)')])).toBe(
      'The macro file test/alpha.sql cannot be used: it calls sluice._beta, which no file creates.',
    );
  });

  it('refuses a call without the schema, which a user macro could shadow', () => {
    const files = [writeMacro('alpha', 'upper(beta(v))'), writeMacro('beta', 'v')];
    expect(reasonOf(files)).toContain('test/alpha.sql cannot be used: it calls beta without its schema');
  });

  it('does not take text and comments for calls', () => {
    expect(
      namesOf([writeMacro('alpha', "v || 'beta(x) sluice.gone(x)' /* beta(v) */"), writeMacro('beta', 'v')]),
    ).toEqual(['alpha', 'beta']);
  });

  it('refuses macros that call themselves, at once or in a circle', () => {
    expect(reasonOf([writeMacro('alpha', 'sluice.alpha(v)')])).toContain('alpha calls itself');
    const circle = [
      writeMacro('alpha', 'sluice.beta(v)'),
      writeMacro('beta', 'sluice.gamma(v)'),
      writeMacro('gamma', 'sluice.alpha(v)'),
    ];
    expect(reasonOf(circle)).toContain('calls itself, directly or through others');
  });

  it('passes on what is wrong with a file', () => {
    expect(reasonOf([writeMacro('alpha', 'v', 'one')])).toContain(
      'test/alpha.sql cannot be used: "version" must be',
    );
  });
});

describe('the shipped library', () => {
  it('holds the sanitizers with what the gate relies on', () => {
    const shown = unwrap(buildRegistry(readMacroFiles())).macros.filter((macro) => macro.sanitizer);
    const facts = shown.map(({ topic, name, sanitizer, isWindow }) => [
      `${topic}/${name}`,
      sanitizer?.residual,
      sanitizer?.showsCharacters,
      sanitizer?.produces,
      isWindow,
    ]);
    expect(facts.sort()).toEqual([
      ['generalize/bucket_age', 'quasi', null, null, false],
      ['generalize/bucket_number', 'quasi', null, null, false],
      ['generalize/generalize_geo', 'quasi', null, null, false],
      ['generalize/generalize_zip3', 'quasi', 3, null, false],
      ['generalize/truncate_date', 'quasi', null, 'DATE_TIME', false],
      ['hash/hmac_sha256', 'none', 0, 'HEX_TOKEN', false],
      ['mask/mask_card', 'quasi', 4, null, false],
      ['mask/mask_digits', 'direct', null, null, false],
      ['mask/mask_email', 'quasi', null, 'EMAIL_ADDRESS', false],
      ['mask/mask_iban', 'quasi', 6, null, false],
      ['mask/mask_ip', 'quasi', null, null, false],
      ['mask/mask_name', 'quasi', 3, null, false],
      ['mask/mask_partial', 'quasi', null, null, false],
      ['mask/mask_password', 'direct', 3, null, false],
      ['mask/mask_phone', 'quasi', 4, null, false],
      ['mask/mask_ssn', 'quasi', 4, null, false],
      ['mask/mask_url', 'quasi', null, null, false],
      ['mask/redact', 'none', 0, null, false],
    ]);
  });

  it('looks at other rows only where it says so', () => {
    const shown = unwrap(buildRegistry(readMacroFiles())).macros.filter((macro) => macro.isWindow);
    expect(shown.map(({ name }) => name).sort()).toEqual([
      'clip_iqr',
      'encode_frequency',
      'encode_label',
      'impute_forward',
      'impute_group_mean',
      'impute_mean',
      'impute_median',
      'impute_mode',
      'outlier_iqr',
      'outlier_zscore',
      'scale_minmax',
      'scale_robust',
      'scale_standard',
      'winsorize',
    ]);
  });
});

describe('digestLibrary', () => {
  const digest = async (files: readonly MacroFile[]) => digestLibrary(unwrap(buildRegistry(files)));
  const files = [writeMacro('beta', 'sluice._alpha(v)', '2.1.0'), writeMacro('_alpha', 'v')];

  it('names the public macros with their versions', async () => {
    expect((await digest(files)).macros).toEqual([{ name: 'beta', version: '2.1.0' }]);
  });

  it('depends on every script and version, private ones too, and on nothing else', async () => {
    const { sha256 } = await digest(files);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await digest([...files].reverse())).sha256).toBe(sha256);
    const reworded = files.map((file) => ({ ...file, text: file.text.replace('Does it.', 'Does it well.') }));
    expect((await digest(reworded)).sha256).toBe(sha256);
    const changed = [writeMacro('beta', 'sluice._alpha(v)', '2.1.0'), writeMacro('_alpha', 'upper(v)')];
    expect((await digest(changed)).sha256).not.toBe(sha256);
    const raised = [writeMacro('beta', 'sluice._alpha(v)', '2.2.0'), writeMacro('_alpha', 'v')];
    expect((await digest(raised)).sha256).not.toBe(sha256);
  });
});
