// The page's side of the SQL parser in its own worker, started when first asked; must not know lineage.
import * as comlink from 'comlink';
import type { AnalysisPort } from '../../../workers/analysis/analysis-port.ts';
import { watchLife } from '../base/worker-life.ts';
import { fail, type Problem, type Result } from '../base/result.ts';
import type { ParseTree } from '../lineage/lineage-types.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import { locateParserModule } from './engine-assets.ts';

const LOST: Problem = {
  code: 'parser-lost',
  message: 'The SQL parser stopped.',
  hint: 'Run the cell again: the parser is started anew.',
};

interface Door {
  readonly remote: comlink.Remote<AnalysisPort>;
  /** Settles when the worker dies, and never before. */
  readonly lost: Promise<Result<never>>;
  readonly opened: Promise<Result<null>>;
}

function openDoor(onLost: () => void): Door {
  const worker = new Worker(new URL('../../../workers/analysis.worker.ts', import.meta.url), {
    type: 'module',
    name: 'sluice-analysis',
  });
  const lost = new Promise<Result<never>>((resolve) => {
    let isLost = false;
    const lose = () => {
      if (isLost) return;
      isLost = true;
      worker.terminate();
      onLost();
      resolve(fail(LOST));
    };
    watchLife(worker, lose);
    worker.addEventListener('error', lose);
    worker.addEventListener('messageerror', lose);
  });
  const remote = comlink.wrap<AnalysisPort>(worker);
  return { remote, lost, opened: Promise.race([remote.open(locateParserModule()), lost]) };
}

/** Starts the worker on first use; one that dies answers with a problem and is started again by the next call. */
export function createParserClient(): AsyncParse {
  let door: Door | null = null;
  return async (sql): Promise<Result<ParseTree>> => {
    const used = (door ??= openDoor(() => {
      door = null;
    }));
    const opened = await used.opened;
    if (!opened.ok) return opened;
    return Promise.race([used.remote.parse(sql), used.lost]);
  };
}
