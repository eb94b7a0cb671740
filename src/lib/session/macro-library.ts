// The macro library as shipped with the app, read once; must not know who uses it.
import { unwrap } from '../base/result.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import { buildRegistry } from '../macros/registry.ts';

const files: Record<string, string> = import.meta.glob('../../../sql-macros/**/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** @throws ProblemError where a macro file is broken, which the build's tests exclude. */
export function loadMacroLibrary(): MacroRegistry {
  const texts = Object.entries(files).map(([path, text]) => ({
    path: path.replace(/^.*sql-macros\//, ''),
    text,
  }));
  return unwrap(buildRegistry(texts));
}
