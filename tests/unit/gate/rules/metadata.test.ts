import { describe, expect, it } from 'vitest';
import { judgeMetadata } from '../../../../src/lib/gate/rules/metadata.ts';

const NOTHING = { names: [], removed: [], isPartial: false };
const told = ({ findings, outcome }: ReturnType<typeof judgeMetadata>) => ({
  outcome: outcome.outcome,
  findings: findings.map(({ severity, message }) => `${severity}: ${message}`),
});

describe('the rule on metadata', () => {
  it('passes where nothing was found', () => {
    expect(told(judgeMetadata(NOTHING))).toEqual({ outcome: 'pass', findings: [] });
  });

  it('blocks a name, which stays as it is, and never repeats it', () => {
    const names = [{ where: 'the module', entity: 'PERSON', count: 1 }];
    expect(told(judgeMetadata({ ...NOTHING, names }))).toEqual({
      outcome: 'block',
      findings: ['block: The name of the module is person, and names stand in the module as they are.'],
    });
  });

  it('warns of what will be taken out, with the place', () => {
    const removed = [{ where: 'notebook: cell 2 (sql)', entity: 'EMAIL_ADDRESS', count: 2 }];
    expect(told(judgeMetadata({ ...NOTHING, removed }))).toEqual({
      outcome: 'warn',
      findings: [
        'warn: notebook: cell 2 (sql): 2 texts that hold email address will be written as [REDACTED] in the module.',
      ],
    });
  });

  it('blocks where only a part was looked at', () => {
    expect(told(judgeMetadata({ ...NOTHING, isPartial: true })).outcome).toBe('block');
  });
});
