// The audit log of this browser: takes events, and shows, filters, verifies and exports what was kept; must not know what caused them.
import type { Problem } from '../base/result.ts';
import { succeed, type Result } from '../base/result.ts';
import type { AuditEntry, AuditEvent, AuditFilter } from '../audit/audit-types.ts';
import { verifyChain } from '../audit/chain.ts';
import { auditCsv } from '../audit/csv.ts';
import { filterEntries, NO_FILTER } from '../audit/filter.ts';
import { addDays, formatLocal, localDay, startOfDay } from '../audit/local-time.ts';
import { readEntry } from '../audit/read-entry.ts';
import { describeEntry, labelAction } from '../audit/words.ts';
import { isTimezone } from '../notebook/timezone.ts';
import { readSetting, writeSetting } from '../store/database.ts';
import { readAuditLog } from '../store/audit-records.ts';
import { AuditWriter } from './audit-writer.ts';
import type {
  AuditActionChoice,
  AuditLog,
  AuditRange,
  AuditRow,
  AuditScope,
  ChainView,
} from './audit-view-types.ts';
import { EditBursts } from './edit-bursts.ts';
import type { Edit } from '../notebook/edit-types.ts';
import type { Notebook } from '../notebook/notebook-types.ts';

const BYTE_ORDER_MARK = '\ufeff';
const NEWS_CHANNEL = 'sluice-audit';
const ANY_TIME: AuditRange = { kind: 'any' };

const TIMEZONE_SETTING = 'log-timezone';
const MACHINE_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface AuditDeskParts {
  /** The open notebook; null where none is. */
  readonly notebook: () => AuditEvent['notebook'];
  readonly notice: (problem: Problem | null) => void;
}

export class AuditDesk implements AuditLog {
  #timezone = $state.raw(MACHINE_ZONE);
  readonly #parts: AuditDeskParts;
  readonly #writer: AuditWriter;
  readonly #bursts = new EditBursts();
  readonly #news = new BroadcastChannel(NEWS_CHANNEL);
  #isOpen = $state.raw(false);
  #isReading = $state.raw(false);
  #isVerifying = $state.raw(false);
  /** Oldest first; held only while the log is open. */
  #entries: readonly AuditEntry[] = $state.raw([]);
  #filter: AuditFilter = $state.raw(NO_FILTER);
  #range: AuditRange = $state.raw(ANY_TIME);
  #actor = $state.raw('');
  #chain: ChainView | null = $state.raw(null);
  #problem: Problem | null = $state.raw(null);
  #reading: Promise<void> = Promise.resolve();
  readonly #matching = $derived(filterEntries(this.#entries, this.#filter, this.timezone));
  readonly #actions = $derived(
    [...new Set(this.#entries.map((entry) => entry.action))]
      .map((action): AuditActionChoice => ({ action, label: labelAction(action) }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  );
  readonly #actors = $derived([...new Set(this.#entries.map((entry) => entry.actor))].sort());

  constructor(parts: AuditDeskParts) {
    this.#parts = parts;
    this.#writer = new AuditWriter({
      appended: () => this.#appended(),
      troubled: (problem) => this.#troubled(problem),
    });
    this.#actor = this.#writer.actor;
    void this.#writer.ready().then(() => (this.#actor = this.#writer.actor));
    void this.#readTimezone();
    this.#news.onmessage = () => void this.#readNews();
    addEventListener('pagehide', () => this.#writer.leave());
  }

  get timezone(): string {
    return this.#timezone;
  }

  async #readTimezone(): Promise<void> {
    const stored = await readSetting(TIMEZONE_SETTING);
    if (stored.ok && typeof stored.value === 'string' && isTimezone(stored.value))
      this.#timezone = stored.value;
  }

  async changeTimezone(timezone: string | null): Promise<void> {
    const written = await writeSetting(TIMEZONE_SETTING, timezone);
    if (!written.ok) this.#problem = written.error;
    this.#timezone = timezone ?? MACHINE_ZONE;
  }

  get isOpen() {
    return this.#isOpen;
  }
  get isReading() {
    return this.#isReading;
  }
  get total() {
    return this.#entries.length;
  }
  get count() {
    return this.#matching.length;
  }
  get filter() {
    return this.#filter;
  }
  get range() {
    return this.#range;
  }
  get isFiltered() {
    return this.#filter !== NO_FILTER;
  }
  get actions() {
    return this.#actions;
  }
  get actors() {
    return this.#actors;
  }
  get actor() {
    return this.#actor;
  }
  get chain() {
    return this.#chain;
  }
  get isVerifying() {
    return this.#isVerifying;
  }
  get problem() {
    return this.#problem;
  }

  // --- writing -------------------------------------------------------------------------------------------------------

  record(event: AuditEvent): void {
    this.#writer.record(event);
  }

  note(event: Omit<AuditEvent, 'notebook'>): void {
    this.record({ ...event, notebook: this.#parts.notebook() });
  }

  /** An edit that was made. What is typed into one cell is one entry for as long as it goes on, at most one in 30 s. */
  noteEdit(edit: Edit, before: Notebook, after: Notebook): void {
    const event = this.#bursts.begin(edit, before, after);
    if (event) this.note(event);
  }

  /** What is edited after a run or a check is an entry of its own. */
  settle(): void {
    this.#bursts.settle();
  }

  #appended(): void {
    this.#news.postMessage(null);
    void this.#readNews();
  }

  #troubled(problem: Problem | null): void {
    this.#problem = problem && {
      ...problem,
      hint: `${problem.hint ?? ''} Entries are kept while this page is open, and written as soon as that goes again.`.trim(),
    };
    this.#parts.notice(this.#problem);
  }

