// Hints between this page and the notebook to look at the storage again; nothing heard here is acted on otherwise.
import { PUBLISHER_CHANNEL } from '../lib/store/publisher-types.ts';
import type { PublisherMessage } from '../lib/store/publisher-types.ts';

const channel = new BroadcastChannel(PUBLISHER_CHANNEL);

export function sendHint(message: PublisherMessage): void {
  channel.postMessage(message);
}

function kindOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'kind' in data ? data.kind : null;
}

/** Answers whether a publisher is open, and calls `onChange` where another page says that something changed. */
export function listenToHints(onChange: () => void): void {
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const kind = kindOf(data);
    if (kind === 'is-publisher-open') sendHint({ kind: 'publisher-is-open' });
    else if (kind !== 'publisher-is-open' && typeof kind === 'string') onChange();
  });
}
