// How long the page could not answer: gaps between timer turns, and the browser's own account of long tasks; must not know what runs.

export interface Blockage {
  /** Longest time beyond 10 ms between two turns of a 10 ms timer. */
  readonly longestGapMs: number;
  /** Longest task of the page's thread as the browser reports it (Long Tasks API, tasks of 50 ms and more); 0 for none. */
  readonly longestTaskMs: number;
  /** Gaps above 100 ms. */
  readonly gapsOver100Ms: number;
}

/** Watches from now on; the function it answers stops watching and tells. Leans on nothing outside, so that its text can be put into any page. */
export function watchBlockage(): () => Blockage {
  const TICK_MS = 10;
  let last = performance.now();
  let longestGapMs = 0;
  let gapsOver100Ms = 0;
  let longestTaskMs = 0;
  const note = (): void => {
    const now = performance.now();
    const gap = now - last - TICK_MS;
    longestGapMs = Math.max(longestGapMs, gap);
    if (gap > 100) gapsOver100Ms++;
    last = now;
  };
  const timer = setInterval(note, TICK_MS);
  const take = (entries: readonly PerformanceEntry[]): void => {
    for (const entry of entries) longestTaskMs = Math.max(longestTaskMs, entry.duration);
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ entryTypes: ['longtask'] });
  return () => {
    note();
    clearInterval(timer);
    take(observer.takeRecords());
    observer.disconnect();
    return { longestGapMs, longestTaskMs, gapsOver100Ms };
  };
}
