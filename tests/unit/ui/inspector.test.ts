import { describe, expect, it } from 'vitest';
import type { SourceColumnView } from '../../../src/lib/session/source-view-types.ts';
import type { ColumnFinding } from '../../../src/lib/sensitivity/sensitivity-types.ts';
import {
  needsReason,
  readDeclaration,
  writeDeclaration,
} from '../../../src/lib/ui/inspector/column-declaration.ts';
import { describeEvidence, entityInWords, isLowered } from '../../../src/lib/ui/inspector/evidence-words.ts';
import { countLevels } from '../../../src/lib/ui/sources/sensitivity-count.ts';

function finding(
  change: Partial<Omit<ColumnFinding, 'evidence'>> & { evidence?: Partial<ColumnFinding['evidence']> },
): ColumnFinding {
  const evidence = {
    examined: 985,
    matched: 984,
    validated: 984,
    sampled: false,
    nameHint: 'email',
    ...change.evidence,
  };
  return {
    name: 'email',
    type: 'VARCHAR',
    sensitivity: 'direct',
    entity: 'EMAIL_ADDRESS',
    confidence: 1,
    ...change,
    evidence,
  };
}

function column(change: Partial<SourceColumnView> = {}): SourceColumnView {
  return {
    name: 'email',
    type: 'VARCHAR',
    finding: finding({}),
    declared: null,
    sensitivity: 'direct',
    entity: 'EMAIL_ADDRESS',
    ...change,
  };
}

describe('saying why a column counts as sensitive', () => {
  it('names matches, the column name, and what was looked at', () => {
    expect(describeEvidence(finding({}))).toEqual([
      '984 of 985 distinct values look like an e-mail address, and all of them pass its check.',
      'The column name says “email”.',
      'Every distinct value was looked at (985).',
    ]);
  });

  it('says that a sample was looked at, and how many passed the check', () => {
    const sampled = finding({
      evidence: { examined: 2000, matched: 1500, validated: 900, sampled: true, nameHint: null },
    });
    expect(describeEvidence(sampled)).toEqual([
      '1,500 of 2,000 distinct values look like an e-mail address; 900 of those pass its check.',
      'A sample of 2,000 distinct values was looked at.',
    ]);
  });

  it('speaks of one value in the singular', () => {
    const single = finding({ evidence: { examined: 1, matched: 1, validated: 1, nameHint: null } });
    expect(describeEvidence(single)[0]).toBe(
      '1 of 1 distinct value looks like an e-mail address, and it passes its check.',
    );
  });

  it('says that nothing was recognized, and that an empty column has nothing to look at', () => {
    const nothing = finding({
      sensitivity: 'none',
      entity: null,
      evidence: { examined: 0, matched: 0, validated: 0, nameHint: null },
    });
    expect(describeEvidence(nothing)).toEqual([
      'Nothing sensitive was recognized.',
      'The column has no values to look at.',
    ]);
  });

  it('has words for an entity it was never told about', () => {
    expect(entityInWords('UK_NHS')).toBe('uk nhs');
  });
});

describe('declaring a column', () => {
  it('needs a reason only where the level goes down', () => {
    expect(isLowered('direct', 'quasi')).toBe(true);
    expect(isLowered('direct', 'direct')).toBe(false);
    expect(isLowered('quasi', 'secret')).toBe(false);
    expect(isLowered(null, 'none')).toBe(false);
    const form = { level: 'none', label: '', meaning: '', reason: '' } as const;
    expect(needsReason(column(), form)).toBe(true);
    expect(needsReason(column({ finding: null }), form)).toBe(false);
    expect(needsReason(column(), { ...form, level: '' })).toBe(false);
  });

  it('comes back from the form as it was', () => {
    const declared = {
      sensitivity: 'quasi',
      label: 'E-mail',
      meaning: 'Login address',
      reason: 'Made up',
      entity: 'URL',
    } as const;
    const declaredColumn = column({ declared });
    expect(writeDeclaration(declaredColumn, readDeclaration(declaredColumn))).toEqual(declared);
  });

  it('leaves out what stands empty, and a reason that is not needed', () => {
    expect(
      writeDeclaration(column(), { level: 'secret', label: '  ', meaning: ' a ', reason: 'no use' }),
    ).toEqual({
      sensitivity: 'secret',
      meaning: 'a',
    });
    expect(writeDeclaration(column(), { level: '', label: '', meaning: '', reason: '' })).toBeNull();
  });
});

describe('counting sensitive columns', () => {
  it('puts the most sensitive level first and leaves out what is not sensitive', () => {
    const columns = (['none', 'quasi', 'direct', 'quasi', 'secret'] as const).map((sensitivity) => ({
      sensitivity,
    }));
    expect(countLevels(columns)).toEqual([
      { level: 'secret', count: 1 },
      { level: 'direct', count: 1 },
      { level: 'quasi', count: 2 },
    ]);
    expect(countLevels([])).toEqual([]);
  });
});
