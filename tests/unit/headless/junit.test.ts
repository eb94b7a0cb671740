// JUnit XML as CI systems read it: counts, states, and hostile names kept well-formed.
import { describe, expect, it } from 'vitest';
import { writeJunit } from '../../../src/headless/junit.ts';
import type { CheckResult } from '../../../src/lib/quality/check-types.ts';

const check: CheckResult = {
  name: 'unique(a)',
  kind: 'unique',
  relation: 'safe',
  column: 'a',
  severity: 'fail',
  outcome: 'pass',
  observed: 0,
  threshold: 'fails above 0',
  failingRows: 0,
  examinedRows: 3,
  isVacuous: false,
  message: '0 rows of 3 fail.',
  problem: null,
  isOwnFigure: true,
  elapsedMs: 12,
};
const at = new Date('2025-01-02T03:04:05.678Z');

describe('JUnit XML', () => {
  it('counts failures and errors in each suite and in all', () => {
    const checks: readonly CheckResult[] = [
      check,
      { ...check, outcome: 'fail', message: '1 row of 3 fails.' },
      { ...check, outcome: 'warn' },
      { ...check, relation: 'raw', outcome: 'error', problem: 'check-column', message: 'No column.' },
    ];
    const xml = writeJunit(checks, at);
    expect(xml.split('\n')).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="sluice check" tests="4" failures="1" errors="1" time="0.048">',
      '  <testsuite name="safe" tests="3" failures="1" errors="0" skipped="0" time="0.036" timestamp="2025-01-02T03:04:05">',
      '    <testcase classname="safe" name="unique(a)" time="0.012"/>',
      '    <testcase classname="safe" name="unique(a)" time="0.012">',
      '      <failure message="1 row of 3 fails." type="check">1 row of 3 fails. Asked: fails above 0.</failure>',
      '    </testcase>',
      '    <testcase classname="safe" name="unique(a)" time="0.012">',
      '      <system-out>Warning: 0 rows of 3 fail. Asked: fails above 0.</system-out>',
      '    </testcase>',
      '  </testsuite>',
      '  <testsuite name="raw" tests="1" failures="0" errors="1" skipped="0" time="0.012" timestamp="2025-01-02T03:04:05">',
      '    <testcase classname="raw" name="unique(a)" time="0.012">',
      '      <error message="No column." type="check-column">No column. Asked: fails above 0.</error>',
      '    </testcase>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ]);
  });

  it('says the figure that was looked at', () => {
    const failed: CheckResult = {
      ...check,
      name: 'row_count_between',
      outcome: 'fail',
      observed: 1000,
      failingRows: null,
      threshold: 'between 1 and 999',
      message: 'The figure is not between 1 and 999, which is too large.',
    };
    expect(writeJunit([failed], at)).toContain(
      '<failure message="The figure is not between 1 and 999, which is too large. It is 1000." type="check">',
    );
  });

  it('escapes what would break it', () => {
    const xml = writeJunit([{ ...check, name: 'a<b>"&\'\n\u0000\u000b\uFFFE\uD800é😀' }], at);
    expect(xml).toContain('name="a&lt;b&gt;&quot;&amp;\'&#10;\uFFFD\uFFFD\uFFFD\uFFFDé😀"');
  });
});
