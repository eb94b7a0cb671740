// What the interface sees and does of the audit log; knows no storage and no chain.
import type { Problem } from '../base/result.ts';
import type { AuditAction, AuditEntry, AuditEvent, AuditFilter, ChainReport } from '../audit/audit-types.ts';

/** An entry with what the log's page says of it. */
export interface AuditRow {
  readonly entry: AuditEntry;
  /** e.g. `Cell safe ran (57 rows, 120 ms).` */
  readonly words: string;
  /** What kind of thing was done, e.g. `Cell ran`. */
  readonly label: string;
  /** Date and time with the offset, in the log's zone: `2026-11-21 15:10:53 +01:00`. */
  readonly localTime: string;
}

export interface AuditActionChoice {
  readonly action: AuditAction;
  readonly label: string;
}

/** Which days are shown, by the calendar of the log's zone; `from` and `to` are days such as `2026-11-21`, both inclusive. */
export type AuditRange =
  | { readonly kind: 'any' | 'today' | 'week' }
  | { readonly kind: 'custom'; readonly from: string | null; readonly to: string | null };

export type AuditScope = 'filtered' | 'all';

/** How the chain stands, with the entry where it breaks as it reads now. */
export interface ChainView {
  readonly report: ChainReport;
  readonly brokenRow: AuditRow | null;
  /** Sequence and hash with which the log ends, to be written down elsewhere; null where the log is empty. */
  readonly end: { readonly sequence: number; readonly hash: string } | null;
}

/** The log: `record` and `note` are for the session's own parts, all else for its page. */
export interface AuditLog {
  /** True while the log stands in the main area. */
  readonly isOpen: boolean;
  /** True until the log was read. */
  readonly isReading: boolean;
  readonly total: number;
  /** How many the filter lets through. */
  readonly count: number;
  readonly filter: AuditFilter;
  readonly range: AuditRange;
  readonly isFiltered: boolean;
  /** Actions that occur in the log. */
  readonly actions: readonly AuditActionChoice[];
  readonly actors: readonly string[];
  /** IANA zone in which times are shown. */
  readonly timezone: string;
  /** The name under which entries are made. */
  readonly actor: string;
  readonly chain: ChainView | null;
  readonly isVerifying: boolean;
  /** Why entries could not be read or kept; null where all is well. */
  readonly problem: Problem | null;

  open(): Promise<void>;
  close(): void;
  /** What the filter lets through, newest first. */
  rows(offset: number, limit: number): readonly AuditRow[];
  changeFilter(change: Partial<Omit<AuditFilter, 'since' | 'until'>>): void;
  changeRange(range: AuditRange): void;
  clearFilter(): void;
  changeActor(name: string): Promise<void>;
  /** Null for the zone of this machine. Kept in this browser. */
  changeTimezone(timezone: string | null): Promise<void>;
  verify(): Promise<void>;
  /** RFC 4180 text, UTF-8 with a byte order mark. */
  exportCsv(scope: AuditScope): Promise<{ readonly fileName: string; readonly blob: Blob } | Problem>;
  /** Never throws and never waits: entries are kept in order, in the background. Texts are masked and cut. */
  record(event: AuditEvent): void;
  /** As `record`, of the open notebook. */
  note(event: Omit<AuditEvent, 'notebook'>): void;
}
