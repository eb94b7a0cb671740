// What the interface does to the open notebook: its cells, its title and policy, undo; must not know how edits are kept.
import type { CellId, PublishSettings } from '../notebook/notebook-types.ts';
import type { RunMode } from '../notebook/run-mode.ts';

export interface Cells {
  add(kind: 'sql' | 'markdown' | 'publish' | 'check' | 'chart', after: CellId | null, text?: string): CellId;
  remove(id: CellId): void;
  move(id: CellId, by: -1 | 1): void;
  duplicate(id: CellId): void;
  /** Text of a SQL or markdown cell. */
  changeText(id: CellId, text: string): void;
  /** Returns why not, or null when done; uses in other cells follow. */
  rename(id: CellId, name: string): Promise<string | null>;
  changePublish(id: CellId, change: Partial<PublishSettings>): void;
}

export interface PolicyChange {
  readonly k?: number;
  readonly quasi?: readonly string[];
  readonly dismissed?: Readonly<Record<string, string>>;
}

export interface Edits {
  readonly canUndo: boolean;
  readonly canRedo: boolean;

  changeTitle(title: string): void;
  changePolicy(change: PolicyChange): void;
  /** Whether cells run by themselves after an edit. */
  changeMode(mode: RunMode): void;
  /** An IANA zone; why not, or null when done. */
  changeTimezone(timezone: string): string | null;
  undo(): void;
  redo(): void;
}
