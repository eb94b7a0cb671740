// Every key there is, in groups, for the list that `?` opens; must not know who listens.
import { CELL_SHORTCUTS, FRAME_SHORTCUTS, spellKey } from '../notebook/cell-shortcuts.ts';

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly { readonly keys: string; readonly words: string }[];
}

export function listShortcuts(isApple: boolean): readonly ShortcutGroup[] {
  const spell = (key: string, words: string): { keys: string; words: string } => ({
    keys: spellKey(key, isApple),
    words,
  });
  return [
    {
      title: 'Everywhere',
      shortcuts: [
        spell('Mod-k', 'Find a command'),
        spell('?', 'List the shortcuts'),
        spell('F1', 'Open the help'),
        spell('Mod-z', 'Undo'),
        spell('Mod-Shift-z', 'Redo'),
      ],
    },
    { title: 'On a cell', shortcuts: FRAME_SHORTCUTS.map(({ key, words }) => spell(key, words)) },
    { title: 'In or on a cell', shortcuts: CELL_SHORTCUTS.map(({ key, words }) => spell(key, words)) },
    {
      title: 'In an editor',
      shortcuts: [
        spell('Ctrl-Space', 'Show completions'),
        spell('Tab', 'Indent'),
        spell('F12', 'Go to where the name at the caret is defined'),
        spell('F8', 'Go to what is wrong'),
        spell('Mod-.', 'Take the mend that is offered'),
        { keys: spellKey('Escape', isApple), words: 'Leave the text for the cell' },
        spell('Mod-/', 'Comment the line in or out'),
      ],
    },
    {
      title: 'In a result',
      shortcuts: [
        { keys: '↑ ↓ ← →', words: 'Move from value to value' },
        { keys: 'PageUp, PageDown', words: 'Move a screenful' },
        spell('Mod-Home', 'First row, first column'),
        spell('Mod-End', 'Last row, last column'),
        { keys: `${spellKey('Shift-ArrowDown', isApple)} …`, words: 'Extend the selection' },
        spell('Enter', 'Show the whole value'),
        spell('Mod-c', 'Copy the selection as TSV'),
      ],
    },
  ];
}
