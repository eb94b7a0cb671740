// The keys of a cell and what they mean; must not know what the verbs do.

export type CellVerb = 'run' | 'runAndGoOn' | 'addBelow' | 'moveUp' | 'moveDown' | 'duplicate' | 'remove';

export interface CellShortcut {
  readonly verb: CellVerb;
  /** In CodeMirror's spelling; `Mod` is Ctrl, or Cmd on Apple keyboards. */
  readonly key: string;
  readonly words: string;
}

export const CELL_SHORTCUTS: readonly CellShortcut[] = [
  { verb: 'run', key: 'Mod-Enter', words: 'Run the cell' },
  { verb: 'runAndGoOn', key: 'Shift-Enter', words: 'Run the cell and go to the next' },
  { verb: 'addBelow', key: 'Alt-Enter', words: 'Add a SQL cell below' },
  { verb: 'moveUp', key: 'Alt-ArrowUp', words: 'Move the cell up' },
  { verb: 'moveDown', key: 'Alt-ArrowDown', words: 'Move the cell down' },
  { verb: 'duplicate', key: 'Mod-Shift-d', words: 'Duplicate the cell' },
  { verb: 'remove', key: 'Mod-Shift-Backspace', words: 'Delete the cell' },
];

export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
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
    pressed.key.toLowerCase() === key.toLowerCase() &&
    pressed.shiftKey === wants('Shift') &&
    pressed.altKey === wants('Alt') &&
    pressed.ctrlKey === (wants('Ctrl') || (wants('Mod') && !isApple)) &&
    pressed.metaKey === (wants('Mod') && isApple)
  );
}

export function cellVerbOf(pressed: PressedKey, isApple: boolean): CellVerb | null {
  return CELL_SHORTCUTS.find((shortcut) => isPressed(shortcut.key, pressed, isApple))?.verb ?? null;
}

const KEY_WORDS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Backspace: '⌫',
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
