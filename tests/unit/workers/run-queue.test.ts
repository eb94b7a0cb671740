// The order of long jobs and their cancellation.
import { describe, expect, it } from 'vitest';
import { fail, succeed, type Result } from '../../../src/lib/base/result.ts';
import { RunQueue } from '../../../workers/engine/run-queue.ts';

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

describe('run queue', () => {
  it('runs one job after the other, also after a failure', async () => {
    const queue = new RunQueue();
    const seen: string[] = [];
    const first = queue.add('a', async () => {
      seen.push('a begins');
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push('a ends');
      return fail({ code: 'broken', message: 'It broke.' });
    });
    const second = queue.add('b', async () => {
      seen.push('b');
      return succeed(2);
    });
    expect([codeOf(await first), await second]).toEqual(['broken', { ok: true, value: 2 }]);
    expect(seen).toEqual(['a begins', 'a ends', 'b']);
  });

  it('tells a running job, and takes a waiting one out at once without running it', async () => {
    const queue = new RunQueue();
    let ran = false;
    const running = queue.add('running', async (watch) => {
      while (!watch.isCancelled()) await new Promise((resolve) => setTimeout(resolve, 1));
      return fail({ code: 'stopped', message: 'It was stopped.' });
    });
    await new Promise((resolve) => setTimeout(resolve, 2));
    const waiting = queue.add('waiting', async () => {
      ran = true;
      return succeed(null);
    });
    queue.cancel('waiting');
    expect(codeOf(await waiting)).toBe('engine-cancelled');
    queue.cancel('running');
    expect(codeOf(await running)).toBe('stopped');
    await queue.idle();
    expect(ran).toBe(false);
  });

  it('cancels all, and forgets ids that are done', async () => {
    const queue = new RunQueue();
    expect(codeOf(await queue.add('x', async () => succeed(1)))).toBe('ok');
    queue.cancel('x');
    const again = queue.add('x', async (watch) => succeed(watch.isCancelled()));
    expect(await again).toEqual({ ok: true, value: false });
    const endless = queue.add(null, async (watch) => {
      while (!watch.isCancelled()) await new Promise((resolve) => setTimeout(resolve, 1));
      return succeed('over');
    });
    await new Promise((resolve) => setTimeout(resolve, 2));
    queue.cancelAll();
    expect(await endless).toEqual({ ok: true, value: 'over' });
  });
});
