// How the records of a JSON file lie in it, by its beginning; must not read the whole file.
import type { JsonImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';
import { ElementSplitter, LineSplitter, type JsonLayout, type Splitter } from './json-records.ts';

export interface FoundLayout {
  readonly layout: JsonLayout;
  /** Members that lead to the array; empty where there are none. */
  readonly path: readonly string[];
  /** Values that take several lines each, one after the other. */
  readonly isSpread: boolean;
  /** Arrays within an object, to choose from. */
  readonly paths: readonly string[];
}

const DEEPEST = 4;

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Arrays of objects in the object that begins the text, by their paths, with how many elements were seen. */
function findArrays(head: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const levels: { isList: boolean; key: string; counts: boolean }[] = [];
  const token = /"((?:[^"\\]|\\.)*)"(\s*:)?|[[\]{}]/g;
  for (const [mark, key, colon] of head.matchAll(token)) {
    const top = levels.at(-1);
    if (colon !== undefined && top) top.key = key ?? '';
    else if (mark === '}' || mark === ']') levels.pop();
    else if (mark === '[' || mark === '{') {
      const path = levels.map((level) => level.key).join('.');
      if (mark === '{' && top?.counts)
        found.set(path.replace(/\.$/, ''), (found.get(path.replace(/\.$/, '')) ?? 0) + 1);
      const isInObjects =
        levels.length > 0 && levels.length <= DEEPEST && levels.every((level) => !level.isList);
      levels.push({ isList: mark === '[', key: '', counts: mark === '[' && isInObjects });
    }
  }
  return found;
}

/** @param isAll whether the head is the whole file */
export function findLayout(head: string, isAll: boolean, options: JsonImportOptions): FoundLayout {
  const text = head.trimStart();
  const arrays = text.startsWith('{') ? findArrays(text) : new Map<string, number>();
  const paths = [...arrays].sort((a, b) => b[1] - a[1]).map(([path]) => path);
  const firstLine = text.split('\n', 1)[0]?.trim() ?? '';
  const isLineWhole = isWhole(firstLine);
  const isSpread = !isLineWhole;
  const found = (layout: JsonLayout, path: readonly string[] = []): FoundLayout => ({
    layout,
    path,
    isSpread,
    paths,
  });
  if (options.layout === 'lines') return found('lines');
  if (options.layout === 'array') return found('array');
  if (options.layout === 'object' || options.path !== undefined)
    return found('object', (options.path ?? paths[0] ?? '').split('.'));
  const hasMore = text.slice(firstLine.length).trim() !== '';
  if (text.startsWith('[')) return isLineWhole && hasMore ? found('lines') : found('array');
  const isOneObject = (isLineWhole && !hasMore && isAll) || (!isLineWhole && !isSequence(text));
  return isOneObject && paths[0] !== undefined ? found('object', paths[0].split('.')) : found('lines');
}

/** Whether a second value follows the first. */
function isSequence(text: string): boolean {
  const splitter = new ElementSplitter(null);
  let records = 0;
  for (const _ of splitter.push(text)) if (++records > 1) return true;
  return records === 1 && splitter.isOpen;
}

export function makeSplitter({ layout, path, isSpread }: FoundLayout): Splitter {
  if (layout === 'lines') return isSpread ? new ElementSplitter(null) : new LineSplitter();
  return new ElementSplitter(layout === 'array' ? [] : path);
}

/** Where the array that was asked for is not there. */
export function noArray({ layout, path, paths }: FoundLayout): ProblemError {
  return new ProblemError({
    code: 'import-json-path',
    message:
      layout === 'array' ? 'The file is no JSON array.' : `The file has no array at “${path.join('.')}”.`,
    hint:
      paths.length > 0
        ? `Choose among ${paths.slice(0, 10).join(', ')}.`
        : 'Choose JSON lines, or look whether the file is what it seems to be.',
  });
}
