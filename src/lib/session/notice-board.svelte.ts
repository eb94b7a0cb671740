// What is to be told to the person: words for the live region, and problems that wait to be dismissed; must not know who tells.
import type { Problem } from '../base/result.ts';
import type { Notices } from './notice-types.ts';

const MOST_ANNOUNCEMENTS = 20;

export class NoticeBoard implements Notices {
  #announcements: readonly string[] = $state.raw([]);
  #problems: readonly { id: string; problem: Problem }[] = $state.raw([]);

  get announcements(): readonly string[] {
    return this.#announcements;
  }
  get problems() {
    return this.#problems;
  }

  readonly announce = (text: string): void => {
    this.#announcements = [...this.#announcements.slice(1 - MOST_ANNOUNCEMENTS), text];
  };

  /** Null, where nothing went wrong, is nothing to tell. */
  readonly report = (problem: Problem | null): void => {
    if (problem) this.#problems = [...this.#problems, { id: crypto.randomUUID(), problem }];
  };

  dismiss(id: string): void {
    this.#problems = this.#problems.filter((notice) => notice.id !== id);
  }
}
