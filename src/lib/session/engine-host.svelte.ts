// The life of the exploring engine: start, crash, restart; must not know sources or cells.
import { fail, type Problem, type Result } from '../base/result.ts';
import { createEngineClient } from '../engine/client.ts';
import type { Engine, EngineInfo, OpenRequest } from '../engine/contract.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import { locateEngineAssets } from './engine-assets.ts';

function makeEngineWorker(): Worker {
  return new Worker(new URL('../../../workers/engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'sluice-engine',
  });
}

export class EngineHost {
  readonly #registry: MacroRegistry;
  readonly #restarted: () => Promise<void>;
  #state: 'starting' | 'ready' | 'restarting' | 'failed' = $state.raw('starting');
  #info: EngineInfo | null = $state.raw(null);
  #problem: Problem | null = $state.raw(null);
  #engine: Engine = createEngineClient(makeEngineWorker);
  #opened: Promise<Result<EngineInfo>>;

  constructor(registry: MacroRegistry, restarted: () => Promise<void>) {
    this.#registry = registry;
    this.#restarted = restarted;
    this.#opened = this.#start();
  }

  get state() {
    return this.#state;
  }
  get info(): EngineInfo | null {
    return this.#info;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  #request(threads: 1 | 'all'): OpenRequest {
    return {
      threads,
      macroScripts: this.#registry.macros.map((macro) => macro.script),
      assets: locateEngineAssets(),
    };
  }

  async #start(): Promise<Result<EngineInfo>> {
    const opened = await this.#engine.open(this.#request('all'));
    this.#info = opened.ok ? opened.value : null;
    this.#problem = opened.ok ? null : opened.error;
    this.#state = opened.ok ? 'ready' : 'failed';
    return opened;
  }

  /** The engine once it is open. */
  async ready(): Promise<Result<Engine>> {
    const opened = await this.#opened;
    return opened.ok ? { ok: true, value: this.#engine } : opened;
  }

  /** Watches an outcome: a crashed engine is replaced and told to whoever binds sources. */
  async guard<T>(outcome: Promise<Result<T>>): Promise<Result<T>> {
    const result = await outcome;
    if (!result.ok && result.error.code === 'engine-crashed' && this.#state === 'ready') void this.restart();
    return result;
  }

  async restart(): Promise<void> {
    this.#state = 'restarting';
    await this.#engine.dispose();
    this.#engine = createEngineClient(makeEngineWorker);
    this.#opened = this.#start();
    const opened = await this.#opened;
    if (opened.ok) await this.#restarted();
  }

  /** A second engine of one thread, for a publication; whoever asks disposes of it. */
  async openFresh(): Promise<Result<Engine>> {
    const engine = createEngineClient(makeEngineWorker);
    const opened = await engine.open(this.#request(1));
    if (opened.ok) return { ok: true, value: engine };
    await engine.dispose();
    return fail(opened.error);
  }
}
