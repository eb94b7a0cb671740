// The comlink door to keeping source files, nothing else.
import * as comlink from 'comlink';
import { showLife } from '../src/lib/base/worker-life.ts';
import { createStoreWorker } from './store/source-writer.ts';

showLife(self);
comlink.expose(createStoreWorker());
