// Who reads whom: order, ancestors, dependents and cycles of named nodes; knows nothing of SQL or cells.
import type { Problem } from '../base/result.ts';
import { foldName } from './names.ts';

export interface GraphNode {
  readonly name: string;
  /** Names it reads, in any order and case. */
  readonly reads: readonly string[];
}

export interface Graph {
  /** Every name, what is read before what reads it, otherwise as given. Members of cycles come last, as given. */
  readonly order: readonly string[];
  /** All that reads `name`, directly or through others, in `order`; without `name`. */
  dependents(name: string): readonly string[];
  /** All that `name` reads, directly or through others, in `order`; without `name`. */
  ancestors(name: string): readonly string[];
  /** Each cycle once, from its first node as given and back to it: `['a', 'b', 'a']`. */
  readonly cycles: readonly (readonly string[])[];
  /** Names that are read but not there. */
  readonly unknown: readonly { readonly name: string; readonly readBy: string }[];
}

/** Builds the graph in linear time. Names are the same name in any case; of two nodes with one name the first counts. */
export function buildGraph(nodes: readonly GraphNode[]): Graph {
  const links = link(nodes);
  const order = sort(links);
  const rank = new Map(order.map((key, index) => [key, index]));
  const names = (keys: Iterable<string>): readonly string[] =>
    [...keys]
      .sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
      .map((key) => links.names.get(key) ?? key);
  return {
    order: names(order),
    dependents: (name) => names(reach(foldName(name), links.readers)),
    ancestors: (name) => names(reach(foldName(name), links.reads)),
    cycles: findCycles(links).map((cycle) => cycle.map((key) => links.names.get(key) ?? key)),
    unknown: links.unknown,
  };
}

/** Null where there is no cycle, else `notebook-cycle`, naming the first. */
export function cycleProblem(graph: Pick<Graph, 'cycles'>): Problem | null {
  const cycle = graph.cycles[0];
  if (!cycle) return null;
  const message =
    cycle.length === 2
      ? `“${cycle[0]}” reads itself.`
      : `These cells read each other in a circle: ${cycle.join(' → ')}.`;
  return { code: 'notebook-cycle', message, hint: 'Let one of them read something else.' };
}

type Links = ReadonlyMap<string, readonly string[]>;

interface Linked {
  readonly names: ReadonlyMap<string, string>;
  readonly reads: Links;
  readonly readers: Links;
  readonly unknown: readonly { readonly name: string; readonly readBy: string }[];
}

function link(nodes: readonly GraphNode[]): Linked {
  const names = new Map<string, string>();
  for (const node of nodes) if (!names.has(foldName(node.name))) names.set(foldName(node.name), node.name);
  const reads = new Map<string, string[]>();
  const readers = new Map<string, string[]>([...names.keys()].map((key) => [key, []]));
  const unknown: { name: string; readBy: string }[] = [];
  for (const node of nodes) {
    const key = foldName(node.name);
    if (reads.has(key)) continue;
    const known: string[] = [];
    for (const [read, asWritten] of new Map(node.reads.map((name) => [foldName(name), name]))) {
      if (names.has(read)) {
        known.push(read);
        readers.get(read)?.push(key);
      } else unknown.push({ name: asWritten, readBy: node.name });
    }
    reads.set(key, known);
  }
  return { names, reads, readers, unknown };
}

/** Kahn's algorithm; of several that are ready the first as given comes first. */
function sort({ names, reads, readers }: Linked): readonly string[] {
  const position = new Map([...names.keys()].map((key, index) => [key, index]));
  const missing = new Map([...reads].map(([key, list]) => [key, list.length]));
  const ready = new PositionHeap(
    [...names.keys()].filter((key) => missing.get(key) === 0),
    position,
  );
  const order: string[] = [];
  for (let key = ready.pop(); key !== null; key = ready.pop()) {
    order.push(key);
    for (const reader of readers.get(key) ?? []) {
      const left = (missing.get(reader) ?? 0) - 1;
      missing.set(reader, left);
      if (left === 0) ready.push(reader);
    }
  }
  const done = new Set(order);
  return [...order, ...[...names.keys()].filter((key) => !done.has(key))];
}

/** A binary heap of keys, the earliest position first. */
class PositionHeap {
  readonly #keys: string[] = [];
  readonly #position: ReadonlyMap<string, number>;

  constructor(keys: readonly string[], position: ReadonlyMap<string, number>) {
    this.#position = position;
    for (const key of keys) this.push(key);
  }

  push(key: string): void {
    let at = this.#keys.push(key) - 1;
    while (at > 0 && this.#isBefore(at, (at - 1) >> 1)) {
      this.#swap(at, (at - 1) >> 1);
      at = (at - 1) >> 1;
    }
  }

  pop(): string | null {
    const first = this.#keys[0];
    const last = this.#keys.pop();
    if (first === undefined || last === undefined) return null;
    if (this.#keys.length > 0) this.#keys[0] = last;
    for (let at = 0, least = this.#least(at); least !== at; at = least, least = this.#least(at))
      this.#swap(at, least);
    return first;
  }

  #least(at: number): number {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const lower = left < this.#keys.length && this.#isBefore(left, at) ? left : at;
    return right < this.#keys.length && this.#isBefore(right, lower) ? right : lower;
  }

  #isBefore(a: number, b: number): boolean {
    return (this.#position.get(this.#keys[a] ?? '') ?? 0) < (this.#position.get(this.#keys[b] ?? '') ?? 0);
  }

  #swap(a: number, b: number): void {
    [this.#keys[a], this.#keys[b]] = [this.#keys[b] ?? '', this.#keys[a] ?? ''];
  }
}

function reach(start: string, links: Links): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(links.get(start) ?? [])];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (found.has(key)) continue;
    found.add(key);
    open.push(...(links.get(key) ?? []));
  }
  found.delete(start);
  return found;
}

/** One cycle for each back edge of a depth-first walk that shares no node with an earlier one. */
function findCycles({ names, reads }: Linked): readonly (readonly string[])[] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const root of names.keys()) {
    const path: string[] = [];
    const depth = new Map<string, number>();
    const open: { key: string; next: number }[] = done.has(root) ? [] : [{ key: root, next: 0 }];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (top.next === 0) depth.set(top.key, path.push(top.key) - 1);
      const target = reads.get(top.key)?.[top.next++];
      if (target === undefined) {
        done.add(top.key);
        depth.delete(top.key);
        path.pop();
        open.pop();
      } else if (depth.has(target)) cycles.push([...path.slice(depth.get(target)), target]);
      else if (!done.has(target)) open.push({ key: target, next: 0 });
    }
  }
  return cycles;
}
