// The keys of a cell and what they mean; must not know what the verbs do.

export type CellVerb =
  | 'run'
  | 'runAndGoOn'
  | 'runStatement'
  | 'runUpTo'
  | 'runFrom'
  | 'addAbove'
  | 'addBelow'
  | 'moveUp'
  | 'moveDown'
  | 'duplicate'
  | 'fold'
  | 'foldText'
  | 'foldResult'
  | 'disable'
  | 'format'
  | 'remove';

export interface CellShortcut {
  readonly verb: CellVerb;
  /** In CodeMirror's spelling; `Mod` is Ctrl, or Cmd on Apple keyboards. */
  readonly key: string;
  readonly words: string;
}

export const CELL_SHORTCUTS: readonly CellShortcut[] = [
  { verb: 'run', key: 'Mod-Enter', words: 'Run the cell' },
  { verb: 'runAndGoOn', key: 'Shift-Enter', words: 'Run the cell and go to the next' },
  {
    verb: 'runStatement',
    key: 'Mod-Shift-Enter',
    words: 'Look at the selection or the statement at the caret',
  },
  { verb: 'runUpTo', key: 'Alt-Shift-u', words: 'Run all up to the cell' },
  { verb: 'runFrom', key: 'Alt-Shift-b', words: 'Run the cell and all below' },
  { verb: 'addBelow', key: 'Alt-Enter', words: 'Add a SQL cell below' },
  { verb: 'addAbove', key: 'Alt-Shift-Enter', words: 'Add a SQL cell above' },
  { verb: 'moveUp', key: 'Alt-ArrowUp', words: 'Move the cell up' },
  { verb: 'moveDown', key: 'Alt-ArrowDown', words: 'Move the cell down' },
  { verb: 'duplicate', key: 'Mod-Shift-d', words: 'Duplicate the cell' },
  { verb: 'fold', key: 'Alt-Shift-c', words: 'Fold or unfold the cell' },
  { verb: 'foldText', key: 'Alt-Shift-t', words: 'Fold or unfold its text' },
  { verb: 'foldResult', key: 'Alt-Shift-r', words: 'Fold or unfold its result' },
  { verb: 'disable', key: 'Alt-Shift-x', words: 'Disable or enable the cell' },
  { verb: 'format', key: 'Alt-Shift-f', words: 'Format the SQL' },
  { verb: 'remove', key: 'Mod-Shift-Backspace', words: 'Delete the cell' },
];

/** On a cell itself, where Escape leads from its text. */
export type FrameVerb =
  'edit' | 'goUp' | 'goDown' | 'selectUp' | 'selectDown' | 'selectAll' | 'select' | 'clearSelection';

export const FRAME_SHORTCUTS: readonly {
  readonly verb: FrameVerb;
  readonly key: string;
  readonly words: string;
}[] = [
  { verb: 'edit', key: 'Enter', words: 'Into the text of the cell' },
  { verb: 'goUp', key: 'ArrowUp', words: 'To the cell above' },
  { verb: 'goDown', key: 'ArrowDown', words: 'To the cell below' },
  { verb: 'select', key: ' ', words: 'Select the cell, or take it out' },
  { verb: 'selectUp', key: 'Shift-ArrowUp', words: 'Select upwards' },
  { verb: 'selectDown', key: 'Shift-ArrowDown', words: 'Select downwards' },
  { verb: 'selectAll', key: 'Mod-a', words: 'Select all cells' },
  { verb: 'clearSelection', key: 'Escape', words: 'Select none' },
];

export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** The key's place, e.g. `KeyF`: with Alt some keyboards write another letter. */
  readonly code?: string;
}

export function isApplePlatform(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/** True where the pressed key is the one spelled, e.g. `Mod-Shift-d`. */
export function isPressed(spelling: string, pressed: PressedKey, isApple: boolean): boolean {
  const parts = spelling.split('-');
  const key = parts.at(-1) ?? '';
  const wants = (name: string): boolean => parts.slice(0, -1).includes(name);
  return (
    (pressed.key.toLowerCase() === key.toLowerCase() ||
      (wants('Alt') && pressed.code?.toLowerCase() === `key${key.toLowerCase()}`)) &&
    pressed.shiftKey === wants('Shift') &&
    pressed.altKey === wants('Alt') &&
    pressed.ctrlKey === (wants('Ctrl') || (wants('Mod') && !isApple)) &&
    pressed.metaKey === (wants('Mod') && isApple)
  );
}

export function frameVerbOf(pressed: PressedKey, isApple: boolean): FrameVerb | null {
  return FRAME_SHORTCUTS.find((shortcut) => isPressed(shortcut.key, pressed, isApple))?.verb ?? null;
}

export function cellVerbOf(pressed: PressedKey, isApple: boolean): CellVerb | null {
  return CELL_SHORTCUTS.find((shortcut) => isPressed(shortcut.key, pressed, isApple))?.verb ?? null;
}

/** What has the focus within a cell: a field to type or choose in, or what is pressed or moved in. The code editor is neither. */
export type FocusedControl = 'field' | 'button' | 'grid' | null;

/**
 * True where a key of the cell means something else to the control that has the focus: fields keep all but those that
 * run (Alt+↓ opens a list, Ctrl+Shift+⌫ deletes a word), the others keep Enter.
 */
export function isForControl(verb: CellVerb, pressed: PressedKey, control: FocusedControl): boolean {
  if (control === null) return false;
  const isWithMod = pressed.ctrlKey || pressed.metaKey;
  if (pressed.key === 'Enter') return !isWithMod;
  return control === 'field' && !['run', 'runUpTo', 'runFrom'].includes(verb);
}

const KEY_WORDS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Backspace: '⌫',
  ' ': 'Space',
};

/** A key as people read it: `Ctrl+Shift+D`, on Apple keyboards `⌘⇧D`. */
export function spellKey(spelling: string, isApple: boolean): string {
  const parts = spelling.split('-');
  const key = parts.at(-1) ?? '';
  const written = KEY_WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const apple: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' };
  const modifiers = parts
    .slice(0, -1)
    .map((name) => (isApple ? (apple[name] ?? name) : name === 'Mod' ? 'Ctrl' : name));
  return [...modifiers, written].join(isApple ? '' : '+');
}

/** The shortcut of a verb as people read it. */
export function spellVerb(verb: CellVerb, isApple: boolean): string {
  const shortcut = CELL_SHORTCUTS.find((each) => each.verb === verb);
  return shortcut === undefined ? '' : spellKey(shortcut.key, isApple);
}
