// Stored modules, of the browser's own library or seen elsewhere: list, show, verify, download; must not know how one is made.
import type { Problem } from '../base/result.ts';
import type { Page } from '../engine/contract.ts';
import { isMembers, listOf, textOf } from '../module/json-document.ts';
import { listVersions, readVersion, type StoredVersion, type VersionName } from '../module/list-modules.ts';
import type { ModuleReader, ModuleSummary } from '../module/module-types.ts';
import { verifyModule } from '../module/verify.ts';
import type { Destination } from '../publish/destination.ts';
import { createMirrorDestination } from '../publish/mirror.ts';
import { zipModule } from '../publish/zip.ts';
import type { AuditLog } from './audit-view-types.ts';
import { noteDownload, noteVerification } from './audit-notes.ts';
import type { Destinations, SeenDestination } from './destination-types.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { Modules, ModuleView } from './module-view-types.ts';

const SAMPLE_ROWS = 20;
const SAMPLE_TABLE = '_sluice_module_sample';

const STAYS_HERE: Problem = {
  code: 'module-demo',
  message: 'This module is made of the DEMO sample, and stays in this browser.',
  hint: 'Open your own files, and publish what you make of them.',
};

/** The gate names the rule `demo` in the verdict of every module that comes from the sample. */
function comesFromDemo(gate: unknown): boolean {
  return listOf(isMembers(gate) ? gate : {}, 'rules').some(
    (rule) => isMembers(rule) && textOf(rule, 'rule') === 'demo',
  );
}

interface ModuleShelfParts {
  readonly library: Destination;
  readonly host: EngineHost;
  readonly destinations: Pick<Destinations, 'seen'>;
  readonly audit: AuditLog;
  readonly report: (problem: Problem | null) => void;
}

export class ModuleShelf implements Modules {
  readonly #parts: ModuleShelfParts;
  #all: readonly ModuleSummary[] = $state.raw([]);
  #shown: ModuleView | null = $state.raw(null);
  #stored: StoredVersion | null = null;
  #reader: ModuleReader;

  constructor(parts: ModuleShelfParts) {
    this.#parts = parts;
    this.#reader = parts.library;
  }

  get all(): readonly ModuleSummary[] {
    return this.#all;
  }
  get shown(): ModuleView | null {
    return this.#shown;
  }

  async refresh(): Promise<void> {
    const listed = await listVersions(this.#parts.library);
    if (listed.ok) this.#all = listed.value;
    else this.#parts.report(listed.error);
  }

  async show(
    namespace: string,
    module: string,
    version: string,
    destinationId: string | null = null,
  ): Promise<boolean> {
    const { destinations, audit, report } = this.#parts;
    const seen = destinations.seen.find(({ id }) => id === destinationId) ?? null;
    const problem = await this.#read({ namespace, module, version }, seen);
    const isNotFetched = seen !== null && /^(module|destination)-missing$/.test(problem?.code ?? '');
    if (!isNotFetched) audit.close();
    if (!isNotFetched) report(problem);
    return problem === null;
  }

  /** `module-missing` or `destination-missing` where it, or a file of it, is not in what `seen` mirrors. */
  async #read(name: VersionName, seen: SeenDestination | null): Promise<Problem | null> {
    const reader = seen ? createMirrorDestination(seen.id, seen.name) : this.#parts.library;
    const stored = await readVersion(reader, name);
    if (!stored.ok) return stored.error;
    this.#stored = stored.value;
    this.#reader = reader;
    const origin = seen ? `${seen.name}, as it was looked up` : 'This browser’s library';
    const isDemo = comesFromDemo(stored.value.view.documents['gate.json']);
    this.#shown = { ...stored.value.view, isDemo, origin, sample: null, verification: 'not-run' };
    const sample = await this.#readSample(stored.value);
    if (this.#shown && this.#stored === stored.value) this.#shown = { ...this.#shown, ...sample };
    return null;
  }

  async #readSample(stored: StoredVersion): Promise<Partial<ModuleView>> {
    const data = stored.files.find((file) => file.path.endsWith('.parquet'));
    const ready = data ? await this.#parts.host.ready() : null;
    if (!data || !ready?.ok) return {};
    const engine = ready.value;
    const read = await engine.readBack({ bytes: data.bytes, format: 'parquet', into: SAMPLE_TABLE });
    if (!read.ok) return {};
    const page = await engine.page({ relation: SAMPLE_TABLE, offset: 0, limit: SAMPLE_ROWS });
    await engine.drop({ relation: SAMPLE_TABLE });
    const sample: Page | null = page.ok ? page.value : null;
    return { columns: read.value.columns, sample };
  }

  close(): void {
    this.#shown = null;
    this.#stored = null;
  }

  async verify(): Promise<void> {
    await this.#verify();
    const note = noteVerification(this.#shown);
    if (note) this.#parts.audit.note(note);
  }

  async #verify(): Promise<void> {
    const stored = this.#stored;
    if (!this.#shown || !stored) return;
    this.#shown = { ...this.#shown, verification: 'running' };
    const ready = await this.#parts.host.ready();
    const verified = await verifyModule({
      reader: this.#reader,
      prefix: stored.prefix,
      ...(ready.ok ? { engine: ready.value } : {}),
    });
    if (!this.#shown || this.#stored !== stored) return;
    this.#shown = { ...this.#shown, verification: verified.ok ? verified.value : 'not-run' };
    if (!verified.ok) this.#parts.report(verified.error);
  }

  download(): Blob | Problem {
    const downloaded = this.#zip();
    const note = noteDownload(this.#shown, downloaded);
    if (note) this.#parts.audit.note(note);
    return downloaded;
  }

  #zip(): Blob | Problem {
    if (!this.#stored)
      return { code: 'module-closed', message: 'No module is open.', hint: 'Open a module first.' };
    if (this.#shown?.isDemo === true) return STAYS_HERE;
    return new Blob([zipModule(this.#stored.files) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
  }
}
