// The macro library as a whole: every file parsed, checked against the others and ordered; must not run any of it.
import { fail, succeed, type Result } from '../base/result.ts';
import { macroProblem, parseMacroFile } from './macro-file.ts';
import { parseStatement } from './macro-statement.ts';
import type { MacroDefinition, MacroRegistry } from './macro-types.ts';

export interface MacroFile {
  /** `<topic>/<macro>.sql`, with any folders before it. */
  readonly path: string;
  readonly text: string;
}

interface PlacedMacro {
  readonly path: string;
  readonly macro: MacroDefinition;
  readonly calls: readonly string[];
}

function placeMacro(file: MacroFile): Result<PlacedMacro & { readonly unqualified: ReadonlySet<string> }> {
  const macro = parseMacroFile(file.path, file.text);
  if (!macro.ok) return macro;
  const statement = parseStatement(macro.value.script);
  if (!statement.ok) return fail(macroProblem(file.path, statement.error));
  const { calls, unqualifiedCalls } = statement.value;
  return succeed({
    path: file.path,
    macro: macro.value,
    calls: [...calls].sort(),
    unqualified: unqualifiedCalls,
  });
}

function findBrokenCall(
  placed: PlacedMacro & { readonly unqualified: ReadonlySet<string> },
  names: ReadonlyMap<string, PlacedMacro>,
): string | null {
  const unknown = placed.calls.find((name) => !names.has(name));
  if (unknown !== undefined) return `it calls sluice.${unknown}, which no file creates`;
  const loose = [...placed.unqualified].find((name) => names.has(name));
  return loose === undefined
    ? null
    : `it calls ${loose} without its schema; write sluice.${loose}, which nothing can shadow`;
}

/** Called before caller, else by name: the order does not depend on that of the files. */
function orderByCalls(names: ReadonlyMap<string, PlacedMacro>): Result<readonly MacroDefinition[]> {
  const ordered: MacroDefinition[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (placed: PlacedMacro): string | null => {
    const { name } = placed.macro;
    if (state.get(name) === 'done') return null;
    if (state.get(name) === 'open') return name;
    state.set(name, 'open');
    for (const call of placed.calls) {
      const callee = names.get(call);
      const circular = callee ? visit(callee) : null;
      if (circular !== null) return circular;
    }
    state.set(name, 'done');
    ordered.push(placed.macro);
    return null;
  };
  for (const name of [...names.keys()].sort()) {
    const placed = names.get(name);
    const circular = placed ? visit(placed) : null;
    if (placed && circular !== null)
      return fail(
        macroProblem(
          names.get(circular)?.path ?? placed.path,
          `${circular} calls itself, directly or through others`,
        ),
      );
  }
  return succeed(ordered);
}

/**
 * Parses all files, in any order, and puts them into the order in which their scripts must run.
 * @returns `macro-file`, naming the file, for the first that is broken, doubles a name or calls what is not there.
 */
export function buildRegistry(files: readonly MacroFile[]): Result<MacroRegistry> {
  const names = new Map<string, PlacedMacro & { readonly unqualified: ReadonlySet<string> }>();
  for (const file of files) {
    const placed = placeMacro(file);
    if (!placed.ok) return placed;
    const twin = names.get(placed.value.macro.name);
    if (twin) return fail(macroProblem(file.path, `${twin.path} already creates ${placed.value.macro.name}`));
    names.set(placed.value.macro.name, placed.value);
  }
  for (const placed of names.values()) {
    const broken = findBrokenCall(placed, names);
    if (broken !== null) return fail(macroProblem(placed.path, broken));
  }
  const ordered = orderByCalls(names);
  if (!ordered.ok) return ordered;
  const shown = new Map(
    ordered.value.filter((macro) => !macro.isPrivate).map((macro) => [macro.name, macro]),
  );
  return succeed({ macros: ordered.value, find: (name) => shown.get(name.toLowerCase()) });
}
