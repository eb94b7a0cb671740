// What is open on the desk: drawers, dialogs and the thing under the lens; must not know any data.
import { createContext } from 'svelte';
import type { CellId } from '../../notebook/notebook-types.ts';

/** What the inspector shows. */
export type InspectedThing =
  | { readonly kind: 'source'; readonly source: string; readonly column: string | null }
  | { readonly kind: 'output'; readonly cellId: CellId; readonly column: string };

export type OpenDialog = 'ledger' | 'key' | 'settings' | 'paste' | 'memory' | 'tour' | null;

export class Workbench {
  #inspected = $state.raw<InspectedThing | null>(null);
  #isNavigationOpen = $state(false);
  #dialog = $state<OpenDialog>(null);
  #place = $state<string | null>(null);
  #help = $state<string | null>(null);

  get inspected(): InspectedThing | null {
    return this.#inspected;
  }

  /** True where the left panel is shown as a drawer. */
  get isNavigationOpen(): boolean {
    return this.#isNavigationOpen;
  }

  /** The part of the dialog that was asked for. */
  get place(): string | null {
    return this.#place;
  }

  get dialog(): OpenDialog {
    return this.#dialog;
  }

  /** The place of the help that is open, e.g. `gate#mends`; null while it is closed. It may stand over another dialog. */
  get help(): string | null {
    return this.#help;
  }

  inspect(thing: InspectedThing): void {
    this.#inspected = thing;
    this.#isNavigationOpen = false;
  }

  closeInspector(): void {
    this.#inspected = null;
  }

  toggleNavigation(): void {
    this.#isNavigationOpen = !this.#isNavigationOpen;
  }

  closeNavigation(): void {
    this.#isNavigationOpen = false;
  }

  /** `place`: which part of the dialog, for those that have several. */
  openDialog(dialog: Exclude<OpenDialog, null>, place: string | null = null): void {
    this.#dialog = dialog;
    this.#place = place;
  }

  openHelp(place = ''): void {
    this.#help = place;
  }

  closeHelp(): void {
    this.#help = null;
  }

  closeDialog(): void {
    this.#dialog = null;
  }
}

const [readWorkbench, writeWorkbench] = createContext<Workbench>();

/** Call once, while the outermost component is being initialised. */
export function setWorkbench(workbench: Workbench): Workbench {
  return writeWorkbench(workbench);
}

/** @throws where no component above called `setWorkbench`. */
export function useWorkbench(): Workbench {
  return readWorkbench();
}
