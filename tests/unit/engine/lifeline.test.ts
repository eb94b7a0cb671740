// Waiting for someone who may die.
import { describe, expect, it } from 'vitest';
import { Lifeline } from '../../../src/lib/engine/lifeline.ts';

describe('lifeline', () => {
  it('passes an answer and a failure on', async () => {
    const life = new Lifeline<string>();
    expect(await life.hold(Promise.resolve('answer'), (reason) => reason)).toBe('answer');
    await expect(life.hold(Promise.reject(new Error('no')), (reason) => reason)).rejects.toThrow('no');
  });

  it('answers everyone who waits when the other side ends, with the first reason', async () => {
    const life = new Lifeline<string>();
    const never = new Promise<string>(() => {});
    const waiting = [
      life.hold(never, (reason) => `1 ${reason}`),
      life.hold(never, (reason) => `2 ${reason}`),
    ];
    life.end('gone');
    life.end('later');
    expect([
      ...(await Promise.all(waiting)),
      await life.hold(never, (reason) => `3 ${reason}`),
      life.ended,
    ]).toEqual(['1 gone', '2 gone', '3 gone', true]);
  });

  it('raises what the end is turned into', async () => {
    const life = new Lifeline<Error>();
    const waiting = life.hold(new Promise<string>(() => {}), (reason) => {
      throw reason;
    });
    life.end(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
  });

  it('leaves no unhandled rejection of an answer that comes after the end', async () => {
    const life = new Lifeline<string>();
    const { promise, reject } = Promise.withResolvers<string>();
    const waiting = life.hold(promise, (reason) => reason);
    life.end('gone');
    reject(new Error('late'));
    expect(await waiting).toBe('gone');
  });
});
