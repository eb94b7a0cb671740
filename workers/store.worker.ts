// The comlink door to keeping source files, nothing else.
import * as comlink from 'comlink';
import { createStoreWorker } from './store/source-writer.ts';

comlink.expose(createStoreWorker());
