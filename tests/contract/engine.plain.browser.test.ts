// The engine contract in a page that is not cross-origin isolated: one thread.
import { describe, expect, it } from 'vitest';
import { assets, fetchSource, makeBrowserEngine } from './browser-engine.ts';
import { describeEngineContract } from './engine-contract.ts';

describe('a page without isolation', () => {
  it('runs the build without threads', async () => {
    const engine = makeBrowserEngine();
    const opened = await engine.open({ macroScripts: [], threads: 'all', assets });
    await engine.dispose();
    expect([crossOriginIsolated, opened]).toEqual([
      false,
      { ok: true, value: { version: 'v1.5.6', bundle: 'eh', threads: 1 } },
    ]);
  });
});

describeEngineContract('browser, one thread', makeBrowserEngine, fetchSource, assets);
