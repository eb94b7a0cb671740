// The sources of the open notebook and their binding to files; must not know cells.
import { SvelteMap } from 'svelte/reactivity';
import type { Problem, Result } from '../base/result.ts';
import type { Engine, ImportReport, SourceHandle } from '../engine/contract.ts';
import type { ColumnDeclaration, Notebook, SourceSpec } from '../notebook/notebook-types.ts';
import { declarationOf, effectiveLevel } from '../run/source-levels.ts';
import { detectColumns } from '../sensitivity/detect-columns.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';
import type { KeptSource, SourceVault } from '../store/source-files.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { SourceColumnView, SourceView } from './session-types.ts';

interface Binding {
  readonly state: SourceView['state'];
  readonly blob: Blob | null;
  readonly sizeBytes: number | null;
  readonly report: ImportReport | null;
  readonly findings: readonly ColumnFinding[];
  readonly sha256: string | null;
  readonly progress: number | null;
  readonly problem: Problem | null;
}

/** One import under way: its id in the engine, and the way to stop the copying beside it. */
interface Attempt {
  readonly id: string;
  readonly copying: AbortController;
}

const UNBOUND: Binding = {
  state: 'missing',
  blob: null,
  sizeBytes: null,
  report: null,
  findings: [],
  sha256: null,
  progress: null,
  problem: null,
};

function viewColumns(
  binding: Binding,
  declared: Readonly<Record<string, ColumnDeclaration>>,
): SourceColumnView[] {
  return (binding.report?.columns ?? []).map((column) => {
    const finding = binding.findings.find((candidate) => candidate.name === column.name) ?? null;
    const declaration = declarationOf(declared, column.name);
    return { ...column, finding, declared: declaration, ...effectiveLevel(finding, declaration) };
  });
}

export class SourceShelf {
  readonly #desk: NotebookDesk;
  readonly #host: EngineHost;
  readonly #vault: SourceVault;
  readonly #changed: (source: string) => void;
  readonly #bindings = new SvelteMap<string, Binding>();
  readonly #attempts = new Map<string, Attempt>();

  readonly views: readonly SourceView[] = $derived.by(() =>
    Object.entries(this.#desk.notebook.sources).map(([name, spec]) => this.#view(name, spec)),
  );

  constructor(desk: NotebookDesk, host: EngineHost, vault: SourceVault, changed: (source: string) => void) {
    this.#desk = desk;
    this.#host = host;
    this.#vault = vault;
    this.#changed = changed;
  }

  #view(name: string, spec: SourceSpec): SourceView {
    const binding = this.#bindings.get(name) ?? UNBOUND;
    return {
      name,
      spec,
      state: binding.state,
      rowCount: binding.report?.rowCount ?? null,
      sizeBytes: binding.sizeBytes,
      sha256: binding.sha256,
      columns: viewColumns(binding, spec.columns ?? {}),
      rejected: binding.report?.rejected ?? [],
      rejectedCount: binding.report?.rejectedCount ?? 0,
      progress: binding.progress,
      problem: binding.problem,
    };
  }

  find(name: string): SourceView | undefined {
    return this.views.find((view) => view.name.toLowerCase() === name.toLowerCase());
  }

  /** Handles and digests of the bound sources, for a replay. */
  boundSources(): Record<string, { handle: SourceHandle; sha256: string }> {
    const bound: Record<string, { handle: SourceHandle; sha256: string }> = {};
    for (const [name, binding] of this.#bindings)
      if (binding.state === 'bound' && binding.blob && binding.sha256 && this.#isNamed(name, binding.sha256))
        bound[name] = { handle: binding.blob, sha256: binding.sha256 };
    return bound;
  }

  /** False where undo brought back another file than the one at hand. */
  #isNamed(name: string, sha256: string): boolean {
    const named = this.#desk.notebook.sources[name]?.sha256;
    return named === undefined || named === sha256;
  }

  #set(name: string, change: Partial<Binding>): void {
    this.#bindings.set(name, { ...(this.#bindings.get(name) ?? UNBOUND), ...change });
  }

