// Puts a verdict into the order and the words in which people read it; must not know how it was reached.
import type { Finding, RuleName, RuleOutcome, Verdict } from '../../gate/gate-types.ts';
import type { RiskReport } from '../../risk/risk-types.ts';
import type { PublicationStage } from '../../session/publication-types.ts';
import { formatCount, formatQuantity, formatShare } from '../primitives/figures.ts';

export interface FindingGroup {
  /** Output column, or null for findings about the whole data set. */
  readonly column: string | null;
  readonly findings: readonly Finding[];
  readonly blocks: number;
}

/** Findings by column in the order in which columns first appear, the data set as a whole last, blocks before warnings. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string | null, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.column) ?? [];
    group.push(finding);
    groups.set(finding.column, group);
  }
  const ordered = [...groups.entries()].sort(([a], [b]) => Number(a === null) - Number(b === null));
  return ordered.map(([column, group]) => ({
    column,
    findings: [...group].sort((a, b) => Number(a.severity === 'warn') - Number(b.severity === 'warn')),
    blocks: group.filter((finding) => finding.severity === 'block').length,
  }));
}

/** What distinguishes one finding of a verdict from another. */
export function findingKey(finding: Finding): string {
  return JSON.stringify([finding.rule, finding.column, finding.path, finding.message]);
}

const RULES: Readonly<Record<RuleName, { readonly title: string; readonly asks: string }>> = {
  lineage: { title: 'Lineage', asks: 'Where does each column come from, and what protects it on the way?' },
  content: { title: 'Content', asks: 'Do the very bytes to be published hold anything sensitive?' },
  risk: { title: 'Risk', asks: 'Could a person be singled out by a combination of columns?' },
  quality: { title: 'Quality', asks: 'Do the checks of the notebook hold?' },
  correlated: { title: 'Correlated', asks: 'Do two columns tell more together than each alone?' },
  metadata: { title: 'Metadata', asks: 'Do names and texts that go along tell of people?' },
  demo: { title: 'DEMO', asks: 'Are invented data kept from being taken for real ones?' },
};

export function ruleWords(rule: RuleName): { readonly title: string; readonly asks: string } {
  return RULES[rule];
}

export function outcomeWord(outcome: RuleOutcome['outcome']): string {
  return { pass: 'Passed', warn: 'Passed with warnings', block: 'Blocked' }[outcome];
}

/** One sentence under the verdict. */
export function summarizeVerdict(verdict: Verdict): string {
  const blocks = verdict.findings.filter((finding) => finding.severity === 'block');
  const warnings = verdict.findings.length - blocks.length;
  const warned = warnings === 0 ? '' : ` ${formatQuantity(warnings, 'warning')} to read.`;
  if (verdict.verdict === 'passed') {
    return `${formatQuantity(verdict.files.length, 'file')} judged byte for byte; nothing stands in the way.${warned}`;
  }
  const columns = new Set(blocks.flatMap((finding) => (finding.column === null ? [] : [finding.column])))
    .size;
  const where = columns === 0 ? '' : ` in ${formatQuantity(columns, 'column')}`;
  return `${formatQuantity(blocks.length, 'reason')}${where} why this must not leave. Nothing was published.${warned}`;
}

export interface RiskFigure {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
  /** True where it is beyond the limit. */
  readonly isBeyond: boolean;
}

/** The figures of disclosure risk, each with one line that says what it means. */
export function riskFigures(risk: RiskReport, kLimit: number): readonly RiskFigure[] {
  const nobody = risk.rows === 0;
  return [
    {
      name: 'k',
      value: formatCount(risk.k),
      meaning: `Rows in the smallest group that looks alike; at least ${formatCount(kLimit)} are wanted.`,
      isBeyond: !nobody && risk.k < kLimit,
    },
    {
      name: 'Highest risk',
      value: formatShare(risk.prosecutorMax),
      meaning: 'Chance of finding the row of someone known to be in the data, at worst.',
      isBeyond: !nobody && risk.prosecutorMax > 1 / kLimit,
    },
    {
      name: 'Average risk',
      value: formatShare(risk.prosecutorAverage),
      meaning: `The same chance, averaged: ${formatQuantity(risk.classes, 'group')} over ${formatQuantity(risk.rows, 'row')}.`,
      isBeyond: false,
    },
    {
      name: 'Rows at risk',
      value: formatShare(risk.recordsAtRisk),
      meaning: `Rows in groups smaller than ${formatCount(kLimit)}.`,
      isBeyond: risk.recordsAtRisk > 0,
    },
    {
      name: 'Unique rows',
      value: formatShare(risk.uniqueness),
      meaning: 'Rows that no other row looks like.',
      isBeyond: risk.uniqueness > 0,
    },
  ];
}

export const STAGES: readonly { readonly stage: PublicationStage; readonly words: string }[] = [
  { stage: 'replaying', words: 'Replaying from the sources' },
  { stage: 'writing', words: 'Writing the files' },
  { stage: 'judging', words: 'Judging the bytes' },
];

export function isChecking(stage: PublicationStage): boolean {
  return STAGES.some((each) => each.stage === stage);
}
