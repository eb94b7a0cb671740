// The step fence: its info string and YAML body ⇄ step cell; must not know how a step is computed.
import { Document, isCollection, visit } from 'yaml';
import { fail, ProblemError, succeed, type Result } from '../base/result.ts';
import { pairsWithout, readInfo, writePair } from './fence-info.ts';
import type { StepCellSpec } from './notebook-types.ts';
import { givenParameters, stepFault } from './step-check.ts';
import { formOfStep, isStepKind, STEP_KINDS, type StepKind } from './step-kinds.ts';
import type { StepParameter } from './step-types.ts';
import { textProblem, YamlReader } from './yaml-reader.ts';

/** The pairs of the info string that mean something here. */
const OWN_PAIRS = ['name', 'kind', 'of'];

/**
 * `bodyLine` is the one-based line of the text on which the body starts. `notebook-text` where it is broken. A step that
 * is not filled in is none: what it lacks is said where it would run.
 */
export function readStep(info: string, body: string, bodyLine: number): Result<StepCellSpec> {
  try {
    return succeed(readFence(info, new YamlReader(`${body}\n`, bodyLine)));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    if (error instanceof RangeError) {
      return fail(
        textProblem(bodyLine, 'this cell is nested too deeply to be read.', 'Write it with fewer levels.'),
      );
    }
    throw error;
  }
}

function readFence(info: string, reader: YamlReader): StepCellSpec {
  const read = readInfo(info);
  const kind = read.values.get('kind') ?? '';
  if (!isStepKind(kind))
    return reader.refuse(
      [],
      kind === '' ? 'a step says its kind.' : `there is no step called “${kind}”.`,
      `Write kind=… with one of ${STEP_KINDS.join(', ')}.`,
    );
  const root = reader.root();
  if (root === null)
    return reader.refuse([], 'a step holds “name: value” lines.', 'Write for example “column: salary”.');
  const parameters = asWritten(reader, kind, root);
  const fault = stepFault(kind, parameters);
  if (fault) return reader.refuse(fault.path, fault.what, fault.hint);
  const name = read.values.get('name');
  const attributes = pairsWithout(read, OWN_PAIRS);
  return {
    kind: 'step',
    ...(name === undefined ? {} : { name }),
    step: kind,
    of: read.values.get('of') ?? '',
    parameters: givenParameters(parameters),
    ...(attributes === '' ? {} : { attributes }),
  };
}

/** Types whose values are texts: an unquoted number, date or truth value counts as written. */
const TEXT_TYPES: ReadonlySet<StepParameter['type']> = new Set(['column', 'relation', 'text', 'macro']);
const TEXT_LISTS: ReadonlySet<StepParameter['type']> = new Set(['columns', 'relations']);

function asWritten(
  reader: YamlReader,
  kind: StepKind,
  root: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const typeOf = (key: string) => formOfStep(kind).parameters.find(({ name }) => name === key)?.type;
  const entries = Object.entries(root).map(([key, value]) => {
    const type = typeOf(key);
    if (type === undefined || value === null) return [key, value];
    if (TEXT_TYPES.has(type)) return [key, reader.text(value, [key])];
    if (!TEXT_LISTS.has(type)) return [key, value];
    return [key, reader.list(value, [key], (item, path) => reader.text(item, path))];
  });
  return Object.fromEntries(entries) as Readonly<Record<string, unknown>>;
}

export function writeStepInfo(cell: StepCellSpec): string {
  const parts = ['step'];
  if (cell.name !== undefined) parts.push(writePair('name', cell.name));
  parts.push(writePair('kind', cell.step));
  if (cell.of !== '') parts.push(writePair('of', cell.of));
  if (cell.attributes !== undefined) parts.push(cell.attributes);
  return parts.join(' ');
}

/** YAML without a final newline, one setting a line. */
export function writeStepBody(cell: StepCellSpec): string {
  if (Object.keys(cell.parameters).length === 0) return '';
  const document = new Document(cell.parameters, { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_, pair) => {
      if (isCollection(pair.value)) pair.value.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 }).replace(/\n$/, '');
}
