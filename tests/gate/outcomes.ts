// Whether the gate did with a case what the case asks for; must not know how a case is judged.
import type { AdversaryCase } from './cases.ts';
import type { Judgement } from './gate-case.ts';

/** What is wrong with what the gate did, in words; null where it is as it should be. */
export function adversaryFault(
  { rule, also = [], column, removes = false, refused }: AdversaryCase,
  { refused: problem, findings, leaked }: Judgement,
): string | null {
  if (refused !== undefined || problem !== null)
    return problem?.code === refused
      ? null
      : `not refused as ${refused ?? 'nothing'}: ${problem?.code ?? 'judged'}`;
  if (leaked.length > 0) return `the module holds ${leaked.join(', ')}`;
  if (rule === undefined) return null;
  const acting = findings.filter((finding) => finding.rule === rule);
  const own = acting.filter(({ severity }) => severity === 'block' || removes);
  const blocks = findings.filter(({ severity }) => severity === 'block');
  const others = new Set(
    blocks.map((finding) => finding.rule).filter((name) => name !== rule && !also.includes(name)),
  );
  if (own.length === 0) {
    const stopping = [...new Set(blocks.map((finding) => finding.rule))];
    return stopping.length === 0
      ? `it goes through: ${rule} does not act`
      : `stopped by ${stopping.join(', ')}, but not by ${rule}`;
  }
  if (column !== undefined && !own.some((finding) => finding.column === column))
    return `${rule} did not name ${column}`;
  return others.size === 0 ? null : `stopped by ${[...others].join(', ')} as well`;
}

export function honestFault({ refused, findings }: Judgement): string | null {
  if (refused) return `refused: ${refused.message}`;
  const blocks = findings.filter(({ severity }) => severity === 'block');
  const [first] = blocks;
  return first ? `${[...new Set(blocks.map(({ rule }) => rule))].join(', ')}: ${first.message}` : null;
}
