// The life of the exploring engine: start, crash, restart; must not know sources or cells.
import { fail, type Problem, type Result } from '../base/result.ts';
import { createEngineClient } from '../engine/client.ts';
import type { Engine, EngineInfo, OpenRequest, Page } from '../engine/contract.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import { locateEngineAssets } from './engine-assets.ts';
import type { EngineView } from './engine-view-types.ts';

function makeEngineWorker(): Worker {
  return new Worker(new URL('../../../workers/engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'sluice-engine',
  });
}

/** More crashes than this within the time are no accident: then a person decides. */
const MOST_CRASHES = 3;
const CRASH_WINDOW_MS = 60_000;

/** A crash and what came of it. */
export interface EngineCrash {
  readonly problem: Problem;
  /** From the crash being noticed to a new engine with its sources; null where none was started. */
  readonly recoveredMs: number | null;
}

export class EngineHost implements EngineView {
  readonly #registry: MacroRegistry;
  readonly #restarted: () => Promise<void>;
  readonly #crashed: (crash: EngineCrash) => void;
  #state: 'starting' | 'ready' | 'restarting' | 'failed' = $state.raw('starting');
  #info: EngineInfo | null = $state.raw(null);
  #problem: Problem | null = $state.raw(null);
  #starts = $state.raw(0);
  #crashTimes: readonly number[] = [];
  #replacing: Promise<unknown> = Promise.resolve();
  #engine: Engine;
  #opened: Promise<Result<EngineInfo>>;

  constructor(
    registry: MacroRegistry,
    restarted: () => Promise<void>,
    crashed: (crash: EngineCrash) => void = () => {},
  ) {
    this.#registry = registry;
    this.#restarted = restarted;
    this.#crashed = crashed;
    this.#engine = this.#make();
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
  /** How many engines opened so far: what one failed to do, the next may. */
  get starts(): number {
    return this.#starts;
  }

  #make(): Engine {
    const engine: Engine = createEngineClient(makeEngineWorker, (problem) => {
      if (engine === this.#engine) void this.#recover(problem);
    });
    return engine;
  }

  #request(threads: 1 | 'all'): OpenRequest {
    return {
      threads,
      macroScripts: this.#registry.macros.map((macro) => macro.script),
      assets: locateEngineAssets(),
    };
  }

  async #start(): Promise<Result<EngineInfo>> {
    const engine = this.#engine;
    const opened = await engine.open(this.#request('all'));
    if (engine !== this.#engine) return opened;
    this.#info = opened.ok ? opened.value : null;
    this.#problem = opened.ok ? null : opened.error;
    this.#state = opened.ok ? 'ready' : 'failed';
    if (opened.ok) this.#starts += 1;
    return opened;
  }

  /** The newest engine once it is open. */
  async ready(): Promise<Result<Engine>> {
    for (;;) {
      const [engine, waited] = [this.#engine, this.#opened];
      const opened = await waited;
      if (engine === this.#engine) return opened.ok ? { ok: true, value: engine } : opened;
    }
  }

  /** Waits until no engine is being replaced any more: sources are bound to the newest one then, or there is none. */
  async restored(): Promise<void> {
    let waited: Promise<unknown>;
    do await (waited = this.#replacing);
    while (waited !== this.#replacing);
  }

  /** Watches an outcome: a crashed engine is replaced and told to whoever binds sources. */
  async guard<T>(outcome: Promise<Result<T>>): Promise<Result<T>> {
    const engine = this.#engine;
    const result = await outcome;
    if (!result.ok && result.error.code === 'engine-crashed' && engine === this.#engine)
      void this.#recover(result.error);
    return result;
  }

  async page(relation: string, offset: number, limit: number): Promise<Page | Problem> {
    const ready = await this.ready();
    const page = ready.ok ? await this.guard(ready.value.page({ relation, offset, limit })) : ready;
    if (!page.ok) return page.error;
    performance.mark('sluice:page', { detail: { rows: page.value.rows.length } });
    return page.value;
  }

  async #recover(problem: Problem): Promise<void> {
    const noticed = performance.now();
    this.#crashTimes = [...this.#crashTimes.filter((time) => noticed - time < CRASH_WINDOW_MS), noticed];
    const isHopeless = this.#crashTimes.length > MOST_CRASHES;
    const outcome = isHopeless ? 'failed' : await this.#replace();
    // A newer engine is being started: whoever starts it says what comes of it.
    if (outcome === 'superseded') return;
    const isBack = outcome === 'back';
    if (!isBack) {
      this.#state = 'failed';
      this.#problem ??= problem;
    }
    this.#crashed({ problem, recoveredMs: isBack ? performance.now() - noticed : null });
  }

  /** A new engine in place of the present one, at once; `back` once it is open and its sources are bound. */
  #replace(): Promise<'back' | 'failed' | 'superseded'> {
    const replaced = this.#replaceNow();
    this.#replacing = replaced;
    return replaced;
  }

  async #replaceNow(): Promise<'back' | 'failed' | 'superseded'> {
    const old = this.#engine;
    this.#state = 'restarting';
    const made = this.#make();
    this.#engine = made;
    this.#opened = this.#start();
    void old.dispose();
    const opened = await this.#opened;
    if (made !== this.#engine) return 'superseded';
    if (!opened.ok) return 'failed';
    await this.#restarted();
    return made === this.#engine ? 'back' : 'superseded';
  }

  /** A person's wish: counts no crashes. */
  async restart(): Promise<void> {
    this.#crashTimes = [];
    await this.#replace();
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
