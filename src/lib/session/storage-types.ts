// What the interface sees and does of all that this browser keeps; must not know where it lies.
import type { Problem } from '../base/result.ts';

export interface StorageItem {
  readonly kind: 'sources' | 'library' | 'outbox' | 'other' | 'records';
  readonly label: string;
  readonly sizeBytes: number;
  /** Files, or null where they are not counted. */
  readonly files: number | null;
}

export interface StorageUse {
  readonly items: readonly StorageItem[];
  readonly usedBytes: number;
  /** What the browser would give; an estimate. */
  readonly quotaBytes: number;
  /** False where the browser may clear the site's data when the disk runs full. */
  readonly isPersistent: boolean;
}

/** A copy of a source file that will be removed. */
export interface ExpiringSource {
  readonly sha256: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** UTC ISO 8601: from then on it is removed when the app is opened. */
  readonly expiresAt: string;
}

/** Days a copy is kept after the last change of a notebook that uses it; null for ever. */
export type RetentionDays = 30 | 90 | 365 | null;

export interface BrowserStorage {
  /** Null until it was measured. */
  readonly use: StorageUse | null;
  readonly isMeasuring: boolean;
  readonly retention: RetentionDays;
  /** Copies that expire within the next 14 days, first ones first. */
  readonly expiring: readonly ExpiringSource[];
  readonly isExporting: boolean;
  readonly problem: Problem | null;

  measure(): Promise<void>;
  /** Asks the browser not to clear the site's data by itself. */
  askToPersist(): Promise<void>;
  changeRetention(days: RetentionDays): Promise<void>;
  /** Uses a copy anew: its time begins again. */
  keepLonger(sha256: string): Promise<void>;
  /** One zip: notebooks as text, the log, the library. Neither sources nor the key are in it. */
  exportEverything(): Promise<{ readonly fileName: string; readonly blob: Blob } | Problem>;
  /** Notebooks, copies of sources, library, key, log, settings; then the page is opened anew. */
  deleteEverything(): Promise<void>;
}
