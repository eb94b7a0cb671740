// Stored modules, of the browser's own library or seen elsewhere: list, show, verify, download; must not know how one is made.
import type { Problem } from '../base/result.ts';
import type { Engine, Page } from '../engine/contract.ts';
import { listVersions, readVersion, type StoredVersion, type VersionName } from '../module/list-modules.ts';
import type { ModuleReader } from '../module/module-types.ts';
import { verifyModule } from '../module/verify.ts';
import type { Destination } from '../publish/destination.ts';
import { createMirrorDestination } from '../publish/mirror.ts';
import { zipModule } from '../publish/zip.ts';
import type { SeenDestination } from './destination-types.ts';
import type { ModuleSummary, ModuleView } from './session-types.ts';

const SAMPLE_ROWS = 20;
const SAMPLE_TABLE = '_sluice_module_sample';

export class ModuleShelf {
  readonly #library: Destination;
  readonly #openEngine: () => Promise<Engine | null>;
  #summaries: readonly ModuleSummary[] = $state.raw([]);
  #open: ModuleView | null = $state.raw(null);
  #stored: StoredVersion | null = null;
  #reader: ModuleReader;

  constructor(destination: Destination, openEngine: () => Promise<Engine | null>) {
    this.#library = destination;
    this.#reader = destination;
    this.#openEngine = openEngine;
  }

  get summaries(): readonly ModuleSummary[] {
    return this.#summaries;
  }
  get open(): ModuleView | null {
    return this.#open;
  }

  async refresh(): Promise<Problem | null> {
    const listed = await listVersions(this.#library);
    if (!listed.ok) return listed.error;
    this.#summaries = listed.value;
    return null;
  }

  /** `module-missing` or `destination-missing` where it, or a file of it, is not in what `seen` mirrors. */
  async show(name: VersionName, seen: SeenDestination | null): Promise<Problem | null> {
    const reader = seen ? createMirrorDestination(seen.id, seen.name) : this.#library;
    const stored = await readVersion(reader, name);
    if (!stored.ok) return stored.error;
    this.#stored = stored.value;
    this.#reader = reader;
    const origin = seen ? `${seen.name}, as it was looked up` : 'This browser’s library';
    this.#open = { ...stored.value.view, origin, sample: null, verification: 'not-run' };
    const sample = await this.#readSample(stored.value);
    if (this.#open && this.#stored === stored.value) this.#open = { ...this.#open, ...sample };
    return null;
  }

  async #readSample(stored: StoredVersion): Promise<Partial<ModuleView>> {
    const data = stored.files.find((file) => file.path.endsWith('.parquet'));
    const engine = data ? await this.#openEngine() : null;
    if (!data || !engine) return {};
    const read = await engine.readBack({ bytes: data.bytes, format: 'parquet', into: SAMPLE_TABLE });
    if (!read.ok) return {};
    const page = await engine.page({ relation: SAMPLE_TABLE, offset: 0, limit: SAMPLE_ROWS });
    await engine.drop({ relation: SAMPLE_TABLE });
    const sample: Page | null = page.ok ? page.value : null;
    return { columns: read.value.columns, sample };
  }

  close(): void {
    this.#open = null;
    this.#stored = null;
  }

  async verify(): Promise<Problem | null> {
    const stored = this.#stored;
    if (!this.#open || !stored) return null;
    this.#open = { ...this.#open, verification: 'running' };
    const engine = await this.#openEngine();
    const verified = await verifyModule({
      reader: this.#reader,
      prefix: stored.prefix,
      ...(engine ? { engine } : {}),
    });
    if (!this.#open || this.#stored !== stored) return null;
    if (!verified.ok) {
      this.#open = { ...this.#open, verification: 'not-run' };
      return verified.error;
    }
    this.#open = { ...this.#open, verification: verified.value };
    return null;
  }

  download(): Blob | Problem {
    if (!this.#stored)
      return { code: 'module-closed', message: 'No module is open.', hint: 'Open a module first.' };
    return new Blob([zipModule(this.#stored.files) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
  }
}
