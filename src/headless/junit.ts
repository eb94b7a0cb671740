// Outcomes of checks as JUnit XML, in the form that Jenkins and GitLab read; must not know files or engines.
import { tellCheck } from './check-report.ts';
import type { CheckResult } from '../lib/quality/check-types.ts';

/** Control characters but tab and line ends, and two that are none: XML 1.0 (section 2.2) has no place for them. */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu;

function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\t', '&#9;');
}

function attributes(pairs: Readonly<Record<string, string | number>>): string {
  return Object.entries(pairs)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

const seconds = (elapsedMs: number): string => (elapsedMs / 1000).toFixed(3);

/** A warning passes and says so; what failed is a failure, what could not run an error. */
function writeCase(check: CheckResult): string {
  const opening = `    <testcase${attributes({ classname: check.relation, name: check.name, time: seconds(check.elapsedMs) })}`;
  const message = tellCheck(check);
  const told = `${message} Asked: ${check.threshold}.`;
  if (check.outcome === 'pass') return `${opening}/>`;
  if (check.outcome === 'warn')
    return `${opening}>\n      <system-out>${escapeXml(`Warning: ${told}`)}</system-out>\n    </testcase>`;
  const isFailure = check.outcome === 'fail';
  const element = isFailure ? 'failure' : 'error';
  const type = isFailure ? 'check' : (check.problem ?? 'check');
  return `${opening}>\n      <${element}${attributes({ message, type })}>${escapeXml(told)}</${element}>\n    </testcase>`;
}

function countsOf(checks: readonly CheckResult[]) {
  const count = (outcome: CheckResult['outcome']): number =>
    checks.filter((check) => check.outcome === outcome).length;
  const time = seconds(checks.reduce((sum, check) => sum + check.elapsedMs, 0));
  return { tests: checks.length, failures: count('fail'), errors: count('error'), skipped: 0, time };
}

function writeSuite(relation: string, checks: readonly CheckResult[], at: Date): string {
  const { tests, failures, errors, skipped, time } = countsOf(checks);
  const timestamp = at.toISOString().replace(/\.\d+Z$/, '');
  const head = attributes({ name: relation, tests, failures, errors, skipped, time, timestamp });
  return [`  <testsuite${head}>`, ...checks.map(writeCase), '  </testsuite>'].join('\n');
}

/** One suite for each checked relation. `at` is when the checks ran; written in UTC. */
export function writeJunit(checks: readonly CheckResult[], at: Date): string {
  const relations = [...new Set(checks.map((check) => check.relation))];
  const suites = relations.map((relation) =>
    writeSuite(
      relation,
      checks.filter((check) => check.relation === relation),
      at,
    ),
  );
  const { skipped: _skipped, ...totals } = countsOf(checks);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'sluice check', ...totals })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}
