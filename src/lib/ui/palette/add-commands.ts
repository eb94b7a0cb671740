// Commands that add something to the notebook: cells, inputs, and each step by its name; must not know how the list is shown.
import type { CellId } from '../../notebook/notebook-types.ts';
import { STEP_DEFINITIONS } from '../../session/step-facts.ts';
import { spellVerb } from '../notebook/cell-shortcuts.ts';
import type { CommandSurroundings, PaletteCommand } from './palette-command.ts';

function stepCommands({ session }: CommandSurroundings, after: CellId | null): readonly PaletteCommand[] {
  return STEP_DEFINITIONS.map(({ kind, title }): PaletteCommand => ({
    id: `add-step-${kind}`,
    group: 'Cell',
    words: `Add a step: ${title}`,
    run: () => session.steps.open(after, { kind }),
  }));
}

/** After the cell that had the focus, else at the end; nothing where the notebook is only read. */
export function addCommands(surroundings: CommandSurroundings): readonly PaletteCommand[] {
  const { session, cellId, isApple, goToCell } = surroundings;
  if (session.ownership.isReadOnly) return [];
  const { cells } = session.notebook;
  const after = cells.find((cell) => cell.id === cellId)?.id ?? cells.at(-1)?.id ?? null;
  const add = (kind: 'sql' | 'markdown' | 'check' | 'chart' | 'publish', words: string): PaletteCommand => ({
    id: `add-${kind}`,
    group: 'Cell',
    words,
    ...(kind === 'sql' ? { shortcut: spellVerb('addBelow', isApple) } : {}),
    run: () => goToCell(session.cells.add(kind, after)),
  });
  return [
    add('sql', 'Add a SQL cell'),
    add('markdown', 'Add a text cell'),
    add('check', 'Add a check cell'),
    add('chart', 'Add a chart'),
    add('publish', 'Add a publish cell'),
    { id: 'add-input', group: 'Cell', words: 'Add an input', run: () => session.inputs.open(null) },
    { id: 'add-step', group: 'Cell', words: 'Add a step', run: () => session.steps.open(after) },
    ...stepCommands(surroundings, after),
  ];
}
