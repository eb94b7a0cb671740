// The modules of the browser's own library: list, show, verify, download; must not know how one is made.
import type { Problem } from '../base/result.ts';
import type { Engine, Page } from '../engine/contract.ts';
import { listVersions, readVersion, type StoredVersion } from '../module/list-modules.ts';
import { verifyModule } from '../module/verify.ts';
import type { Destination } from '../publish/destination.ts';
import { zipModule } from '../publish/zip.ts';
import type { ModuleSummary, ModuleView } from './session-types.ts';

const SAMPLE_ROWS = 20;
const SAMPLE_TABLE = '_sluice_module_sample';

export class ModuleShelf {
  readonly #destination: Destination;
  readonly #openEngine: () => Promise<Engine | null>;
  #summaries: readonly ModuleSummary[] = $state.raw([]);
  #open: ModuleView | null = $state.raw(null);
  #stored: StoredVersion | null = null;

  constructor(destination: Destination, openEngine: () => Promise<Engine | null>) {
    this.#destination = destination;
    this.#openEngine = openEngine;
  }

  get summaries(): readonly ModuleSummary[] {
    return this.#summaries;
  }
  get open(): ModuleView | null {
    return this.#open;
  }

  async refresh(): Promise<Problem | null> {
    const listed = await listVersions(this.#destination);
    if (!listed.ok) return listed.error;
    this.#summaries = listed.value;
    return null;
  }

  async show(namespace: string, module: string, version: string): Promise<Problem | null> {
    const stored = await readVersion(this.#destination, { namespace, module, version });
    if (!stored.ok) return stored.error;
    this.#stored = stored.value;
    this.#open = { ...stored.value.view, sample: null, verification: 'not-run' };
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
      reader: this.#destination,
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
