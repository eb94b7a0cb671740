// The publish fence: its info string and YAML body ⇄ publish cell; knows nothing of the text around it.
import { Document, isCollection } from 'yaml';
import type { Result } from '../base/result.ts';
import { fail, ProblemError, succeed } from '../base/result.ts';
import { partsWithout, readInfo, writePair } from './fence-info.ts';
import type { DataFormat, PublishCellSpec } from './notebook-types.ts';
import type { Members } from './yaml-reader.ts';
import { otherMembers, textProblem, YamlReader } from './yaml-reader.ts';

const DATA_FORMATS: readonly DataFormat[] = ['parquet', 'csv', 'json'];

const TEXT_KEYS = ['destination', 'title', 'description', 'license', 'creator'] as const;
const KNOWN_KEYS: readonly string[] = ['namespace', 'module', 'formats', 'order', 'keywords', ...TEXT_KEYS];

/** `bodyLine` is the one-based line of the text on which the body starts. `notebook-text` where it is broken. */
export function readPublish(info: string, body: string, bodyLine: number): Result<PublishCellSpec> {
  try {
    const reader = new YamlReader(`${body}\n`, bodyLine);
    const root = reader.root();
    if (root === null)
      reader.refuse([], 'a publish cell holds “name: value” lines.', 'Write namespace: and module:.');
    const read = readInfo(info);
    const attributes = partsWithout(read, 'of');
    return succeed({
      ...readBody(reader, root ?? {}, read.values.get('of') ?? ''),
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

function readBody(reader: YamlReader, root: Members, of: string): PublishCellSpec {
  const text = (key: string): string => (root[key] == null ? '' : reader.text(root[key], [key]));
  const texts = TEXT_KEYS.filter((key) => root[key] != null).map((key) => [key, text(key)]);
  const keywords = root['keywords'];
  const extra = otherMembers(root, KNOWN_KEYS);
  return {
    kind: 'publish',
    of,
    namespace: text('namespace'),
    module: text('module'),
    formats:
      root['formats'] == null
        ? ['parquet']
        : reader.list(root['formats'], ['formats'], (item, path) => reader.oneOf(item, path, DATA_FORMATS)),
    order:
      root['order'] == null
        ? []
        : reader.list(root['order'], ['order'], (item, path) => reader.text(item, path)),
    ...(Object.fromEntries(texts) as Partial<Record<(typeof TEXT_KEYS)[number], string>>),
    ...(keywords == null
      ? {}
      : { keywords: reader.list(keywords, ['keywords'], (item, path) => reader.text(item, path)) }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

export function writePublishInfo(cell: PublishCellSpec): string {
  const parts = ['publish'];
  if (cell.of !== '') parts.push(writePair('of', cell.of));
  if (cell.attributes !== undefined) parts.push(cell.attributes);
  return parts.join(' ');
}

/** YAML without a final newline. */
export function writePublishBody(cell: PublishCellSpec): string {
  const { namespace, module, formats, order, keywords, extra } = cell;
  const texts = TEXT_KEYS.filter((key) => cell[key] !== undefined).map((key) => [key, cell[key]]);
  const known = {
    namespace,
    module,
    formats,
    ...(order.length === 0 ? {} : { order }),
    ...Object.fromEntries(texts),
    ...(keywords === undefined ? {} : { keywords }),
  };
  const document = new Document(
    { ...known, ...otherMembers(extra ?? {}, KNOWN_KEYS) },
    { aliasDuplicateObjects: false },
  );
  for (const key of ['formats', 'order', 'keywords']) {
    const node: unknown = document.get(key, true);
    if (isCollection(node)) node.flow = true;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).replace(/\n$/, '');
}
