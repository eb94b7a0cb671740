// Title, timezone, sources, policy and inputs → YAML front matter, keeping a person's own layout where it can.
import { canonicalJson } from '../base/canonical-json.ts';
import { Document, isCollection, isMap, isScalar, parseDocument, visit } from 'yaml';
import type { Node } from 'yaml';
import { HEAD_KEYS, TEXT_VERSION } from './front-matter-read.ts';
import type { HeadSpec } from './front-matter-read.ts';
import { DEFAULT_POLICY } from './notebook-types.ts';
import type { Members } from './yaml-reader.ts';
import { otherMembers } from './yaml-reader.ts';

const FORM = { lineWidth: 0 } as const;

/** YAML with a final newline, without the `---` lines. */
export function writeHead(head: HeadSpec): string {
  const document = new Document(
    { sluice: TEXT_VERSION, ...headMembers(head) },
    { aliasDuplicateObjects: false },
  );
  layOut(document);
  return document.toString(FORM);
}

/** True where front matter would say nothing. */
export function isEmptyHead(head: HeadSpec): boolean {
  const { title, timezone, ...others } = headMembers(head);
  return title === '' && timezone === 'UTC' && Object.keys(others).length === 0;
}

/**
 * `yaml`, which says `before`, changed to say `after`: comments, order and members that this version does not know stay.
 * Where that cannot be done (an alias whose anchor went), it is written anew. The caller checks that the outcome reads
 * as `after`.
 */
export function changeHead(yaml: string, before: HeadSpec, after: HeadSpec): string {
  const document = parseDocument(yaml, { stringKeys: true });
  if (!isMap(document.contents)) return writeHead(after);
  try {
    changeMembers(document, [], headMembers(before), headMembers(after));
    return document.toString(FORM);
  } catch {
    return writeHead(after);
  }
}

function headMembers(head: HeadSpec): Members {
  return {
    title: head.title,
    timezone: head.timezone,
    ...(Object.keys(head.sources).length === 0 ? {} : { sources: head.sources }),
    ...(canonicalJson(head.policy) === canonicalJson(DEFAULT_POLICY) ? {} : { policy: head.policy }),
    ...(head.inputs === undefined ? {} : { inputs: head.inputs }),
    ...otherMembers(head.extra, HEAD_KEYS),
  };
}

/** Short mappings on one line: import options, policy, and each column's declaration. */
function layOut(document: Document): void {
  const policy: unknown = document.get('policy', true);
  if (isCollection(policy)) policy.flow = true;
  const inputs: unknown = document.get('inputs', true);
  if (isMap(inputs)) for (const { value } of inputs.items) if (isCollection(value)) value.flow = true;
  const sources: unknown = document.get('sources', true);
  if (!isMap(sources)) return;
  for (const { value: source } of sources.items) {
    if (!isMap(source)) continue;
    const options: unknown = source.get('import', true);
    if (isCollection(options)) options.flow = true;
    const columns: unknown = source.get('columns', true);
    if (!isMap(columns)) continue;
    for (const { value } of columns.items) if (isCollection(value)) value.flow = true;
  }
}

function changeMembers(document: Document, path: readonly string[], before: Members, after: Members): void {
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) document.deleteIn([...path, key]);
  }
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (canonicalJson({ value: old }) === canonicalJson({ value })) continue;
    const at = [...path, key];
    if (isMembers(old) && isMembers(value) && isMap(document.getIn(at, true))) {
      changeMembers(document, at, old, value);
    } else setMember(document, at, value);
  }
}

function setMember(document: Document, path: readonly string[], value: unknown): void {
  const old: unknown = document.getIn(path, true);
  const node = document.createNode(value, { aliasDuplicateObjects: false }) as Node;
  if (isScalar(old) && isScalar(node)) {
    node.comment = old.comment ?? null;
    node.commentBefore = old.commentBefore ?? null;
  }
  const isShallow = path.length > 1 && path[path.length - 2] !== 'sources' && path.at(-1) !== 'columns';
  if (isCollection(node))
    node.flow =
      path[0] === 'policy' ||
      (path[0] === 'inputs' && path.length > 1) ||
      (path[0] === 'sources' && isShallow);
  if (isCollection(node) && !node.flow) flattenLeaves(document, node);
  document.setIn(path, node);
}

/** Puts the innermost mappings of a new block on one line each. */
function flattenLeaves(document: Document, root: Node): void {
  visit(root, {
    Map(_, map) {
      if (map !== root && map.items.every(({ value }) => !isMap(value))) map.flow = true;
    },
  });
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
