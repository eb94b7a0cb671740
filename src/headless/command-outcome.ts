// How a command ends: exit codes, the one JSON document or text for people, errors with their mend.
import { ProblemError, type Problem } from '../lib/base/result.ts';

/** 0 done and passed; 1 a check or the gate said no; 2 wrong use; 3 source; 4 destination; 5 anything else. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

export interface CommandOutcome {
  readonly exitCode: ExitCode;
  /** The one document that `--json` prints. */
  readonly json: unknown;
  /** What is printed for people otherwise. */
  readonly text: string;
}

const USAGE_CODES = new Set([
  'usage',
  'engine-sql',
  'engine-missing-extension',
  'notebook-syntax',
  'relation-missing',
]);

/** What stood in the way at the destination: another writer, or objects that vanished. */
const DESTINATION_CODES = new Set(['publish-version-taken', 'publish-incomplete', 'module-missing']);

/** The exit code that a problem of that code ends with. */
export function exitCodeOf(problem: Problem): ExitCode {
  if (USAGE_CODES.has(problem.code) || problem.code.startsWith('notebook') || problem.code.startsWith('key-'))
    return 2;
  if (problem.code.startsWith('source-') || problem.code.startsWith('import-')) return 3;
  if (problem.code.startsWith('destination-') || DESTINATION_CODES.has(problem.code)) return 4;
  return 5;
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'unexpected',
    message,
    hint: 'Run the command again; if it stays, report it with these words.',
  };
}

/** One sentence with the mend on stderr; with `--json` also the error document on stdout. */
export function reportFailure(error: unknown, asJson: boolean): ExitCode {
  const problem = problemOf(error);
  const { code, message, hint } = problem;
  process.stderr.write(`sluice: ${message}${hint ? ` ${hint}` : ''}\n`);
  if (asJson)
    process.stdout.write(`${JSON.stringify({ error: { code, message, hint: hint ?? null } }, null, 2)}\n`);
  return exitCodeOf(problem);
}

export function reportOutcome(outcome: CommandOutcome, asJson: boolean): ExitCode {
  process.stdout.write(asJson ? `${JSON.stringify(outcome.json, null, 2)}\n` : `${outcome.text}\n`);
  return outcome.exitCode;
}

export function wrongUse(message: string, hint: string): ProblemError {
  return new ProblemError({ code: 'usage', message, hint });
}
