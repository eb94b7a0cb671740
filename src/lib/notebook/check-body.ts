// The check fence: its info string and YAML list ⇄ check cell; must not know how a check is computed.
import { Document, isCollection, isScalar, visit } from 'yaml';
import type { Result } from '../base/result.ts';
import { fail, ProblemError, succeed } from '../base/result.ts';
import { readBaseline } from './check-baseline.ts';
import { CHECK_FORMS, formOfCheck, isCheckKind, parametersOf } from './check-kinds.ts';
import type { CheckKind, ParameterForm } from './check-kinds.ts';
import { partsWithout, readInfo, writePair } from './fence-info.ts';
import type { CheckCellSpec, CheckSpec, CheckValue } from './notebook-types.ts';
import type { Path } from './yaml-reader.ts';
import { textProblem, YamlReader } from './yaml-reader.ts';

/** More digits than this are not kept by a JavaScript number. */
const SURE_DIGITS = 15;
const DECIMAL = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/** `bodyLine` is the one-based line of the text on which the body starts. `notebook-text` where it is broken. */
export function readCheck(info: string, body: string, bodyLine: number): Result<CheckCellSpec> {
  try {
    const reader = new YamlReader(`${body}\n`, bodyLine);
    const items = reader.rootList();
    if (items === null)
      return reader.refuse(
        [],
        'a check cell holds a list of checks.',
        'Write for example “- not_null: { column: id }”.',
      );
    const read = readInfo(info);
    const attributes = partsWithout(read, 'of');
    return succeed({
      kind: 'check',
      of: read.values.get('of') ?? '',
      checks: items.map((item, index) => readItem(reader, item, [index])),
      ...(attributes === '' ? {} : { attributes }),
    });
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

function readItem(reader: YamlReader, item: unknown, path: Path): CheckSpec {
  const entries =
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.entries(item) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1)
    return reader.refuse(
      path,
      'each entry is one check with its settings.',
      'Write “- kind: { column: name }”, one for each check.',
    );
  const [kind, value] = entry;
  if (!isCheckKind(kind))
    return reader.refuse(
      path,
      `there is no check called “${kind}”.`,
      `Choose among ${Object.keys(CHECK_FORMS).join(', ')}.`,
    );
  return { kind, parameters: readParameters(reader, kind, value, [...path, kind]) };
}

function readParameters(
  reader: YamlReader,
  kind: CheckKind,
  value: unknown,
  path: Path,
): CheckSpec['parameters'] {
  const members = reader.members(value, path);
  const known = parametersOf(kind);
  const form = formOfCheck(kind);
  for (const key of Object.keys(members))
    if (!Object.hasOwn(known, key))
      reader.refuse(
        [...path, key],
        `the check ${kind} has no setting “${key}”.`,
        `It takes ${Object.keys(known).join(', ')}.`,
      );
  for (const key of Object.keys(form.required))
    if (members[key] == null) reader.refuse(path, `the check ${kind} needs “${key}”.`, `Add “${key}: …”.`);
  if (form.someOf && !form.someOf.some((key) => members[key] != null))
    reader.refuse(path, `the check ${kind} needs ${form.someOf.join(' or ')}.`, 'Add at least one of them.');
  if (members['mostly'] != null && members['fail'] != null)
    reader.refuse(path, '“mostly” and “fail” both say when the check fails.', 'Keep one of them.');
  const entries = Object.entries(members).filter(([, member]) => member !== null);
  return Object.fromEntries(
    entries.map(([key, member]) => [key, readValue(reader, known[key] ?? 'text', member, [...path, key])]),
  );
}

function readValue(reader: YamlReader, form: ParameterForm, value: unknown, path: Path): CheckValue {
  if (typeof form !== 'string') return reader.oneOf(value, path, form);
  switch (form) {
    case 'text':
      return needText(reader, reader.text(value, path), path);
    case 'texts':
      return needSome(
        reader,
        reader.list(value, path, (item, at) => needText(reader, reader.text(item, at), at)),
        path,
      );
    case 'boolean':
      return reader.boolean(value, path);
    case 'integer':
      return reader.integer(value, path, 0);
    case 'number':
      return readNumber(reader, value, path);
    case 'scalar':
      return readScalar(reader, value, path);
    case 'scalars':
      return needSome(
        reader,
        reader.list(value, path, (item, at) => readScalar(reader, item, at)),
        path,
      );
    case 'threshold':
      return readThreshold(reader, value, path);
    case 'share':
      return readShare(reader, value, path);
    case 'duration':
      return readDuration(reader, value, path);
    case 'baseline':
      return readBaseline(reader, value, path);
  }
}

function needText(reader: YamlReader, text: string, path: Path): string {
  return text.trim() === '' ? reader.refuse(path, `“${path.join('.')}” is empty.`, 'Fill it in.') : text;
}

function needSome<T extends CheckValue>(reader: YamlReader, list: readonly T[], path: Path): readonly T[] {
  return list.length === 0 ? reader.refuse(path, `“${path.join('.')}” is empty.`, 'Add at least one.') : list;
}

function readNumber(reader: YamlReader, value: unknown, path: Path): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return reader.refuse(path, `“${path.join('.')}” must be a number.`, 'Write a number such as 2.5.');
}

