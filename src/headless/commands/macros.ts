// `sluice macros [NAME]`: the macro library.
import type { MacroDefinition } from '../../lib/macros/macro-types.ts';
import { wrongUse, type CommandOutcome } from '../command-outcome.ts';
import { formatTable } from '../text-table.ts';
import { loadRegistry } from '../workbench.ts';

function describeMacro(macro: MacroDefinition) {
  const { name, topic, version, signature, purpose, nullBehaviour, example, sanitizer } = macro;
  return { name, topic, version, signature, purpose, nullBehaviour, example, sanitizer };
}

function explainMacro(macro: MacroDefinition): string {
  const left = macro.sanitizer
    ? `Sanitizer: leaves ${macro.sanitizer.residual}, shows ${macro.sanitizer.shows}.`
    : 'Not a sanitizer.';
  return [
    `${macro.signature}  ${macro.version}`,
    macro.purpose,
    `NULL: ${macro.nullBehaviour}`,
    left,
    `Example: ${macro.example.sql}  →  ${macro.example.result}`,
  ].join('\n');
}

/** @throws ProblemError where there is no macro of that name. */
export function listMacros(name: string | undefined): CommandOutcome {
  const registry = loadRegistry();
  const listed = registry.macros.filter((macro) => !macro.isPrivate);
  if (name === undefined) {
    const rows = listed.map((macro) => [
      macro.signature,
      macro.version,
      macro.sanitizer?.residual ?? '',
      macro.purpose,
    ]);
    const text = formatTable(['macro', 'version', 'leaves', 'purpose'], rows);
    return { exitCode: 0, json: { macros: listed.map(describeMacro) }, text };
  }
  const macro = registry.find(name);
  if (!macro)
    throw wrongUse(
      `There is no macro ${name}.`,
      `There are ${listed.map((known) => known.name).join(', ')}.`,
    );
  return { exitCode: 0, json: describeMacro(macro), text: explainMacro(macro) };
}