  /**
   * Imports a file under the name of a source the notebook has, and keeps a copy so that it survives a reload.
   * Digesting and copying run beside the import, on another core.
   */
  async bind(name: string, file: File, keep: boolean): Promise<Problem | null> {
    const spec = this.#desk.notebook.sources[name];
    if (!spec) return null;
    const attempt: Attempt = { id: crypto.randomUUID(), copying: new AbortController() };
    this.#attempts.set(name, attempt);
    this.#bindings.set(name, {
      ...UNBOUND,
      state: 'importing',
      blob: file,
      sizeBytes: file.size,
      progress: 0,
    });
    const { signal } = attempt.copying;
    const kept = keep ? this.#vault.keep(file, { signal }) : this.#vault.digest(file, { signal });
    const imported = await this.#import(name, attempt.id, file, spec);
    if (!imported.ok) attempt.copying.abort();
    const stored = await kept;
    if (this.#attempts.get(name) !== attempt) return null;
    const problem = imported.ok ? null : imported.error;
    if (problem) {
      this.#set(name, { state: 'failed', progress: null, problem });
      return problem;
    }
    if (imported.ok) this.#finish(name, spec, file, imported.value, stored);
    return stored.ok ? null : stored.error;
  }

  async #import(
    name: string,
    attempt: string,
    file: File,
    spec: SourceSpec,
  ): Promise<Result<{ report: ImportReport; findings: readonly ColumnFinding[] }>> {
    const ready = await this.#host.ready();
    if (!ready.ok) return ready;
    const engine = ready.value;
    const onProgress = ({ fraction }: { fraction: number | null }) => this.#set(name, { progress: fraction });
    const report = await this.#host.guard(
      engine.importFile({ importId: attempt, table: name, handle: file, options: spec.import }, onProgress),
    );
    if (!report.ok) return report;
    const findings = await detectColumns({ engine, relation: name, columns: report.value.columns });
    return findings.ok ? { ok: true, value: { report: report.value, findings: findings.value } } : findings;
  }

  #finish(
    name: string,
    spec: SourceSpec,
    file: File,
    imported: { report: ImportReport; findings: readonly ColumnFinding[] },
    stored: Result<KeptSource>,
  ): void {
    const sha256 = stored.ok ? stored.value.sha256 : null;
    this.#set(name, {
      ...imported,
      state: 'bound',
      blob: file,
      sha256,
      progress: null,
      problem: stored.ok ? null : stored.error,
    });
    this.#desk.amend({
      kind: 'change-source',
      name,
      change: { import: imported.report.options, sha256: sha256 ?? spec.sha256 },
    });
    this.#changed(name);
  }

  /** Binds again from the kept copies what the notebook names; what is not there stays missing. */
  async restore(notebook: Notebook): Promise<void> {
    const { id } = this.#desk;
    await Promise.all(
      Object.entries(notebook.sources).map(async ([name, spec]) => {
        const binding = this.#bindings.get(name);
        // What brought the engine down is not tried again unasked.
        if (binding?.problem?.code === 'engine-crashed') return;
        const before = binding?.blob;
        const file = before ?? (spec.sha256 ? await this.#openKept(spec.sha256) : null);
        if (this.#desk.id !== id) return;
        if (!file) this.#bindings.set(name, UNBOUND);
        else await this.bind(name, new File([file], spec.file), before !== undefined);
      }),
    );
  }

  async #openKept(sha256: string): Promise<Blob | null> {
    const opened = await this.#vault.open(sha256);
    return opened.ok ? opened.value : null;
  }

  async cancel(name: string): Promise<void> {
    const attempt = this.#attempts.get(name);
    const ready = await this.#host.ready();
    attempt?.copying.abort();
    if (attempt && ready.ok) await ready.value.cancel({ id: attempt.id });
  }

  async drop(name: string): Promise<void> {
    await this.cancel(name);
    this.#attempts.delete(name);
    this.#bindings.delete(name);
    const ready = await this.#host.ready();
    if (ready.ok) await ready.value.drop({ relation: name });
  }

  clear(): void {
    this.#bindings.clear();
    this.#attempts.clear();
  }

  engineReady(): Promise<Result<Engine>> {
    return this.#host.ready();
  }
}
