// The page's side of the SQL parser in its own worker, started when first asked; must not know lineage.
import * as comlink from 'comlink';
import type { AnalysisPort } from '../../../workers/analysis/analysis-port.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import { locateParserModule } from './engine-assets.ts';

/** Starts the worker on first use; a worker that dies answers with a problem and is started again by the next call. */
export function createParserClient(): AsyncParse {
  let door: Promise<comlink.Remote<AnalysisPort>> | null = null;
  const start = async (): Promise<comlink.Remote<AnalysisPort>> => {
    const url = new URL('../../../workers/analysis.worker.ts', import.meta.url);
    const worker = new Worker(url, { type: 'module', name: 'sluice-analysis' });
    worker.addEventListener('error', () => {
      door = null;
    });
    const remote = comlink.wrap<AnalysisPort>(worker);
    await remote.open(locateParserModule());
    return remote;
  };
  return async (sql) => {
    door ??= start();
    const remote = await door;
    return remote.parse(sql);
  };
}
