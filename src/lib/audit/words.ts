// What entries of the log say in plain English; must not know how they are shown.
import type { AuditAction, AuditDetails, AuditEntry } from './audit-types.ts';

const LABELS: Record<AuditAction, string> = {
  'notebook-created': 'Notebook created',
  'notebook-opened': 'Notebook opened',
  'notebook-changed': 'Notebook changed',
  'notebook-renamed': 'Notebook renamed',
  'notebook-deleted': 'Notebook deleted',
  'notebook-shared': 'Notebook shared',
  'shared-notebook-accepted': 'Shared notebook accepted',
  'notebook-taken-over': 'Notebook taken over',
  'source-imported': 'Source imported',
  'source-removed': 'Source removed',
  'column-declared': 'Column declared',
  'policy-changed': 'Policy changed',
  'cell-ran': 'Cell ran',
  'result-copied': 'Result copied',
  'result-saved': 'Result saved as a file',
  'key-created': 'Key created',
  'key-imported': 'Key imported',
  'gate-checked': 'Gate checked',
  'module-published': 'Module published',
  'module-staged': 'Module staged',
  'module-sent': 'Module sent',
  'module-downloaded': 'Module downloaded',
  'module-verified': 'Module verified',
  'destination-looked-up': 'Destination looked up',
  'engine-restarted': 'Engine restarted',
  'log-exported': 'Log exported',
  'settings-changed': 'Settings changed',
};

/** `Source imported`; the code itself where it is none of this version's. */
export function labelAction(action: AuditAction): string {
  return LABELS[action] ?? action;
}

export const ALL_ACTIONS: readonly string[] = Object.keys(LABELS);

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function count(value: AuditDetails[string] | undefined, noun: string, plural = `${noun}s`): string {
  if (typeof value !== 'number') return '';
  return `${COUNT.format(value)} ${value === 1 ? noun : plural}`;
}

/** A detail that an entry may lack. */
function say(value: AuditDetails[string] | undefined): string {
  return value === undefined ? 'unknown' : String(value);
}

function list(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(', ');
}

/** `sizeBytes` as `size bytes`. */
function spell(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function shorten(value: string): string {
  return /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 12)}…` : value;
}

/** Every detail by its name: `rows: 57, outcome: done`. */
export function describeDetails(details: AuditDetails, spellValue = shorten): string {
  return Object.entries(details)
    .map(([name, value]) => {
      if (typeof value === 'number') return `${spell(name)}: ${COUNT.format(value)}`;
      return `${spell(name)}: ${typeof value === 'boolean' ? (value ? 'yes' : 'no') : spellValue(value)}`;
    })
    .join(', ');
}

const OUTCOMES: Readonly<Record<string, string>> = {
  done: 'ran',
  failed: 'failed',
  blocked: 'was not run: something it reads failed',
  cancelled: 'was cancelled',
};

function describeRun({ outcome, rows, elapsedMs, code }: AuditDetails, subject: string): string {
  const figures = list(
    count(rows, 'row'),
    typeof elapsedMs === 'number' ? `${COUNT.format(elapsedMs)} ms` : '',
  );
  const verb = OUTCOMES[String(outcome)] ?? say(outcome);
  return `Cell ${subject} ${verb}${figures ? ` (${figures})` : ''}${code ? `: ${code}` : ''}.`;
}

function describeSave({ format, rows, columns, sensitive }: AuditDetails, subject: string): string {
  const width = count(columns, 'column');
  const share = width && typeof sensitive === 'number' && sensitive > 0 ? ` (${sensitive} sensitive)` : '';
  const place = format === 'clipboard' ? 'put on the clipboard' : `written as ${say(format)}`;
  return `${list(count(rows, 'row'), `${width}${share}`) || 'Rows'} of ${subject} ${place}, outside the gate.`;
}

function describeImport({ outcome, rows, columns, rejected, code }: AuditDetails, subject: string): string {
  if (outcome === 'failed') return `Source ${subject} could not be imported${code ? `: ${code}` : ''}.`;
  const refused = typeof rejected === 'number' && rejected > 0 ? `${count(rejected, 'line')} rejected` : '';
  const figures = list(count(rows, 'row'), count(columns, 'column'), refused);
  return `Source ${subject} imported${figures ? ` (${figures})` : ''}.`;
}

function describePolicy(details: AuditDetails): string {
  const { from, to, quasi, quasiBefore, dismissed } = details;
  const changes = [
    from !== undefined && to !== undefined ? `smallest group k from ${from} to ${to}` : '',
    quasi !== undefined ? `quasi-identifiers from ${quasiBefore || 'none'} to ${quasi || 'none'}` : '',
    dismissed !== undefined ? `dismissed columns: ${dismissed || 'none'}` : '',
  ];
  return `Policy changed: ${list(...changes) || describeDetails(details) || 'unknown'}.`;
}

type Describe = (details: AuditDetails, subject: string) => string;

function describeGate({ verdict, rules, findings, code }: AuditDetails, subject: string): string {
  if (verdict === 'passed') return `The gate passed ${subject}.`;
  if (verdict !== 'blocked') return `${subject} could not be checked${code ? `: ${code}` : ''}.`;
  const why = list(count(findings, 'finding'), rules ? `rules: ${rules}` : '');
  return `The gate blocked ${subject}${why ? ` (${why})` : ''}.`;
}

const SENTENCES: Partial<Record<AuditAction, Describe>> = {
  'notebook-created': ({ from }) => `Notebook created${from ? ` from ${from}` : ''}.`,
  'notebook-opened': () => 'Notebook opened.',
  'notebook-deleted': () => 'Notebook deleted from this browser.',
  'notebook-renamed': ({ from, to }) => `Notebook renamed from ${say(from)} to ${say(to)}.`,
  'notebook-changed': ({ change }, subject) => `${subject || 'Notebook'}: ${change ?? 'changed'}.`,
  'source-imported': describeImport,
  'source-removed': (_details, subject) => `Source ${subject} removed from the notebook.`,
  'column-declared': ({ from, to }, subject) => `Column ${subject} declared: ${say(from)} to ${say(to)}.`,
  'policy-changed': describePolicy,
  'cell-ran': describeRun,
  'result-copied': ({ rows, columns }, subject) =>
    `${list(count(rows, 'row'), count(columns, 'column')) || 'Rows'} of ${subject} copied to the clipboard.`,
  'result-saved': describeSave,
  'key-created': ({ fingerprint }) => `Project key created (fingerprint ${say(fingerprint)}).`,
  'key-imported': ({ fingerprint }) => `Project key imported (fingerprint ${say(fingerprint)}).`,
  'gate-checked': describeGate,
  'module-verified': ({ valid, findings }, subject) =>
    valid === true
      ? `Module ${subject} verified: it is what it says it is.`
      : `Module ${subject} is not valid (${count(findings, 'finding') || 'findings unknown'}).`,
  'engine-restarted': ({ code }) => `The engine was started again${code ? ` after ${code}` : ''}.`,
  'log-exported': ({ entries, scope }) =>
    `Log exported as CSV: ${count(entries, 'entry', 'entries') || 'entries'}, ${say(scope)}.`,
};

/** One plain sentence or two: what was done, with its figures. */
export function describeEntry({
  action,
  subject,
  details,
}: Pick<AuditEntry, 'action' | 'subject' | 'details'>): string {
  const sentence = SENTENCES[action];
  if (sentence) return sentence(details, subject ?? '');
  const figures = describeDetails(details);
  return `${labelAction(action)}${subject ? `: ${subject}` : ''}${figures ? ` (${figures})` : ''}.`;
}
