// The rule `demo`: what comes from the sample that ships with the app stays in this browser; must not know the data.
import { isDemoSource } from '../demo-sources.ts';
import type { GateInput, RuleVerdict } from '../gate-input.ts';
import type { Finding } from '../gate-types.ts';
import { countOf, summarizeRule } from '../outcome.ts';

export type DemoInput = Pick<GateInput, 'origins' | 'goesTo'>;

const MEND = { text: 'Publish it to this browser’s library, or bind files of your own.' };

function judgeOrigin(relation: string, goesTo: GateInput['goesTo']): Finding {
  const isRefused = goesTo === 'elsewhere';
  return {
    rule: 'demo',
    severity: isRefused ? 'block' : 'warn',
    column: null,
    path: `${relation} → module`,
    message: isRefused
      ? `${relation} is the DEMO sample, and invented data must not be taken for real: they leave for no folder, file or bucket.`
      : `${relation} is the DEMO sample: the module is marked DEMO and stays in this browser.`,
    mend: MEND,
  };
}

/** Null where no source is the sample. */
export function judgeDemo({ origins, goesTo }: DemoInput): RuleVerdict | null {
  const samples = origins.filter(({ sha256 }) => isDemoSource(sha256));
  if (samples.length === 0) return null;
  const findings = samples.map(({ relation }) => judgeOrigin(relation, goesTo));
  const summary = `${countOf(samples.length, 'source is', 'sources are')} the DEMO sample`;
  return { findings, outcome: summarizeRule('demo', findings, summary) };
}
