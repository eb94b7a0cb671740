// A command of the palette and what commands work with; must not know any command.
import type { CellId } from '../../notebook/notebook-types.ts';
import type { Session } from '../../session/session-types.ts';
import type { InspectedThing } from '../shell/workbench.svelte.ts';

export interface PaletteCommand {
  readonly id: string;
  readonly group: 'Cell' | 'Notebook' | 'Go to' | 'Module' | 'Insert';
  /** What it does, as a person would say it. */
  readonly words: string;
  readonly shortcut?: string;
  run(): void;
}

export interface CommandSurroundings {
  readonly session: Session;
  /** The cell that had the focus when the palette opened. */
  readonly cellId: CellId | null;
  readonly isApple: boolean;
  /** Opens a dialog of the app. */
  openDialog(dialog: 'settings' | 'ledger' | 'key' | 'memory' | 'paste' | 'tour'): void;
  openHelp(): void;
  /** Puts the focus on a cell. */
  goToCell(id: CellId): void;
  /** Opens the inspector. */
  inspect(thing: InspectedThing): void;
  /** Into the editor that had the focus last; null where there is none. */
  readonly insert: ((text: string) => void) | null;
}
