// A worker that shows its life, and ends as it is told.
import { showLife } from '../../../src/lib/base/worker-life.ts';

showLife(self);
self.addEventListener('message', (event) => {
  if (event.data === 'close') self.close();
  else if (event.data === 'spin') for (;;);
  else self.postMessage(event.data);
});
