// The engine's memory, measured now and then while the engine is idle; must not know what it is used for.
import { readMemoryUse, type MemoryUse } from '../engine/memory-use.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { MemoryView } from './memory-types.ts';

const INTERVAL_MS = 10_000;
/** From here on a statement that needs room for its work is likely to fail. */
const HIGH_SHARE = 0.8;

interface MeterParts {
  readonly host: EngineHost;
  /** A cell runs or a file is imported: a question would wait behind it. */
  readonly isBusy: () => boolean;
  readonly announce: (text: string) => void;
}

export class MemoryMeter implements MemoryView {
  readonly #parts: MeterParts;
  #use: MemoryUse | null = $state.raw(null);
  #isMeasuring = false;
  #wasHigh = false;

  constructor(parts: MeterParts) {
    this.#parts = parts;
  }

  get usedBytes(): number | null {
    return this.#use?.usedBytes ?? null;
  }
  get limitBytes(): number | null {
    return this.#use?.limitBytes ?? null;
  }
  get share(): number | null {
    const { usedBytes, limitBytes } = this;
    return usedBytes === null || !limitBytes ? null : Math.min(1, usedBytes / limitBytes);
  }
  get isHigh(): boolean {
    return (this.share ?? 0) >= HIGH_SHARE;
  }
  get relations() {
    return this.#use?.relations ?? [];
  }

  start(): void {
    setInterval(() => {
      if (document.visibilityState === 'visible') void this.refresh();
    }, INTERVAL_MS);
  }

  async refresh(): Promise<void> {
    const { host, isBusy, announce } = this.#parts;
    if (this.#isMeasuring || host.state !== 'ready' || isBusy()) return;
    this.#isMeasuring = true;
    try {
      const ready = await host.ready();
      const read = ready.ok ? await readMemoryUse(ready.value) : ready;
      if (read.ok) this.#use = read.value;
    } finally {
      this.#isMeasuring = false;
    }
    if (this.isHigh && !this.#wasHigh)
      announce('The engine’s memory is nearly full. Its meter in the bottom bar says what to do.');
    this.#wasHigh = this.isHigh;
  }
}
