// Lets a version that waits serve from now on, unless a tab of the app is at work; must not know what a version holds.
import { tabChannel, type TabWord, type WorkerOrder } from '../service-worker/messages.ts';

/** How long other tabs have to say that they are at work. */
const ANSWER_WITHIN_MS = 400;
/** A version that was asked and does not come is not waited for. */
const ARRIVES_WITHIN_MS = 5_000;

function mayTabsReload(scope: string): Promise<boolean> {
  const tabs = new BroadcastChannel(tabChannel(scope));
  const asker = crypto.randomUUID();
  return new Promise((resolve) => {
    const answer = (may: boolean) => {
      tabs.close();
      resolve(may);
    };
    tabs.addEventListener('message', (event) => {
      const word = event.data as TabWord;
      if (word.kind === 'not-now' && word.asker === asker) answer(false);
    });
    tabs.postMessage({ kind: 'may-we-reload', asker } satisfies TabWord);
    setTimeout(() => answer(true), ANSWER_WITHIN_MS);
  });
}

/** Ends when the version has taken over, a tab objected, or nothing came of it. */
export async function letTakeOver(waiting: ServiceWorker, scope: string): Promise<void> {
  if (!(await mayTabsReload(scope))) return;
  await new Promise<void>((resolve) => {
    waiting.addEventListener('statechange', () => {
      if (waiting.state === 'activated' || waiting.state === 'redundant') resolve();
    });
    waiting.postMessage({ kind: 'take-over' } satisfies WorkerOrder);
    setTimeout(resolve, ARRIVES_WITHIN_MS);
  });
}
