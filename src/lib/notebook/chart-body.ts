// The chart fence: its info string and YAML body ⇄ chart cell; must not know how a chart is computed or drawn.
import { Document } from 'yaml';
import { fail, ProblemError, succeed, type Result } from '../base/result.ts';
import { AGGREGATES, CHART_MARKS } from './chart-cell-types.ts';
import type { ChartCellSpec } from './chart-cell-types.ts';
import { readInfo, writePair } from './fence-info.ts';
import { otherMembers, textProblem, YamlReader } from './yaml-reader.ts';
import type { Members } from './yaml-reader.ts';

const TEXT_KEYS = ['x', 'y', 'series', 'title'] as const;
const KNOWN_KEYS: readonly string[] = ['kind', 'aggregate', 'bins', ...TEXT_KEYS];
const OWN_PAIRS = ['name', 'of'];

/** `bodyLine` is the one-based line of the text on which the body starts. `notebook-text` where it is broken. */
export function readChart(info: string, body: string, bodyLine: number): Result<ChartCellSpec> {
  try {
    const reader = new YamlReader(`${body}\n`, bodyLine);
    const root =
      reader.root() ??
      reader.refuse([], 'a chart cell holds “name: value” lines.', 'Write for example “kind: bar”.');
    const { values, parts } = readInfo(info);
    const name = values.get('name');
    const attributes = parts.filter((part) => !OWN_PAIRS.some((key) => part.startsWith(`${key}=`))).join(' ');
    return succeed({
      ...readBody(reader, root, values.get('of') ?? ''),
      ...(name === undefined ? {} : { name }),
      ...(attributes === '' ? {} : { attributes }),
    });
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    if (error instanceof RangeError)
      return fail(
        textProblem(bodyLine, 'this cell is nested too deeply to be read.', 'Write it with fewer levels.'),
      );
    throw error;
  }
}

function readBins(reader: YamlReader, value: unknown): number {
  const bins = reader.integer(value, ['bins'], 2);
  return bins <= 200
    ? bins
    : reader.refuse(['bins'], '“bins” must be at most 200.', 'Write a smaller number.');
}

function readBody(reader: YamlReader, root: Members, of: string): ChartCellSpec {
  const texts = TEXT_KEYS.filter((key) => root[key] != null).map((key) => [
    key,
    reader.text(root[key], [key]),
  ]);
  const extra = otherMembers(root, KNOWN_KEYS);
  return {
    kind: 'chart',
    of,
    mark: root['kind'] == null ? 'bar' : reader.oneOf(root['kind'], ['kind'], CHART_MARKS),
    ...(Object.fromEntries(texts) as Partial<Record<(typeof TEXT_KEYS)[number], string>>),
    ...(root['aggregate'] == null
      ? {}
      : { aggregate: reader.oneOf(root['aggregate'], ['aggregate'], AGGREGATES) }),
    ...(root['bins'] == null ? {} : { bins: readBins(reader, root['bins']) }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

export function writeChartInfo(cell: ChartCellSpec): string {
  const parts = ['chart'];
  if (cell.name !== undefined) parts.push(writePair('name', cell.name));
  if (cell.of !== '') parts.push(writePair('of', cell.of));
  if (cell.attributes !== undefined) parts.push(cell.attributes);
  return parts.join(' ');
}

/** YAML without a final newline. */
export function writeChartBody(cell: ChartCellSpec): string {
  const { mark, x, y, aggregate, series, bins, title, extra } = cell;
  const members = { kind: mark, x, y, aggregate, series, bins, title };
  const known = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  const document = new Document(
    { ...known, ...otherMembers(extra ?? {}, KNOWN_KEYS) },
    { aliasDuplicateObjects: false },
  );
  return document.toString({ lineWidth: 0 }).replace(/\n$/, '');
}
