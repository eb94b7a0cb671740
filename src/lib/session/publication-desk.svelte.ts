// One publication under way: replay, verdict, then the module in its destination; must not know how each is done.
import type { Problem } from '../base/result.ts';
import { platformEffects } from '../base/effects.ts';
import type { CellId, PublishCell } from '../notebook/notebook-types.ts';
import { completeRelease, prepareRelease, type Release } from '../release/release.ts';
import type { Destination } from '../publish/destination.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import { APP_VERSION } from './app-version.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { PublicationView } from './session-types.ts';
import type { SourceShelf } from './source-shelf.svelte.ts';

interface PublicationParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly shelf: SourceShelf;
  readonly keys: KeyRing;
  readonly registry: MacroRegistry;
  readonly parse: AsyncParse;
  readonly destination: Destination;
  readonly announce: (text: string) => void;
}

const CHANGED_SINCE: Problem = {
  code: 'publish-changed',
  message: 'The notebook was changed since it was checked.',
  hint: 'Check it again.',
};

export class PublicationDesk {
  readonly #parts: PublicationParts;
  #view: PublicationView | null = $state.raw(null);
  #release: Release | null = null;
  #turn = 0;

  constructor(parts: PublicationParts) {
    this.#parts = parts;
  }

  get view(): PublicationView | null {
    return this.#view;
  }

  #update(change: Partial<PublicationView>): void {
    if (this.#view) this.#view = { ...this.#view, ...change };
  }

  #cell(id: CellId): PublishCell | undefined {
    return this.#parts.desk.notebook.cells.find(
      (cell): cell is PublishCell => cell.kind === 'publish' && cell.id === id,
    );
  }

  async check(id: CellId): Promise<void> {
    const settings = this.#cell(id);
    if (!settings) return;
    await this.close();
    this.#turn += 1;
    const turn = this.#turn;
    this.#view = {
      cellId: id,
      stage: 'replaying',
      settings,
      verdict: null,
      nextVersion: null,
      published: null,
      problem: null,
    };
    const { desk, host, shelf, keys, registry, parse, destination, announce } = this.#parts;
    const prepared = await prepareRelease({
      notebook: desk.notebook,
      notebookText: desk.text,
      settings,
      sources: shelf.boundSources(),
      pads: keys.pads,
      keyFingerprint: keys.view.fingerprint,
      parse,
      registry,
      effects: platformEffects,
      appVersion: APP_VERSION,
      actor: 'browser',
      destination,
      openEngine: () => host.openFresh(),
      onStage: (stage) => {
        if (turn === this.#turn) this.#update({ stage });
      },
    });
    if (turn !== this.#turn) {
      if (prepared.ok) await prepared.value.dispose();
      return;
    }
    if (!prepared.ok) return this.#fail(prepared.error);
    this.#release = prepared.value;
    const { verdict, nextVersion } = prepared.value;
    this.#update({ stage: 'verdict', verdict, nextVersion });
    announce(verdict.verdict === 'passed' ? 'The gate passed.' : `The gate blocked ${settings.of}.`);
  }

  #fail(problem: Problem): void {
    this.#update({ stage: 'failed', problem });
    this.#parts.announce(problem.message);
  }

  /** True where a module was written. */
  async publish(): Promise<boolean> {
    const release = this.#release;
    if (!release || this.#view?.stage !== 'verdict') return false;
    if (release.request.notebookText !== this.#parts.desk.text) {
      this.#update({ problem: CHANGED_SINCE });
      return false;
    }
    this.#update({ stage: 'publishing' });
    const turn = this.#turn;
    const published = await completeRelease(release);
    if (turn !== this.#turn) return published.ok;
    if (!published.ok) {
      this.#update({ stage: 'verdict', problem: published.error });
      this.#parts.announce(published.error.message);
      return false;
    }
    this.#update({
      stage: 'published',
      published: published.value.summary,
      nextVersion: published.value.summary.version,
      problem: null,
    });
    this.#parts.announce(`Published version ${published.value.summary.version}.`);
    await this.#dispose();
    return true;
  }

  async #dispose(): Promise<void> {
    const release = this.#release;
    this.#release = null;
    await release?.dispose();
  }

  async close(): Promise<void> {
    this.#turn += 1;
    this.#view = null;
    await this.#dispose();
  }
}
