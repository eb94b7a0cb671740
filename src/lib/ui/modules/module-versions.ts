// Puts the versions of each module together, newest first; must not know where modules are kept.
import type { ModuleSummary } from '../../module/module-types.ts';

export interface ModuleVersions {
  /** `namespace/module`. */
  readonly key: string;
  readonly newest: ModuleSummary;
  /** Newest first. */
  readonly older: readonly ModuleSummary[];
}

/** Compares `1.10.0` and `1.9.0` by number, part by part (Semantic Versioning 2.0.0, core version only). */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let part = 0; part < 3; part += 1) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Groups in alphabetical order of namespace and module. */
export function groupVersions(modules: readonly ModuleSummary[]): readonly ModuleVersions[] {
  const groups = Map.groupBy(modules, (summary) => `${summary.namespace}/${summary.module}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap(([key, members]) => {
      const [newest, ...older] = members.toSorted((a, b) => compareVersions(b.version, a.version));
      return newest ? [{ key, newest, older }] : [];
    });
}
