// The stored profile that `drift_from` compares with ⇄ YAML, within a check and alone; must not know how drift is measured.
import { Document, isMap } from 'yaml';
import { fail, ProblemError, succeed, type Result } from '../base/result.ts';
import type { CheckValue } from './notebook-types.ts';
import { textProblem, YamlReader, type Path } from './yaml-reader.ts';

const KEYS: readonly string[] = ['rows', 'columns', 'distributions'];

/**
 * `{ rows, columns: { name: type }, distributions: { column: { edges: [..], shares: [..] } | { values: { v: share } } } }`;
 * each member may be left out, not all. n edges part n + 1 shares.
 * @throws ProblemError naming the line of what is wrong.
 */
export function readBaseline(reader: YamlReader, value: unknown, path: Path): CheckValue {
  const members = reader.members(value, path);
  for (const key of Object.keys(members))
    if (!KEYS.includes(key))
      reader.refuse([...path, key], `a baseline has no “${key}”.`, `It holds ${KEYS.join(', ')}.`);
  const { rows, columns, distributions } = members;
  if (rows == null && columns == null && distributions == null)
    reader.refuse(path, 'the baseline is empty.', `Give it ${KEYS.join(', ')} or some of them.`);
  return {
    ...(rows == null ? {} : { rows: reader.integer(rows, [...path, 'rows'], 0) }),
    ...(columns == null
      ? {}
      : { columns: reader.record(columns, [...path, 'columns'], (item, at) => reader.text(item, at)) }),
    ...(distributions == null
      ? {}
      : {
          distributions: reader.record(distributions, [...path, 'distributions'], (item, at) =>
            readDistribution(reader, item, at),
          ),
        }),
  };
}

/** A baseline that stands alone; lines are those of `text`. `notebook-text` where it is broken. */
export function readBaselineText(text: string): Result<CheckValue> {
  try {
    const reader = new YamlReader(text, 1);
    const root = reader.root() ?? reader.refuse([], 'it is no mapping.', `Give it ${KEYS.join(', ')}.`);
    return succeed(readBaseline(reader, root, []));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    if (error instanceof RangeError)
      return fail(textProblem(1, 'it is nested too deeply to be read.', 'Write it with fewer levels.'));
    throw error;
  }
}

/** What `readBaselineText` reads as this baseline again: a line for each member and distribution. */
export function writeBaselineText(baseline: CheckValue): string {
  const document = new Document(baseline, { aliasDuplicateObjects: false });
  const columns = document.get('columns');
  if (isMap(columns)) columns.flow = true;
  const distributions = document.get('distributions');
  if (isMap(distributions)) for (const { value } of distributions.items) if (isMap(value)) value.flow = true;
  return document.toString({ lineWidth: 0 }).replace(/\n$/, '');
}

function readDistribution(reader: YamlReader, value: unknown, path: Path): CheckValue {
  const members = reader.members(value, path);
  if (members['values'] != null)
    return {
      values: reader.record(members['values'], [...path, 'values'], (item, at) =>
        readShare(reader, item, at),
      ),
    };
  const edges = reader.list(members['edges'] ?? null, [...path, 'edges'], (item, at) =>
    readEdge(reader, item, at),
  );
  const shares = reader.list(members['shares'] ?? null, [...path, 'shares'], (item, at) =>
    readShare(reader, item, at),
  );
  const isRising = edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0));
  if (edges.length === 0 || shares.length !== edges.length + 1 || !isRising)
    reader.refuse(
      path,
      'a distribution needs rising edges and one share more than edges, or values with their shares.',
      'Write for example { edges: [10, 20], shares: [0.2, 0.5, 0.3] }.',
    );
  return { edges, shares };
}

function readEdge(reader: YamlReader, value: unknown, path: Path): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return reader.refuse(path, 'an edge must be a number.', 'Write a number.');
}

function readShare(reader: YamlReader, value: unknown, path: Path): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  return reader.refuse(path, 'a share must be a number from 0 to 1.', 'Write for example 0.25.');
}
