// One thing to do in a menu; must not know how menus look.
import type { IconComponent } from './icon-component.ts';

export interface MenuEntry {
  readonly label: string;
  readonly onselect: () => void;
  readonly icon?: IconComponent | undefined;
  readonly shortcut?: string | undefined;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** Set for a choice among several. */
  readonly checked?: boolean | undefined;
  /** Draws a line above. */
  readonly startsGroup?: boolean;
}
