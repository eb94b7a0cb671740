import { describe, expect, it } from 'vitest';
import { DEMO_FILES } from '../../../../src/lib/gate/demo-sources.ts';
import { judgeDemo } from '../../../../src/lib/gate/rules/demo.ts';

const orders = { relation: 'orders', sha256: DEMO_FILES['orders.csv'] ?? '' };
const own = { relation: 'users', sha256: 'a'.repeat(64) };

describe('the rule demo', () => {
  it('says nothing of files of one’s own', () => {
    expect(judgeDemo({ origins: [own], goesTo: 'elsewhere' })).toBeNull();
    expect(judgeDemo({ origins: [], goesTo: 'elsewhere' })).toBeNull();
  });

  it('refuses whatever comes from the sample, also in part and under another name, to leave this browser', () => {
    const verdict = judgeDemo({ origins: [own, { ...orders, relation: 'mine' }], goesTo: 'elsewhere' });
    expect(verdict).toEqual({
      outcome: { rule: 'demo', outcome: 'block', summary: '1 source is the DEMO sample' },
      findings: [
        {
          rule: 'demo',
          severity: 'block',
          column: null,
          path: 'mine → module',
          message:
            'mine is the DEMO sample, and invented data must not be taken for real: they leave for no folder, file or bucket.',
          mend: { text: 'Publish it to this browser’s library, or bind files of your own.' },
        },
      ],
    });
  });

  it.each(['library', null] as const)('lets it through with a warning where it goes to %s', (goesTo) => {
    const verdict = judgeDemo({ origins: [orders], goesTo });
    expect([verdict?.outcome.outcome, verdict?.findings.map(({ severity }) => severity)]).toEqual([
      'warn',
      ['warn'],
    ]);
  });
});
