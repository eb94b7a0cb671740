// What the fault proxy may be told to do to a request, and which rule a request meets; knows no socket.

/** Of all actions. Rules without `method` leave preflight requests (OPTIONS) alone. */
interface RuleScope {
  /** How many requests it meets; 1 by default, `Infinity` for all. */
  readonly times?: number;
  readonly method?: string;
  /** Tested against path and query, e.g. `/_COMMIT\.json/`. */
  readonly match?: RegExp;
}

export type FaultAction =
  /** Answers by itself, upstream hears nothing; with `noCors` the browser may not read it. */
  | {
      readonly action: 'status';
      readonly status: number;
      /** S3 error code, e.g. `SlowDown`. */
      readonly code: string;
      readonly message?: string;
      readonly noCors?: boolean;
    }
  /** Cuts the connection before upstream hears of the request. */
  | { readonly action: 'cut' }
  /** Cuts once so many bytes of the body came (default 65536), at the latest at its end; upstream hears nothing. */
  | { readonly action: 'cut-mid-upload'; readonly afterBytes?: number }
  /** Upstream carries the request out, its answer is lost. */
  | { readonly action: 'cut-after-commit' }
  /** Takes the request and never answers. */
  | { readonly action: 'hang' }
  /** Waits before it hands the request on. */
  | { readonly action: 'delay'; readonly milliseconds: number }
  /** Waits for a word before it hands the request on; one whose sender has gone away by then is dropped. */
  | { readonly action: 'hold'; readonly until: Promise<void> }
  /** Reads the request's body at this pace. */
  | { readonly action: 'throttle'; readonly bytesPerSecond: number }
  /** Cuts after so many bytes of the answer's body (default 1000). */
  | { readonly action: 'truncate-response'; readonly afterBytes?: number }
  /** Upstream's answer without its CORS headers. */
  | { readonly action: 'no-cors' };

export type FaultRule = RuleScope & FaultAction;

/** Rules in the order they were added; the first that fits and is not used up wins. */
export class FaultRules {
  #left: { readonly rule: FaultRule; times: number }[] = [];

  add(rule: FaultRule): void {
    this.#left.push({ rule, times: rule.times ?? 1 });
  }

  clear(): void {
    this.#left = [];
  }

  /** The rule this request meets, counted as used. */
  take(method: string, address: string): FaultRule | null {
    const found = this.#left.find(({ rule, times }) => times > 0 && fits(rule, method, address));
    if (found === undefined) return null;
    found.times -= 1;
    return found.rule;
  }
}

function fits(rule: FaultRule, method: string, address: string): boolean {
  if (rule.method === undefined ? method === 'OPTIONS' : rule.method !== method) return false;
  return rule.match === undefined || address.search(rule.match) >= 0;
}
