import { describe, expect, it } from 'vitest';
import { watchLife } from '../../../src/lib/base/worker-life.ts';

function startWorker() {
  const worker = new Worker(new URL('./living-worker.ts', import.meta.url), { type: 'module' });
  let ends = 0;
  const { promise: ended, resolve } = Promise.withResolvers<null>();
  watchLife(worker, () => {
    ends += 1;
    resolve(null);
  });
  const heard: unknown[] = [];
  worker.addEventListener('message', (event) => heard.push(event.data));
  return { worker, ended, heard, ends: () => ends };
}

/** Until it has answered, its life was shown before. */
async function settle({ worker, heard }: ReturnType<typeof startWorker>): Promise<void> {
  worker.postMessage('are you there?');
  await expect.poll(() => heard).toEqual(['are you there?']);
}

describe('a worker that shows its life', () => {
  it('is noticed when it closes itself, which sends no event', async () => {
    const life = startWorker();
    await settle(life);
    life.worker.postMessage('close');
    await life.ended;
    expect(life.ends()).toBe(1);
  });

  it('is noticed when it is ended in the middle of its work', async () => {
    const life = startWorker();
    await settle(life);
    life.worker.postMessage('spin');
    life.worker.terminate();
    await life.ended;
  });

  it('is not mistaken for dead while it works without a pause', async () => {
    const life = startWorker();
    await settle(life);
    life.worker.postMessage('spin');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(life.ends()).toBe(0);
    life.worker.terminate();
    await life.ended;
  });

  it('keeps the message about its life from those who listen for work', async () => {
    const life = startWorker();
    await settle(life);
    expect(life.heard).toEqual(['are you there?']);
    life.worker.terminate();
    await life.ended;
  });
});
