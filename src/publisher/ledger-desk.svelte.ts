// The requests this browser made to other hosts, newest first; must not know what they were for.
import type { Problem } from '../lib/base/result.ts';
import { readLedgerPage, readLedgerTotals } from '../lib/store/publisher-records.ts';
import type { LedgerTotals } from '../lib/store/publisher-records.ts';
import type { WireRecord } from '../lib/store/publisher-types.ts';

const PAGE_SIZE = 50;
const PAUSE_MS = 200;

export class LedgerDesk {
  records = $state.raw<readonly WireRecord[]>([]);
  hasMore = $state(false);
  totals = $state.raw<LedgerTotals>({ requests: 0, bytesSent: 0, bytesReceived: 0 });
  problem = $state.raw<Problem | null>(null);
  #isDue = false;
  #length = PAGE_SIZE;

  /** Soon, and once for many calls. */
  refreshSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      void this.refresh();
    }, PAUSE_MS);
  }

  async refresh(): Promise<void> {
    const [page, totals] = [await readLedgerPage(this.#length), await readLedgerTotals()];
    const failed = [page, totals].find((result) => !result.ok);
    this.problem = failed && !failed.ok ? failed.error : null;
    if (page.ok) [this.records, this.hasMore] = [page.value.records, page.value.hasMore];
    if (totals.ok) this.totals = totals.value;
  }

  showMore(): Promise<void> {
    this.#length += PAGE_SIZE;
    return this.refresh();
  }
}
