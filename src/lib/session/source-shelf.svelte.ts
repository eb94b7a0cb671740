// Binds the sources of the open notebook to files: import, keep, restore, drop; must not know cells or what is shown of a source.
import { canonicalJson } from '../base/canonical-json.ts';
import { fail, type Problem, type Result } from '../base/result.ts';
import type { ImportReport } from '../engine/contract.ts';
import type { Notebook, SourceSpec } from '../notebook/notebook-types.ts';
import { detectColumns } from '../sensitivity/detect-columns.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';
import type { SourceVault } from '../store/source-files.ts';
import type { SourceHolds } from '../store/source-holds.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import { UNBOUND, type SourceBindings } from './source-bindings.svelte.ts';

/** One import under way: its id in the engine, and the way to stop the copying beside it. */
interface Attempt {
  readonly id: string;
  readonly copying: AbortController;
}

/** Tried again by itself after the engine broke down under it: once, which may have been an accident. */
const MOST_CRASHES = 1;

function neverKept(file: string): Problem {
  return {
    code: 'source-never-kept',
    message: `The import of ${file} did not come to its end, so no copy of it was kept.`,
    hint: `Bind ${file} again.`,
  };
}

/** A source that came with a shared notebook. */
function neverBound(file: string): Problem {
  return {
    code: 'source-never-bound',
    message: 'No file of yours is bound to it yet.',
    hint: `The notebook was made with a file like ${file}.`,
  };
}

function damaged(file: string): Problem {
  return {
    code: 'source-damaged',
    message: `The copy of ${file} that this browser kept is not the file it was.`,
    hint: `Bind ${file} again.`,
  };
}

/** Whether two specs speak of the same file, imported in the same way. */
function isSameImport(a: SourceSpec, b: SourceSpec): boolean {
  return a.file === b.file && a.sha256 === b.sha256 && canonicalJson(a.import) === canonicalJson(b.import);
}

function isStorageProblem(problem: Problem): boolean {
  return problem.code.startsWith('storage') && problem.code !== 'storage-cancelled';
}

interface ShelfParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly vault: SourceVault;
  readonly holds: SourceHolds;
  readonly bindings: SourceBindings;
  /** What is bound to the source is another file now, or none. */
  readonly changed: (source: string) => void;
}

