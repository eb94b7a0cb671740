// What is open on the desk: drawers, dialogs and the thing under the lens; must not know any data.
import { createContext } from 'svelte';
import type { CellId } from '../../notebook/notebook-types.ts';

/** What the inspector shows. */
export type InspectedThing =
  | { readonly kind: 'source'; readonly source: string; readonly column: string | null }
  | { readonly kind: 'output'; readonly cellId: CellId; readonly column: string };

export type OpenDialog = 'ledger' | 'key' | null;

export class Workbench {
  #inspected = $state.raw<InspectedThing | null>(null);
  #isNavigationOpen = $state(false);
  #dialog = $state<OpenDialog>(null);

  get inspected(): InspectedThing | null {
    return this.#inspected;
  }

  /** True where the left panel is shown as a drawer. */
  get isNavigationOpen(): boolean {
    return this.#isNavigationOpen;
  }

  get dialog(): OpenDialog {
    return this.#dialog;
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

  openDialog(dialog: Exclude<OpenDialog, null>): void {
    this.#dialog = dialog;
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
