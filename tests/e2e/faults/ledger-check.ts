// The page's ledger against what the proxy counted; knows no page and no proxy but their lists.
import type { WireRecord } from '../../../src/lib/store/publisher-types.ts';
import type { SeenRequest } from '../../s3/fault-proxy.ts';

/** `equal`, `equal but for what broke`, or what differs. */
export type LedgerWords = string;

const BREAKING: ReadonlySet<string> = new Set([
  'cut',
  'cut-mid-upload',
  'cut-after-commit',
  'hang',
  'truncate-response',
]);

const keyOf = (method: string, path: string): string => `${method} ${path}`;

function countByKey(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function lineOf(method: string, path: string, status: number | null, sent: number, received: number): string {
  return `${keyOf(method, path)} ${status} sent ${sent} received ${received}`;
}

/** What `left` has more often than `right`. */
function subtract(left: readonly string[], right: readonly string[]): readonly string[] {
  const counts = new Map(countByKey(right));
  return left.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}

/**
 * Requests that were answered whole must agree one by one: method, path, status and both bodies' bytes. Of requests that
 * broke off the server never got more than the ledger says of one request; how often it got them is another matter,
 * because a browser sends a request again by itself where a kept connection turns out to be closed.
 */
export function compareLedger(ledger: readonly WireRecord[], seen: readonly SeenRequest[]): LedgerWords {
  const counted = seen.filter(({ method }) => method !== 'OPTIONS');
  const isBroken = ({ fault, status }: SeenRequest): boolean =>
    status === null || (fault !== null && BREAKING.has(fault));
  const told = ledger.filter(({ state }) => state === 'answered');
  const toldLines = told.map((each) =>
    lineOf(each.method, each.path, each.status, each.bytesSent, each.bytesReceived),
  );
  const whole = counted.filter((each) => !isBroken(each));
  const wholeLines = whole.map((each) =>
    lineOf(each.method, each.path, each.status, each.bytesReceived, each.bytesSent),
  );
  const [unseen] = subtract(toldLines, wholeLines);
  if (unseen !== undefined) return `only in the ledger: ${unseen}`;
  const broken = ledger.filter(({ state }) => state !== 'answered');
  // An answer the page was not let read, or that came too late for it, is whole on the server's side alone.
  const open = broken.map(({ method, path }) => keyOf(method, path));
  const untold = subtract(wholeLines, toldLines).find(
    (line) => !open.some((key) => line.startsWith(`${key} `)),
  );
  if (untold !== undefined) return `only at the server: ${untold}`;
  const excess = counted.filter(isBroken).find(({ method, path, bytesReceived }) => {
    const sizes = ledger.filter((each) => each.method === method && each.path === path);
    return sizes.length === 0 || sizes.every(({ bytesSent }) => bytesSent < bytesReceived);
  });
  if (excess) return `the server got more than the ledger says: ${keyOf(excess.method, excess.path)}`;
  const isEqual = broken.length === 0 && toldLines.length === counted.length;
  return isEqual ? 'equal' : 'equal but for what broke';
}
