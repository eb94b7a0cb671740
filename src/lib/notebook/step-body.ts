// The step fence: its info string and YAML body ⇄ a SQL cell that knows the step it was written by; must not know the SQL.
import { Document, isCollection, visit } from 'yaml';
import { fail, ProblemError, succeed, type Result } from '../base/result.ts';
import { readInfo, writePair } from './fence-info.ts';
import type { SqlCellSpec } from './notebook-types.ts';
import { checkStep, presentParameters } from './steps/check-step.ts';
import { isStepKind, STEP_DEFINITIONS, writeStepSql } from './steps/step-kinds.ts';
import type { StepSpec } from './steps/step-types.ts';
import { textProblem, YamlReader } from './yaml-reader.ts';

/** The pairs of the info string that mean something here. */
const OWN_PAIRS = ['name', 'kind', 'of'];

function attributesOf(parts: readonly string[]): string {
  return parts.filter((part) => !OWN_PAIRS.some((key) => part.startsWith(`${key}=`))).join(' ');
}

/** `bodyLine` is the one-based line of the text on which the body starts. `notebook-text` where it is broken. */
export function readStep(info: string, body: string, bodyLine: number): Result<SqlCellSpec> {
  const { values, parts } = readInfo(info);
  try {
    const reader = new YamlReader(`${body}\n`, bodyLine);
    const kind = values.get('kind') ?? '';
    if (!isStepKind(kind))
      return reader.refuse(
        [],
        kind === '' ? 'a step says its kind.' : `there is no step called “${kind}”.`,
        `Write kind=… with one of ${STEP_DEFINITIONS.map((each) => each.kind).join(', ')}.`,
      );
    const of = values.get('of') ?? '';
    if (of === '')
      return reader.refuse([], 'a step says what it works on.', 'Write of=… with a source or cell.');
    const root =
      reader.root() ??
      reader.refuse([], 'a step holds “name: value” lines.', 'Write for example “column: salary”.');
    const fault = checkStep(kind, presentParameters(root));
    if (fault) reader.refuse(fault.path, `${fault.what}.`, fault.hint);
    return succeed(
      stepCell({ kind, of, parameters: presentParameters(root) }, values.get('name'), attributesOf(parts)),
    );
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    if (error instanceof RangeError)
      return fail(
        textProblem(bodyLine, 'this cell is nested too deeply to be read.', 'Write it with fewer levels.'),
      );
    throw error;
  }
}

/** The cell of a checked step: its SQL is the step's, whatever it said before. */
export function stepCell(step: StepSpec, name?: string, attributes = ''): SqlCellSpec {
  return {
    kind: 'sql',
    ...(name === undefined ? {} : { name }),
    sql: writeStepSql(step),
    ...(attributes === '' ? {} : { attributes }),
    step,
  };
}

export function writeStepInfo(cell: SqlCellSpec, step: StepSpec): string {
  const parts = ['step'];
  if (cell.name !== undefined) parts.push(writePair('name', cell.name));
  parts.push(writePair('kind', step.kind), writePair('of', step.of));
  if (cell.attributes !== undefined) parts.push(cell.attributes);
  return parts.join(' ');
}

/** YAML without a final newline, one setting a line. */
export function writeStepBody(step: StepSpec): string {
  if (Object.keys(step.parameters).length === 0) return '';
  const document = new Document(step.parameters, { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_, pair) => {
      if (isCollection(pair.value)) pair.value.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 }).replace(/\n$/, '');
}
