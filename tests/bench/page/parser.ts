// The product's SQL parser in its own worker; must not know lineage.
import { wrap } from 'comlink';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { AsyncParse } from '../../../src/lib/run/notebook-analysis.ts';
import { locateParserModule } from '../../../src/lib/session/engine-assets.ts';
import type { AnalysisPort } from '../../../workers/analysis/analysis-port.ts';

export async function openParser(): Promise<AsyncParse> {
  const worker = new Worker(new URL('../../../workers/analysis.worker.ts', import.meta.url), {
    type: 'module',
  });
  const remote = wrap<AnalysisPort>(worker);
  unwrap(await remote.open(locateParserModule()));
  return (sql) => remote.parse(sql);
}
