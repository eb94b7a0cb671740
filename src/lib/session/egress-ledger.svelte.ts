// What the publisher recorded of every request: sums and list; must not know how anything is sent.
import type { Problem } from '../base/result.ts';
import { readLedgerPage, readLedgerTotals, type LedgerTotals } from '../store/publisher-records.ts';
import type { WireRecord } from '../store/publisher-types.ts';
import type { LedgerView } from './destination-types.ts';

const PAGE_RECORDS = 100;
const NOTHING: LedgerTotals = { requests: 0, bytesSent: 0, bytesReceived: 0 };

export class EgressLedger implements LedgerView {
  #totals: LedgerTotals = $state.raw(NOTHING);
  #records: readonly WireRecord[] = $state.raw([]);
  #hasOlder = $state.raw(false);
  #problem: Problem | null = $state.raw(null);
  #reading: Promise<void> = Promise.resolve();
  #isQueued = false;

  get requests(): number {
    return this.#totals.requests;
  }
  get bytesSent(): number {
    return this.#totals.bytesSent;
  }
  get bytesReceived(): number {
    return this.#totals.bytesReceived;
  }
  get records(): readonly WireRecord[] {
    return this.#records;
  }
  get hasOlder(): boolean {
    return this.#hasOlder;
  }
  get since(): string | null {
    return this.#hasOlder ? null : (this.#records.at(-1)?.at ?? null);
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Reads again; hints that come while it reads lead to one more reading, not to many. */
  refresh(): Promise<void> {
    if (this.#isQueued) return this.#reading;
    this.#isQueued = true;
    this.#reading = this.#reading.then(() => {
      this.#isQueued = false;
      return this.#read();
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const totals = await readLedgerTotals();
    const page = await readLedgerPage(Math.max(PAGE_RECORDS, this.#records.length));
    if (totals.ok) this.#totals = totals.value;
    if (page.ok) {
      this.#records = page.value.records;
      this.#hasOlder = page.value.hasMore;
    }
    this.#problem = totals.ok ? (page.ok ? null : page.error) : totals.error;
  }

  async showOlder(): Promise<void> {
    const last = this.#records.at(-1);
    if (!last) return;
    const page = await readLedgerPage(PAGE_RECORDS, last);
    if (!page.ok) this.#problem = page.error;
    else if (this.#records.at(-1) === last) {
      this.#records = [...this.#records, ...page.value.records];
      this.#hasOlder = page.value.hasMore;
    }
  }
}
