// The engine contract in a cross-origin isolated page: threads; and what a page does when its worker dies.
import { describe, expect, it } from 'vitest';
import { createEngineClient } from '../../src/lib/engine/client.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { assets, fetchSource, makeBrowserEngine, makeEngineWorker } from './browser-engine.ts';
import { describeEngineContract } from './engine-contract.ts';

describe('an isolated page', () => {
  it('runs the build with threads, and with one for a publication', async () => {
    const [all, one] = [makeBrowserEngine(), makeBrowserEngine()];
    const opened = [
      await all.open({ macroScripts: [], threads: 'all', assets }),
      await one.open({ macroScripts: [], threads: 1, assets }),
    ];
    await Promise.all([all.dispose(), one.dispose()]);
    expect(crossOriginIsolated).toBe(true);
    expect(opened).toEqual([
      {
        ok: true,
        value: { version: 'v1.5.6', bundle: 'coi', threads: Math.min(4, navigator.hardwareConcurrency) },
      },
      { ok: true, value: { version: 'v1.5.6', bundle: 'coi', threads: 1 } },
    ]);
  });

  it.each(['coiWorker', 'coiModule'] as const)(
    'says so at once when a file of the engine is missing: %s',
    async (file) => {
      const engine = makeBrowserEngine();
      const missing = { ...assets, [file]: new URL('/no-such-file', location.href).href };
      const started = performance.now();
      const opened = await engine.open({ macroScripts: [], threads: 1, assets: missing });
      await engine.dispose();
      expect(opened.ok ? null : opened.error.code).toBe('engine-start');
      expect(performance.now() - started).toBeLessThan(20_000);
    },
  );

  it('answers every call when its worker dies', async () => {
    let worker: Worker | null = null;
    const engine = createEngineClient(() => (worker = makeEngineWorker()));
    unwrap(await engine.open({ macroScripts: [], threads: 1, assets }));
    const sql = 'SELECT count(*) FROM range(100000) a, range(1000000) b WHERE hash(a.range) > hash(b.range)';
    const running = engine.run({ runId: 'r', sql, into: 't' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    (worker as Worker | null)?.dispatchEvent(new ErrorEvent('error', { message: 'it fell over' }));
    const codes = [await running, await engine.query({ sql: 'SELECT 1' })].map((each) =>
      each.ok ? 'ok' : each.error.code,
    );
    await engine.dispose();
    expect(codes).toEqual(['engine-crashed', 'engine-crashed']);
  });

  it('says so when its own script is missing', async () => {
    const engine = createEngineClient(() => new Worker('/no-such-script.js', { type: 'module' }));
    const opened = await engine.open({ macroScripts: [], threads: 1, assets });
    expect(opened.ok ? null : opened.error.code).toBe('engine-crashed');
  });
});

describeEngineContract('browser, threads', makeBrowserEngine, fetchSource, assets);