export class SourceShelf {
  readonly #parts: ShelfParts;
  readonly #attempts = new Map<string, Attempt>();
  /** Imports under way, and the looking for kept files before them. */
  readonly #underWay = new Set<Promise<unknown>>();
  /** How often the engine broke down under a source. */
  readonly #crashes = new Map<string, number>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  get isImporting(): boolean {
    return this.#underWay.size > 0;
  }

  /** Waits until no import is under way: what is bound then is what there is. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /** Counts `work` as an import: whoever needs the sources waits for it. */
  watch<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    const forget = () => void this.#underWay.delete(work);
    work.then(forget, forget);
    return work;
  }

  /**
   * Imports a file under the name of a source the notebook has, and keeps a copy so that it survives a reload.
   * Digesting and copying run beside the import, on another core.
   */
  bind(name: string, file: File, keep: boolean): Promise<Problem | null> {
    return this.watch(this.#bind(name, file, keep));
  }

  async #bind(name: string, file: File, keep: boolean): Promise<Problem | null> {
    const spec = this.#parts.desk.notebook.sources[name];
    if (!spec) return null;
    const attempt: Attempt = { id: crypto.randomUUID(), copying: new AbortController() };
    this.#attempts.set(name, attempt);
    this.#parts.bindings.set(name, {
      ...UNBOUND,
      state: 'importing',
      asked: spec.import,
      blob: file,
      sizeBytes: file.size,
      progress: 0,
    });
    const { signal } = attempt.copying;
    const kept = keep ? this.#parts.vault.keep(file, { signal }) : this.#parts.vault.digest(file, { signal });
    const imported = await this.#import(name, attempt.id, file, spec);
    if (!imported.ok) {
      if (imported.error.code === 'engine-crashed')
        this.#crashes.set(name, (this.#crashes.get(name) ?? 0) + 1);
      attempt.copying.abort();
    }
    const stored = await kept;
    // Before any state of the notebook names it, also one that is only come back to by undo.
    if (stored.ok && keep) this.#parts.holds.add([stored.value.sha256]);
    // What cannot be kept can still be used, and published, as long as this page is open.
    const named =
      stored.ok || !isStorageProblem(stored.error) ? stored : await this.#parts.vault.digest(file);
    if (this.#attempts.get(name) !== attempt) return null;
    this.#attempts.delete(name);
    if (!imported.ok) {
      this.#parts.bindings.change(name, { state: 'failed', progress: null, problem: imported.error });
      return imported.error;
    }
    if (!keep && named.ok && spec.sha256 && named.value.sha256 !== spec.sha256)
      return this.#unbind(name, damaged(spec.file));
    this.#crashes.delete(name);
    const problem = stored.ok ? null : stored.error;
    this.#finish({ name, spec, file, problem, sha256: named.ok ? named.value.sha256 : null }, imported.value);
    return problem;
  }

  async #import(
    name: string,
    attempt: string,
    file: File,
    spec: SourceSpec,
  ): Promise<Result<{ report: ImportReport; findings: readonly ColumnFinding[] }>> {
    const ready = await this.#parts.host.ready();
    if (!ready.ok) return ready;
    const engine = ready.value;
    const onProgress = ({ fraction }: { fraction: number | null }) =>
      this.#parts.bindings.change(name, { progress: fraction });
    const report = await this.#parts.host.guard(
      engine.importFile(
        {
          importId: attempt,
          table: name,
          handle: file,
          files: spec.files,
          fileName: spec.file,
          options: spec.import,
        },
        onProgress,
      ),
    );
    if (!report.ok) return report;
    const findings = await detectColumns({ engine, relation: name, columns: report.value.columns });
    return findings.ok ? { ok: true, value: { report: report.value, findings: findings.value } } : findings;
  }

  #finish(
    bound: {
      readonly name: string;
      readonly spec: SourceSpec;
      readonly file: File;
      readonly sha256: string | null;
      readonly problem: Problem | null;
    },
    imported: { report: ImportReport; findings: readonly ColumnFinding[] },
  ): void {
    const { name, spec, file, sha256, problem } = bound;
    const { options } = imported.report;
    this.#parts.bindings.change(name, {
      ...imported,
      state: 'bound',
      blob: file,
      sha256,
      options,
      progress: null,
      problem,
    });
    const learned = { import: options, sha256: sha256 ?? spec.sha256 };
    this.#parts.desk.amend({ kind: 'change-source', name, change: learned }, (notebook) => {
      const named = notebook.sources[name];
      return named !== undefined && isSameImport(named, spec);
    });
    this.#parts.changed(name);
    void this.reconcile();
  }

  /** Binds again from the kept copies what the notebook names; what is not there stays missing. */
  async restore(notebook: Notebook): Promise<void> {
    await Promise.all(
      Object.entries(notebook.sources).map(async ([name, spec]) => {
        // What brought the engine down is not tried again and again unasked.
        if ((this.#crashes.get(name) ?? 0) <= MOST_CRASHES) await this.watch(this.#restoreOne(name, spec));
      }),
    );
  }

  async #restoreOne(name: string, spec: SourceSpec): Promise<void> {
    const { id } = this.#parts.desk;
    const binding = this.#parts.bindings.get(name);
    const isAtHand = binding?.blob && (!spec.sha256 || !binding.sha256 || binding.sha256 === spec.sha256);
    const file: Result<Blob> = isAtHand
      ? { ok: true, value: binding.blob }
      : spec.sha256
        ? await this.#parts.vault.open(spec.sha256)
        : fail(spec.expects ? neverBound(spec.file) : neverKept(spec.file));
    const named = this.#parts.desk.notebook.sources[name];
    if (this.#parts.desk.id !== id || !named || !isSameImport(named, spec)) return;
    if (!file.ok) this.#unbind(name, file.error);
    else await this.bind(name, new File([file.value], spec.file), Boolean(isAtHand));
  }

  /** No file is bound to it any more; what the engine holds under its name is not what the notebook means. */
  #unbind(name: string, problem: Problem): Problem {
    const wasBound = this.#parts.bindings.get(name)?.state === 'bound';
    this.#parts.bindings.set(name, { ...UNBOUND, problem });
    if (wasBound) void this.#dropTable(name).then(() => this.#parts.changed(name));
    else this.#parts.changed(name);
    return problem;
  }

  async #dropTable(name: string): Promise<void> {
    const ready = await this.#parts.host.ready();
    if (ready.ok) await ready.value.drop({ relation: name });
  }

  /** After undo and redo: what is bound follows what the notebook names. */
  async reconcile(): Promise<void> {
    const { sources } = this.#parts.desk.notebook;
    for (const name of this.#parts.bindings.names()) {
      if (sources[name]) continue;
      await this.drop(name);
      this.#parts.changed(name);
    }
    await Promise.all(
      Object.entries(sources).map(async ([name, spec]) => {
        // An import under way looks again when it is done.
        const isFollowed = this.#attempts.has(name) || this.#parts.bindings.follows(name, spec);
        if (!isFollowed) await this.#restoreOne(name, spec);
      }),
    );
  }

  /** Keeps what could not be kept before: call when there is space again. */
  async keepAgain(): Promise<void> {
    for (const [name, { state, blob, problem }] of this.#parts.bindings.entries()) {
      if (state !== 'bound' || !blob || !problem || !isStorageProblem(problem)) continue;
      const kept = await this.#parts.vault.keep(blob);
      if (kept.ok && this.#parts.bindings.get(name)?.blob === blob)
        this.#parts.bindings.change(name, { problem: null });
    }
  }

  async cancel(name: string): Promise<void> {
    const attempt = this.#attempts.get(name);
    const ready = await this.#parts.host.ready();
    attempt?.copying.abort();
    if (attempt && ready.ok) await ready.value.cancel({ id: attempt.id });
  }

  async drop(name: string): Promise<void> {
    const cancelled = this.cancel(name);
    this.#attempts.delete(name);
    this.#parts.bindings.delete(name);
    this.#crashes.delete(name);
    await cancelled;
    if (!this.#parts.bindings.has(name)) await this.#dropTable(name);
  }

  clear(): void {
    this.#parts.bindings.clear();
    this.#attempts.clear();
    this.#crashes.clear();
  }
}
