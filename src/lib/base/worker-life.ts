// Tells when a worker has ended, also where it ends in silence; must not know what it works on.

const LIFE = 'sluice-life';

interface WorkerSelf {
  postMessage(message: unknown): void;
}

interface WorkerSeen {
  addEventListener(type: 'message', take: (event: MessageEvent) => void): void;
}

/**
 * Called in a worker: it holds a web lock for as long as it lives, and says which. A worker that closes or is ended sends
 * no event, but its locks are let go (Web Locks API, “terminating a lock manager's agent”).
 */
export function showLife(self: WorkerSelf): void {
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return;
  const name = `${LIFE}:${crypto.randomUUID()}`;
  void navigator.locks.request(name, () => {
    self.postMessage({ [LIFE]: name });
    return new Promise<never>(() => {});
  });
}

/** Calls `onEnd` once a worker that shows its life has ended, whoever ended it. Call before anything else listens. */
export function watchLife(worker: WorkerSeen, onEnd: () => void): void {
  worker.addEventListener('message', (event) => {
    const data: unknown = event.data;
    const name: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, LIFE) : undefined;
    if (typeof name !== 'string') return;
    event.stopImmediatePropagation();
    void navigator.locks.request(name, onEnd);
  });
}
