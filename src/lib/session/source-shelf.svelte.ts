// The sources of the open notebook and their binding to files; must not know cells.
import { SvelteMap } from 'svelte/reactivity';
import { canonicalJson } from '../base/canonical-json.ts';
import { fail, type Problem, type Result } from '../base/result.ts';
import type { ImportReport, SourceHandle } from '../engine/contract.ts';
import type {
  ColumnDeclaration,
  CsvImportOptions,
  Notebook,
  SourceSpec,
} from '../notebook/notebook-types.ts';
import { declarationOf, effectiveLevel } from '../run/source-levels.ts';
import { detectColumns } from '../sensitivity/detect-columns.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';
import type { SourceVault } from '../store/source-files.ts';
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
  /** What the notebook said of the import, and what that came to. */
  readonly asked: CsvImportOptions | null;
  readonly options: CsvImportOptions | null;
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
  asked: null,
  options: null,
  progress: null,
  problem: null,
};

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
  /** Imports under way, and the looking for kept files before them. */
  readonly #underWay = new Set<Promise<unknown>>();
  /** How often the engine broke down under a source. */
  readonly #crashes = new Map<string, number>();

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

  get isImporting(): boolean {
    return this.#underWay.size > 0;
  }

  /** Waits until no import is under way: what is bound then is what there is. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  #watch<T>(work: Promise<T>): Promise<T> {
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
    return this.#watch(this.#bind(name, file, keep));
  }

  async #bind(name: string, file: File, keep: boolean): Promise<Problem | null> {
    const spec = this.#desk.notebook.sources[name];
    if (!spec) return null;
    const attempt: Attempt = { id: crypto.randomUUID(), copying: new AbortController() };
    this.#attempts.set(name, attempt);
    this.#bindings.set(name, {
      ...UNBOUND,
      state: 'importing',
      asked: spec.import,
      blob: file,
      sizeBytes: file.size,
      progress: 0,
    });
    const { signal } = attempt.copying;
    const kept = keep ? this.#vault.keep(file, { signal }) : this.#vault.digest(file, { signal });
    const imported = await this.#import(name, attempt.id, file, spec);
    if (!imported.ok) {
      if (imported.error.code === 'engine-crashed')
        this.#crashes.set(name, (this.#crashes.get(name) ?? 0) + 1);
      attempt.copying.abort();
    }
    const stored = await kept;
    // What cannot be kept can still be used, and published, as long as this page is open.
    const named = stored.ok || !isStorageProblem(stored.error) ? stored : await this.#vault.digest(file);
    if (this.#attempts.get(name) !== attempt) return null;
    this.#attempts.delete(name);
    if (!imported.ok) {
      this.#set(name, { state: 'failed', progress: null, problem: imported.error });
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
    this.#set(name, { ...imported, state: 'bound', blob: file, sha256, options, progress: null, problem });
    const learned = { import: options, sha256: sha256 ?? spec.sha256 };
    this.#desk.amend({ kind: 'change-source', name, change: learned }, (notebook) => {
      const named = notebook.sources[name];
      return named !== undefined && isSameImport(named, spec);
    });
    this.#changed(name);
    void this.reconcile();
  }

  /** Binds again from the kept copies what the notebook names; what is not there stays missing. */
  async restore(notebook: Notebook): Promise<void> {
    await Promise.all(
      Object.entries(notebook.sources).map(async ([name, spec]) => {
        // What brought the engine down is not tried again and again unasked.
        if ((this.#crashes.get(name) ?? 0) <= MOST_CRASHES) await this.#watch(this.#restoreOne(name, spec));
      }),
    );
  }

  async #restoreOne(name: string, spec: SourceSpec): Promise<void> {
    const { id } = this.#desk;
    const binding = this.#bindings.get(name);
    const isAtHand = binding?.blob && (!spec.sha256 || !binding.sha256 || binding.sha256 === spec.sha256);
    const file: Result<Blob> = isAtHand
      ? { ok: true, value: binding.blob }
      : spec.sha256
        ? await this.#vault.open(spec.sha256)
        : fail(spec.expects ? neverBound(spec.file) : neverKept(spec.file));
    const named = this.#desk.notebook.sources[name];
    if (this.#desk.id !== id || !named || !isSameImport(named, spec)) return;
    if (!file.ok) this.#unbind(name, file.error);
    else await this.bind(name, new File([file.value], spec.file), Boolean(isAtHand));
  }

  /** No file is bound to it any more; what the engine holds under its name is not what the notebook means. */
  #unbind(name: string, problem: Problem): Problem {
    const wasBound = this.#bindings.get(name)?.state === 'bound';
    this.#bindings.set(name, { ...UNBOUND, problem });
    if (wasBound) void this.#dropTable(name).then(() => this.#changed(name));
    else this.#changed(name);
    return problem;
  }

  async #dropTable(name: string): Promise<void> {
    const ready = await this.#host.ready();
    if (ready.ok) await ready.value.drop({ relation: name });
  }

  /** After undo and redo: what is bound follows what the notebook names. */
  async reconcile(): Promise<void> {
    const { sources } = this.#desk.notebook;
    for (const name of [...this.#bindings.keys()]) {
      if (sources[name]) continue;
      await this.drop(name);
      this.#changed(name);
    }
    await Promise.all(
      Object.entries(sources).map(async ([name, spec]) => {
        if (!this.#follows(name, spec)) await this.#restoreOne(name, spec);
      }),
    );
  }

  /** An import under way looks again when it is done. */
  #follows(name: string, spec: SourceSpec): boolean {
    const binding = this.#bindings.get(name);
    if (binding?.state === 'importing' || this.#attempts.has(name)) return true;
    if (binding?.state !== 'bound' && binding?.state !== 'failed') return false;
    const wanted = canonicalJson(spec.import);
    const isSameFile = !spec.sha256 || !binding.sha256 || binding.sha256 === spec.sha256;
    return (
      isSameFile && [binding.asked, binding.options].some((options) => canonicalJson(options) === wanted)
    );
  }

  /** Keeps what could not be kept before: call when there is space again. */
  async keepAgain(): Promise<void> {
    for (const [name, { state, blob, problem }] of this.#bindings) {
      if (state !== 'bound' || !blob || !problem || !isStorageProblem(problem)) continue;
      const kept = await this.#vault.keep(blob);
      if (kept.ok && this.#bindings.get(name)?.blob === blob) this.#set(name, { problem: null });
    }
  }

  async cancel(name: string): Promise<void> {
    const attempt = this.#attempts.get(name);
    const ready = await this.#host.ready();
    attempt?.copying.abort();
    if (attempt && ready.ok) await ready.value.cancel({ id: attempt.id });
  }

  async drop(name: string): Promise<void> {
    const cancelled = this.cancel(name);
    this.#attempts.delete(name);
    this.#bindings.delete(name);
    this.#crashes.delete(name);
    await cancelled;
    if (!this.#bindings.has(name)) await this.#dropTable(name);
  }

  clear(): void {
    this.#bindings.clear();
    this.#attempts.clear();
    this.#crashes.clear();
  }
}
