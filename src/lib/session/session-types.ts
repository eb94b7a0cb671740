// What the interface sees of the session: its parts by name, each with an interface of its own; must not know how any of it is done.
import type { MacroDefinition } from '../macros/macro-types.ts';
import type { Notebook } from '../notebook/notebook-types.ts';
import type { Updates } from './app-updates-types.ts';
import type { AuditLog } from './audit-view-types.ts';
import type { Runs } from './cell-run-types.ts';
import type { Charts } from './chart-view-types.ts';
import type { Checks } from './check-view-types.ts';
import type { Destinations, LedgerView } from './destination-types.ts';
import type { CellGroups } from './cell-group-types.ts';
import type { Cells, Edits } from './edit-verb-types.ts';
import type { EngineView } from './engine-view-types.ts';
import type { Filters } from './filter-view-types.ts';
import type { Imports } from './import-types.ts';
import type { Inputs } from './input-view-types.ts';
import type { Keys } from './key-types.ts';
import type { MemoryView } from './memory-types.ts';
import type { Looks } from './look-view-types.ts';
import type { Modules } from './module-view-types.ts';
import type { Notebooks, OpenNotebook } from './notebook-view-types.ts';
import type { Notices } from './notice-types.ts';
import type { OwnershipView } from './ownership-types.ts';
import type { Past } from './past-types.ts';
import type { Publishing } from './publication-types.ts';
import type { Saving } from './save-view-types.ts';
import type { Sharing } from './sharing-types.ts';
import type { BrowserStorage } from './storage-types.ts';
import type { Sources } from './source-view-types.ts';
import type { Statements } from './statement-types.ts';
import type { Steps } from './step-view-types.ts';

/** Everything a component may read (reactive) and do. Verbs never throw: what fails shows up in a view. */
export interface Session {
  /** What the open notebook holds; an empty one on the start page. */
  readonly notebook: Notebook;
  /** The open notebook as a document: its identity, text and saving. */
  readonly desk: OpenNotebook;
  /** The notebooks of this browser. */
  readonly notebooks: Notebooks;
  /** Which tab may change the open notebook. */
  readonly ownership: OwnershipView;
  readonly edits: Edits;
  /** Earlier states of the open notebook. */
  readonly past: Past;
  readonly cells: Cells;
  /** Verbs for several cells at once. */
  readonly groups: CellGroups;
  readonly runs: Runs;
  /** The statement at hand: formatting, looking at a part of it. */
  readonly statements: Statements;
  /** Results that become files on this machine. */
  readonly saving: Saving;
  /** The step whose form is open. */
  readonly steps: Steps;
  /** Outcomes of check cells, and what is done to them. */
  readonly checks: Checks;
  /** What chart cells show, and what is done to them. */
  readonly charts: Charts;
  /** Values that cells read as `$name`. */
  readonly inputs: Inputs;
  /** Files that wait to be imported. */
  readonly imports: Imports;
  readonly sources: Sources;
  readonly engine: EngineView;
  /** What the engine holds, and may hold. */
  readonly memory: MemoryView;
  /** What results and sources are filtered by while they are looked at. */
  readonly filters: Filters;
  /** How results and sources are looked at: filtered, sorted, profiled. */
  readonly looks: Looks;
  readonly macros: readonly MacroDefinition[];
  readonly keys: Keys;
  readonly publishing: Publishing;
  readonly destinations: Destinations;
  readonly modules: Modules;
  readonly sharing: Sharing;
  readonly audit: AuditLog;
  /** Every request the publisher made from this browser. */
  readonly egress: LedgerView;
  /** The app's own files on this device, and newer ones. */
  readonly updates: Updates;
  /** All that this browser keeps, as a whole. */
  readonly storage: BrowserStorage;
  readonly notices: Notices;
}
