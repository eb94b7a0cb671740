import { describe, expect, it } from 'vitest';
import { buildGraph, cycleProblem } from '../../../src/lib/notebook/graph.ts';

const node = (name: string, ...reads: string[]) => ({ name, reads });

describe('the graph', () => {
  it('orders by what reads what, and otherwise as given', () => {
    const graph = buildGraph([node('d', 'b', 'c'), node('x'), node('b', 'a'), node('c', 'a'), node('a')]);
    expect(graph.order).toEqual(['x', 'a', 'b', 'c', 'd']);
    expect(buildGraph([node('c'), node('a'), node('b')]).order).toEqual(['c', 'a', 'b']);
  });

  it('knows all that depends on a node and all it depends on, in order', () => {
    const graph = buildGraph([node('d', 'b', 'c'), node('b', 'a'), node('c', 'a'), node('a'), node('e')]);
    expect([
      graph.dependents('a'),
      graph.dependents('d'),
      graph.ancestors('d'),
      graph.ancestors('a'),
    ]).toEqual([['b', 'c', 'd'], [], ['a', 'b', 'c'], []]);
    expect(graph.dependents('nobody')).toEqual([]);
  });

  it('takes names in any case as the same, and gives them as defined', () => {
    const graph = buildGraph([node('Safe', 'USERS', 'users'), node('Users')]);
    expect([graph.order, graph.ancestors('SAFE'), graph.unknown]).toEqual([['Users', 'Safe'], ['Users'], []]);
  });

  it('reports names that nothing defines', () => {
    expect(buildGraph([node('a', 'Gone', 'b', 'constructor'), node('b')]).unknown).toEqual([
      { name: 'Gone', readBy: 'a' },
      { name: 'constructor', readBy: 'a' },
    ]);
  });

  it('names each cycle, and still orders the rest', () => {
    const graph = buildGraph([
      node('a', 'b'),
      node('b', 'c'),
      node('c', 'a'),
      node('s', 'S'),
      node('x', 'a'),
      node('y'),
    ]);
    expect(graph.cycles).toEqual([
      ['a', 'b', 'c', 'a'],
      ['s', 's'],
    ]);
    expect(graph.order).toEqual(['y', 'a', 'b', 'c', 's', 'x']);
    expect(graph.dependents('b')).toEqual(['a', 'c', 'x']);
    expect(cycleProblem(graph)).toEqual({
      code: 'notebook-cycle',
      message: 'These cells read each other in a circle: a → b → c → a.',
      hint: 'Let one of them read something else.',
    });
    expect(cycleProblem(buildGraph([node('s', 's')]))?.message).toBe('“s” reads itself.');
    expect(cycleProblem(buildGraph([node('a')]))).toBeNull();
  });

  it('stands a chain of 50,000 and an empty notebook', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `n${index}`);
    const graph = buildGraph(names.map((name, index) => node(name, ...names.slice(index + 1, index + 2))));
    expect(graph.order).toEqual(names.toReversed());
    expect(graph.dependents('n49999').length).toBe(49_999);
    expect(buildGraph([]).order).toEqual([]);
  });
});
