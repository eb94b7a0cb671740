// Commands for the things a notebook is made of: flags of cells, sources, columns, macros to insert; must not know how the list is shown.
import { foldOf, hasFlags, isDisabled } from '../../session/cell-facts.ts';
import type { Cell } from '../../notebook/notebook-types.ts';
import type { Session } from '../../session/session-types.ts';
import type { CellVerb } from '../notebook/cell-shortcuts.ts';
import type { CommandSurroundings, PaletteCommand } from './palette-command.ts';

/** Folding and disabling, for the kinds of cells that can. */
export function flagCommands(
  session: Session,
  cell: Cell,
  name: string,
  verb: (id: CellVerb, words: string, run: () => void) => PaletteCommand,
): readonly PaletteCommand[] {
  if (!hasFlags(cell)) return [];
  const isFolded = foldOf(cell) !== 'none';
  const isOff = isDisabled(cell);
  return [
    verb('fold', `${isFolded ? 'Unfold' : 'Fold'} ${name}`, () =>
      session.groups.fold([cell.id], isFolded ? 'none' : 'all'),
    ),
    verb('disable', `${isOff ? 'Enable' : 'Disable'} ${name}`, () =>
      session.groups.disable([cell.id], !isOff),
    ),
  ];
}

function sourceCommands({ session, inspect }: CommandSurroundings): readonly PaletteCommand[] {
  return session.sources.all.flatMap(({ name: source, columns }): PaletteCommand[] => [
    {
      id: `source-${source}`,
      group: 'Go to',
      words: `Source ${source}`,
      run: () => inspect({ kind: 'source', source, column: null }),
    },
    ...columns.map(({ name: column }): PaletteCommand => ({
      id: `column-${source}-${column}`,
      group: 'Go to',
      words: `Column ${column} of ${source}`,
      run: () => inspect({ kind: 'source', source, column }),
    })),
  ]);
}

function outputCommands({ session, inspect }: CommandSurroundings): readonly PaletteCommand[] {
  return session.notebook.cells.flatMap((cell) =>
    cell.kind !== 'sql'
      ? []
      : session.runs.of(cell.id).columns.map(({ name: column }): PaletteCommand => ({
          id: `output-${cell.id}-${column}`,
          group: 'Go to',
          words: `Column ${column} of ${cell.name}`,
          run: () => inspect({ kind: 'output', cellId: cell.id, column }),
        })),
  );
}

function macroCommands({ session, insert }: CommandSurroundings): readonly PaletteCommand[] {
  if (insert === null) return [];
  return session.macros.map(({ name, signature }): PaletteCommand => ({
    id: `macro-${name}`,
    group: 'Insert',
    words: `Insert ${signature}`,
    run: () => insert(signature),
  }));
}

export function thingCommands(surroundings: CommandSurroundings): readonly PaletteCommand[] {
  return [...sourceCommands(surroundings), ...outputCommands(surroundings), ...macroCommands(surroundings)];
}
