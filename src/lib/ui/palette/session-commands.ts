// Every verb a person can ask for by name, as a list over the session; must not know how the list is shown.
import type { Cell } from '../../notebook/notebook-types.ts';
import { runModeOf } from '../../session/cell-facts.ts';
import type { Session } from '../../session/session-types.ts';
import { spellVerb } from '../notebook/cell-shortcuts.ts';
import type { CellVerb } from '../notebook/cell-shortcuts.ts';
import { nameCells } from '../notebook/cell-words.ts';
import { saveNotebookFile } from '../shell/notebook-file.ts';
import { theme, THEMES } from '../shell/theme.svelte.ts';
import type { CommandSurroundings, PaletteCommand } from './palette-command.ts';
import { addCommands } from './add-commands.ts';
import { flagCommands, thingCommands } from './thing-commands.ts';

function nameOf(cell: Cell, label: string): string {
  return cell.kind === 'sql' ? cell.name : label.toLowerCase();
}

function cellCommands({ session, cellId, isApple }: CommandSurroundings): readonly PaletteCommand[] {
  const { cells } = session.notebook;
  const index = cells.findIndex((cell) => cell.id === cellId);
  const cell = cells[index];
  if (cell === undefined) return [];
  const name = nameOf(cell, nameCells(cells)[index] ?? '');
  const verb = (id: CellVerb, words: string, run: () => void): PaletteCommand => ({
    id,
    group: 'Cell',
    words,
    shortcut: spellVerb(id, isApple),
    run,
  });
  return [
    ...(cell.kind === 'sql' ? [verb('run', `Run ${name}`, () => void session.runs.runOne(cell.id))] : []),
    ...(cell.kind === 'sql'
      ? [verb('format', `Format ${name}`, () => void session.statements.format(cell.id))]
      : []),
    verb('runUpTo', `Run all up to ${name}`, () => void session.runs.runUpTo(cell.id)),
    verb('runFrom', `Run ${name} and all below`, () => void session.runs.runFrom(cell.id)),
    ...flagCommands(session, cell, name, verb),
    verb('moveUp', `Move ${name} up`, () => session.groups.move([cell.id], -1)),
    verb('moveDown', `Move ${name} down`, () => session.groups.move([cell.id], 1)),
    verb('duplicate', `Duplicate ${name}`, () => session.groups.duplicate([cell.id])),
    verb('remove', `Delete ${name}`, () => session.groups.remove([cell.id])),
    ...saveCommands(session, cell),
  ];
}

/** Only of a result that is there. */
function saveCommands(session: Session, cell: Cell): readonly PaletteCommand[] {
  if (cell.kind !== 'sql') return [];
  const { columns, rowCount } = session.runs.of(cell.id);
  if (rowCount === null) return [];
  const { name } = cell;
  const { shown } = session.looks.ofCell(cell.id);
  return [
    {
      id: 'save-result',
      group: 'Cell',
      words: `Save ${name} as a file (export CSV, Excel, Parquet, JSON)`,
      run: () => session.saving.open({ relation: name, name, columns, rowCount, shown }),
    },
  ];
}

function themeCommands(): readonly PaletteCommand[] {
  return THEMES.map(({ name, label }): PaletteCommand => ({
    id: `theme-${name}`,
    group: 'Go to',
    words: `Theme: ${label.toLowerCase()}`,
    run: () => theme.choose(name),
  }));
}