  async changeActor(name: string): Promise<void> {
    await this.#writer.ready();
    const before = this.#writer.actor;
    if (name.trim() === before) return;
    this.#problem = await this.#writer.changeActor(name);
    this.#actor = this.#writer.actor;
    if (this.#actor === before) return;
    this.record({
      action: 'settings-changed',
      subject: null,
      notebook: null,
      details: { setting: 'name in the log' },
    });
  }

  // --- reading -------------------------------------------------------------------------------------------------------

  async open(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#isReading = true;
    await this.#writer.flush();
    await this.#readNews();
    this.#isReading = false;
  }

  close(): void {
    this.#isOpen = false;
    this.#entries = [];
    this.#chain = null;
    this.clearFilter();
  }

  /** Reads what was appended since, by this tab or another. */
  #readNews(): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      if (!this.#isOpen) return;
      const read = await readAuditLog(this.#entries.at(-1)?.sequence ?? 0);
      if (!this.#isOpen) return;
      if (!read.ok) this.#problem = read.error;
      else if (read.value.entries.length > 0)
        this.#entries = [...this.#entries, ...read.value.entries.map(readEntry)];
    });
    return this.#reading;
  }

  #row(entry: AuditEntry): AuditRow {
    return {
      entry,
      words: describeEntry(entry),
      label: labelAction(entry.action),
      localTime: formatLocal(entry.at, this.timezone),
    };
  }

  rows(offset: number, limit: number): readonly AuditRow[] {
    const end = Math.max(0, this.#matching.length - offset);
    return this.#matching
      .slice(Math.max(0, end - limit), end)
      .reverse()
      .map((entry) => this.#row(entry));
  }

  changeFilter(change: Partial<Omit<AuditFilter, 'since' | 'until'>>): void {
    this.#filter = { ...this.#filter, ...change };
  }

  changeRange(range: AuditRange): void {
    const today = localDay(new Date(), this.timezone);
    const from = range.kind === 'custom' ? range.from : range.kind === 'week' ? addDays(today, -6) : today;
    const to = range.kind === 'custom' ? range.to : null;
    this.#range = range;
    this.#filter = {
      ...this.#filter,
      since: from === null || range.kind === 'any' ? null : startOfDay(from, this.timezone),
      until: to === null ? null : startOfDay(addDays(to, 1), this.timezone),
    };
  }

  clearFilter(): void {
    this.#filter = NO_FILTER;
    this.#range = ANY_TIME;
  }

  async verify(): Promise<void> {
    if (this.#isVerifying) return;
    this.#isVerifying = true;
    await this.#writer.flush();
    const read = await readAuditLog();
    if (read.ok) {
      const { entries, head } = read.value;
      const report = await verifyChain(entries, head);
      const broken = entries.find((entry) => entry.sequence === report.brokenAt);
      const last = entries.at(-1);
      this.#chain = {
        report,
        brokenRow: broken ? this.#row(readEntry(broken)) : null,
        end: last ? { sequence: last.sequence, hash: String(last.hash) } : null,
      };
    } else this.#problem = read.error;
    this.#isVerifying = false;
  }

  async #readFor(scope: AuditScope): Promise<Result<readonly AuditEntry[]>> {
    if (scope === 'filtered') return succeed(this.#matching);
    await this.#writer.flush();
    const read = await readAuditLog();
    return read.ok ? succeed(read.value.entries.map(readEntry)) : read;
  }

  async exportCsv(scope: AuditScope): Promise<{ readonly fileName: string; readonly blob: Blob } | Problem> {
    const read = await this.#readFor(scope);
    if (!read.ok) return read.error;
    const csv = auditCsv(read.value, this.timezone);
    const details = { entries: read.value.length, scope: scope === 'all' ? 'the whole log' : 'as filtered' };
    this.record({ action: 'log-exported', subject: null, notebook: null, details });
    return {
      fileName: `sluice-log-${localDay(new Date(), this.timezone)}.csv`,
      blob: new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv;charset=utf-8' }),
    };
  }
}
