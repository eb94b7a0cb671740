// The button of the page that says there is a new version: fetches it whole, lets it take over, loads again.
import type { WorkerOrder } from '../service-worker/messages.ts';
import { element } from './element.ts';

const TAKE_OVER: WorkerOrder = { kind: 'take-over' };

function installed(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === 'redundant') resolve(false);
      else if (worker.state !== 'installing') resolve(true);
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

async function update(): Promise<void> {
  const words = element('words');
  words.textContent = 'Fetching the new version …';
  const registration = await navigator.serviceWorker.getRegistration();
  await registration?.update();
  const next = registration?.installing ?? registration?.waiting;
  if (!next || !(await installed(next))) {
    words.textContent = 'The new version is not whole on the server yet. Try again in a minute.';
    return;
  }
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
  next.postMessage(TAKE_OVER);
}

element('update').addEventListener('click', () => {
  update().catch(() => {
    element('words').textContent = 'The server gave no usable answer. Try again when the network is back.';
  });
});
