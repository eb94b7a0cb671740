// The entries that every cell's menu has, whatever its kind; must not know how a menu is drawn.
import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowDownToLine from '@lucide/svelte/icons/arrow-down-to-line';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import ArrowUpToLine from '@lucide/svelte/icons/arrow-up-to-line';
import ChevronsDownUp from '@lucide/svelte/icons/chevrons-down-up';
import CircleOff from '@lucide/svelte/icons/circle-off';
import Copy from '@lucide/svelte/icons/copy';
import Trash2 from '@lucide/svelte/icons/trash-2';
import { foldOf, hasFlags, isDisabled } from '../../session/cell-facts.ts';
import type { Cell } from '../../notebook/notebook-types.ts';
import type { MenuEntry } from '../primitives/menu-entry.ts';
import { spellVerb } from './cell-shortcuts.ts';
import type { CellVerb } from './cell-shortcuts.ts';
import type { OnCellVerb } from './cell-verbs.ts';

interface FrameState {
  readonly cell: Cell | null;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** How many cells the verbs mean: more than one where the cell is among several selected. */
  readonly count: number;
  readonly startsGroup: boolean;
  readonly isApple: boolean;
  readonly onverb: OnCellVerb;
}

export function frameEntries(state: FrameState): readonly MenuEntry[] {
  const { cell, count, isApple, onverb } = state;
  const entry = (
    verb: CellVerb,
    label: string,
    icon: NonNullable<MenuEntry['icon']>,
    more: Partial<MenuEntry> = {},
  ): MenuEntry => ({
    label: count > 1 ? `${label} ${count} cells` : label,
    icon,
    shortcut: spellVerb(verb, isApple),
    onselect: () => onverb(verb),
    ...more,
  });
  const flags =
    cell !== null && hasFlags(cell)
      ? [
          entry('fold', foldOf(cell) === 'none' ? 'Fold' : 'Unfold', ChevronsDownUp, { startsGroup: true }),
          entry('disable', isDisabled(cell) ? 'Enable' : 'Disable', CircleOff),
        ]
      : [];
  const isAlone = count < 2;
  return [
    entry('moveUp', 'Move up', ArrowUp, {
      disabled: state.isFirst && isAlone,
      startsGroup: state.startsGroup,
    }),
    entry('moveDown', 'Move down', ArrowDown, { disabled: state.isLast && isAlone }),
    entry('duplicate', 'Duplicate', Copy),
    ...flags,
    {
      ...entry('runUpTo', '', ArrowUpToLine, { startsGroup: true }),
      label: 'Run up to here',
    },
    { ...entry('runFrom', '', ArrowDownToLine), label: 'Run from here' },
    entry('remove', 'Delete', Trash2, { danger: true, startsGroup: true }),
  ];
}
