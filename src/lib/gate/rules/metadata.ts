// Whether what a module says of itself tells of people; must not know how its texts were searched.
import type { MetadataReport, PlacedFinding, RuleVerdict } from '../gate-input.ts';
import type { Finding } from '../gate-types.ts';
import { countOf, summarizeRule } from '../outcome.ts';

function kindOf(entity: string): string {
  return entity === 'VALUE' ? 'a value of a sensitive column' : entity.toLowerCase().replaceAll('_', ' ');
}

function blockName({ where, entity }: PlacedFinding): Finding {
  return {
    rule: 'metadata',
    severity: 'block',
    column: null,
    path: null,
    message: `The name of ${where} is ${kindOf(entity)}, and names stand in the module as they are.`,
    mend: { text: 'Give it another name.' },
  };
}

function warnText({ where, entity, count }: PlacedFinding): Finding {
  return {
    rule: 'metadata',
    severity: 'warn',
    column: null,
    path: null,
    message: `${where}: ${countOf(count, 'text')} that ${count === 1 ? 'holds' : 'hold'} ${kindOf(entity)} will be written as [REDACTED] in the module.`,
    mend: {
      text: 'Reword it, so that the module stays readable and its notebook can be run again.',
    },
  };
}

/** A name that is a value blocks; texts that are taken out warn; what was looked through in part only blocks. */
export function judgeMetadata({ names, removed, isPartial }: MetadataReport): RuleVerdict {
  const partial: readonly Finding[] = isPartial
    ? [
        {
          rule: 'metadata',
          severity: 'block',
          column: null,
          path: null,
          message: 'The notebook says so much that only a part of it was held against the data.',
          mend: { text: 'Move long lists of literals into a source of their own.' },
        },
      ]
    : [];
  const findings = [...names.map(blockName), ...removed.map(warnText), ...partial];
  const texts = removed.reduce((sum, { count }) => sum + count, 0);
  const summary =
    findings.length === 0
      ? 'no text or name tells of a person'
      : `${countOf(names.length, 'name')} and ${countOf(texts, 'text')} that tell of people`;
  return { findings, outcome: summarizeRule('metadata', findings, summary) };
}