function notebookCommands({ session, isApple }: CommandSurroundings): readonly PaletteCommand[] {
  const mod = isApple ? '⌘' : 'Ctrl+';
  const command = (id: string, words: string, run: () => void, shortcut?: string): PaletteCommand => ({
    id,
    group: 'Notebook',
    words,
    ...(shortcut === undefined ? {} : { shortcut }),
    run,
  });
  return [
    command('run-all', 'Run all cells', () => void session.runs.runAll()),
    command('run-stale', 'Run stale cells', () => void session.runs.runStale()),
    runModeOf(session.notebook) === 'auto'
      ? command('lazy', 'Run cells only when asked', () => session.edits.changeMode('lazy'))
      : command('auto', 'Run cells by themselves', () => session.edits.changeMode('auto')),
    command('past', 'Browse the history of the notebook', () => void session.past.open()),
    ...(session.runs.isRunning
      ? [command('cancel', 'Cancel what is running', () => void session.runs.cancel())]
      : []),
    ...(session.edits.canUndo ? [command('undo', 'Undo', () => session.edits.undo(), `${mod}Z`)] : []),
    ...(session.edits.canRedo
      ? [command('redo', 'Redo', () => session.edits.redo(), isApple ? '⌘⇧Z' : 'Ctrl+Shift+Z')]
      : []),
    ...(session.keys.view.state === 'none'
      ? [command('key', 'Create or import the project key', () => session.keys.request())]
      : []),
    command('share', 'Share the notebook', () => void session.sharing.open()),
    command('save', 'Save the notebook as a file (export)', () => saveNotebookFile(session)),
    command('close', 'Close the notebook', () => void session.notebooks.close()),
  ];
}

function checkCommands({ session }: CommandSurroundings): readonly PaletteCommand[] {
  return session.notebook.cells.flatMap((cell): readonly PaletteCommand[] =>
    cell.kind === 'publish'
      ? [
          {
            id: `check-${cell.id}`,
            group: 'Module',
            words: `Check ${cell.namespace}/${cell.module}`,
            run: () => void session.publishing.check(cell.id),
          },
        ]
      : [],
  );
}

function placeCommands({ session, goToCell }: CommandSurroundings): readonly PaletteCommand[] {
  const labels = nameCells(session.notebook.cells);
  const cells = session.notebook.cells.map((cell, index): PaletteCommand => ({
    id: `go-${cell.id}`,
    group: 'Go to',
    words: `Go to ${nameOf(cell, labels[index] ?? '')}`,
    run: () => goToCell(cell.id),
  }));
  const modules = session.modules.all.map(({ namespace, module, version }): PaletteCommand => ({
    id: `module-${namespace}/${module}@${version}`,
    group: 'Module',
    words: `Open module ${namespace}/${module} ${version}`,
    run: () => void session.modules.show(namespace, module, version),
  }));
  return [...cells, ...modules];
}

/** All that can be done now, in the order in which it is most often wanted; on the start page only what works there. */
export function sessionCommands(surroundings: CommandSurroundings): readonly PaletteCommand[] {
  const { session } = surroundings;
  const starts: readonly PaletteCommand[] = [
    { id: 'new', group: 'Notebook', words: 'New notebook', run: () => void session.notebooks.create() },
    {
      id: 'sample',
      group: 'Notebook',
      words: 'Try the sample',
      run: () => void session.notebooks.openSample(),
    },
    { id: 'log', group: 'Go to', words: 'Open the log', run: () => void session.audit.open() },
    {
      id: 'settings',
      group: 'Go to',
      words: 'Open the settings: theme, text size, time zone, storage',
      run: () => surroundings.openDialog('settings'),
    },
    {
      id: 'help',
      group: 'Go to',
      words: 'Open the help',
      shortcut: 'F1',
      run: () => surroundings.openHelp(),
    },
    {
      id: 'paste',
      group: 'Notebook',
      words: 'Paste a table',
      run: () => surroundings.openDialog('paste'),
    },
    { id: 'tour', group: 'Go to', words: 'Take the tour', run: () => surroundings.openDialog('tour') },
    {
      id: 'memory',
      group: 'Go to',
      words: 'See what the engine’s memory holds',
      run: () => surroundings.openDialog('memory'),
    },
    ...themeCommands(),
  ];
  if (session.desk.id === null)
    return [...starts, ...placeCommands(surroundings).filter((each) => each.group === 'Module')];
  return [
    ...cellCommands(surroundings),
    ...addCommands(surroundings),
    ...checkCommands(surroundings),
    ...notebookCommands(surroundings),
    ...placeCommands(surroundings),
    ...thingCommands(surroundings),
    ...starts,
  ];
}
