// The audit log of this browser: takes events, keeps them in order; must not know what they mean.
import type { AuditEvent } from '../audit/audit-types.ts';

export class AuditDesk {
  #waiting: AuditEvent[] = [];

  /** Never throws and never waits: entries are kept in order, in the background. */
  record(event: AuditEvent): void {
    this.#waiting = [...this.#waiting, event];
  }
}
