// Which file each source of the open notebook is bound to, and what is shown of it; must not know how files are imported.
import { SvelteMap } from 'svelte/reactivity';
import { canonicalJson } from '../base/canonical-json.ts';
import type { Problem } from '../base/result.ts';
import type { ImportReport, SourceHandle } from '../engine/contract.ts';
import { isDemoSource } from '../gate/demo-sources.ts';
import type { ColumnDeclaration, ImportOptions, Notebook, SourceSpec } from '../notebook/notebook-types.ts';
import { declarationOf, effectiveLevel } from '../run/source-levels.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { SourceColumnView, SourceView } from './source-view-types.ts';

export interface Binding {
  readonly state: SourceView['state'];
  readonly blob: Blob | null;
  readonly sizeBytes: number | null;
  readonly report: ImportReport | null;
  readonly findings: readonly ColumnFinding[];
  readonly sha256: string | null;
  /** What the notebook said of the import, and what that came to. */
  readonly asked: ImportOptions | null;
  readonly options: ImportOptions | null;
  readonly progress: number | null;
  readonly problem: Problem | null;
}

export const UNBOUND: Binding = {
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

/** Of the files that the notebook names. */
export function sourceDigests(notebook: Notebook): string[] {
  return Object.values(notebook.sources).flatMap(({ sha256 }) => (sha256 ? [sha256] : []));
}

export class SourceBindings {
  readonly #desk: NotebookDesk;
  readonly #bindings = new SvelteMap<string, Binding>();

  readonly views: readonly SourceView[] = $derived.by(() =>
    Object.entries(this.#desk.notebook.sources).map(([name, spec]) => this.#view(name, spec)),
  );

  constructor(desk: NotebookDesk) {
    this.#desk = desk;
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
      isDemo: isDemoSource(binding.sha256 ?? spec.sha256),
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

  get(name: string): Binding | undefined {
    return this.#bindings.get(name);
  }

  has(name: string): boolean {
    return this.#bindings.has(name);
  }

  names(): string[] {
    return [...this.#bindings.keys()];
  }

  entries(): [string, Binding][] {
    return [...this.#bindings];
  }

  set(name: string, binding: Binding): void {
    this.#bindings.set(name, binding);
  }

  delete(name: string): void {
    this.#bindings.delete(name);
  }

  clear(): void {
    this.#bindings.clear();
  }

  change(name: string, change: Partial<Binding>): void {
    this.#bindings.set(name, { ...(this.#bindings.get(name) ?? UNBOUND), ...change });
  }

  /** Whether what is bound, or being imported, is what the notebook names. */
  follows(name: string, spec: SourceSpec): boolean {
    const binding = this.#bindings.get(name);
    if (binding?.state === 'importing') return true;
    if (binding?.state !== 'bound' && binding?.state !== 'failed') return false;
    const wanted = canonicalJson(spec.import);
    const isSameFile = !spec.sha256 || !binding.sha256 || binding.sha256 === spec.sha256;
    return (
      isSameFile && [binding.asked, binding.options].some((options) => canonicalJson(options) === wanted)
    );
  }
}
