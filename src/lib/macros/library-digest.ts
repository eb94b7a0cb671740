// Identity of the macro library for the step log; must not know the log.
import { canonicalJson } from '../base/canonical-json.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { MacroRegistry } from './macro-types.ts';

export interface LibraryDigest {
  /** Public macros by name. */
  readonly macros: readonly { readonly name: string; readonly version: string }[];
  /** SHA-256, lower-case hex, over name, version and script of every macro, private ones included. */
  readonly sha256: string;
}

/** The scripts count, so that a macro changed without a new version does not pass for the old one. */
export async function digestLibrary(registry: MacroRegistry): Promise<LibraryDigest> {
  const sorted = [...registry.macros].sort((a, b) => (a.name < b.name ? -1 : 1));
  const identity = sorted.map(({ name, version, script }) => ({ name, version, script }));
  return {
    macros: sorted.filter((macro) => !macro.isPrivate).map(({ name, version }) => ({ name, version })),
    sha256: await sha256Hex(new TextEncoder().encode(canonicalJson(identity))),
  };
}
