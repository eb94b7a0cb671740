// What the interface sees and does of a notebook's earlier states; must not know how they are kept.
export interface PastState {
  readonly id: string;
  /** UTC ISO 8601. */
  readonly at: string;
  /** What led to it: `Cell safe: text changed`. */
  readonly words: string;
}

export interface ComparedLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

export interface Past {
  readonly isOpen: boolean;
  /** Newest first. */
  readonly states: readonly PastState[];
  open(): Promise<void>;
  close(): void;
  /** The text form as it was; empty where it is not there any more. */
  textOf(id: string): string;
  /** What has changed from that state to the present one, in lines. */
  compare(id: string): readonly ComparedLine[];
  /** Makes it the present one; what came after stays in the history. Why not, or null. */
  restore(id: string): string | null;
}