/** True where the number says less than what was written: `01234`, `1.50`, more digits than it keeps. */
function isLossy(value: number, source: string): boolean {
  if (source.replace(/\D/g, '').replace(/^0+/, '').length > SURE_DIGITS) return true;
  return DECIMAL.test(source) && source !== '-0' && String(value) !== source;
}

/** Numbers that would lose what was written stay as that text, which any type of column compares as its own. */
function readScalar(reader: YamlReader, value: unknown, path: Path): CheckValue {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value !== 'number' || !Number.isFinite(value))
    return reader.refuse(
      path,
      `“${path.join('.')}” must be a number, a text, true or false.`,
      'NULL is no value to compare with: use not_null.',
    );
  const node: unknown = reader.document.getIn(path, true);
  const source = isScalar(node) ? (node.source ?? '') : '';
  return isLossy(value, source) ? source : value;
}

const PERCENT = /^(\d+(?:\.\d+)?)%$/;

function percentOf(value: unknown): number | null {
  const digits = typeof value === 'string' ? PERCENT.exec(value)?.[1] : undefined;
  return digits !== undefined && Number(digits) <= 100 ? Number(digits) : null;
}

function readThreshold(reader: YamlReader, value: unknown, path: Path): CheckValue {
  if (typeof value === 'string' && percentOf(value) !== null) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  return reader.refuse(
    path,
    `“${path.join('.')}” must be a number of rows or a percentage.`,
    'Write for example 0 or 1%.',
  );
}

function readShare(reader: YamlReader, value: unknown, path: Path): CheckValue {
  if (typeof value === 'string' && percentOf(value) !== null) return value;
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  return reader.refuse(
    path,
    `“${path.join('.')}” must be a share from 0 to 1 or a percentage.`,
    'Write for example 0.95 or 95%.',
  );
}

function readDuration(reader: YamlReader, value: unknown, path: Path): CheckValue {
  if (typeof value === 'string' && /^\d+(\.\d+)? (second|minute|hour|day|week)s?$/.test(value)) return value;
  return reader.refuse(
    path,
    `“${path.join('.')}” must be a time span.`,
    'Write for example 36 hours or 7 days.',
  );
}

export function writeCheckInfo(cell: CheckCellSpec): string {
  const parts = ['check'];
  if (cell.of !== '') parts.push(writePair('of', cell.of));
  if (cell.attributes !== undefined) parts.push(cell.attributes);
  return parts.join(' ');
}

/** A YAML list without a final newline, one check a line. */
export function writeCheckBody(cell: CheckCellSpec): string {
  if (cell.checks.length === 0) return '';
  const document = new Document(
    cell.checks.map(({ kind, parameters }) => ({ [kind]: parameters })),
    { aliasDuplicateObjects: false },
  );
  visit(document, {
    Pair: (_, pair) => {
      if (isCollection(pair.value)) pair.value.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 }).replace(/\n$/, '');
}
