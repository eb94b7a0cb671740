// One publication under way: question to the destination, replay, verdict, and the module on its way; must not know how each is done.
import type { Problem, Result } from '../base/result.ts';
import { platformEffects } from '../base/effects.ts';
import type { Engine } from '../engine/contract.ts';
import type { Finding } from '../gate/gate-types.ts';
import { isDisabled } from '../notebook/cell-flags.ts';
import type { CellId, PublishCell } from '../notebook/notebook-types.ts';
import { sweepLibrary, whilePublishing } from '../publish/library-sweep.ts';
import { prepareRelease, type Release, type ReleaseRequest } from '../release/release.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import type { AuditLog } from './audit-view-types.ts';
import { noteCheck, notePublication, type Note } from './audit-notes.ts';
import { APP_VERSION } from './app-version.ts';
import type { DestinationDesk, Target } from './destination-desk.svelte.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import { mendNotebook } from './notebook-verbs.ts';
import { deliverRelease } from './publication-delivery.ts';
import { PublicationLookup } from './publication-lookup.svelte.ts';
import { PublicationOutcomes } from './publication-outcomes.svelte.ts';
import type { CheckWish, PublicationOutcome, PublicationView, Publishing } from './publication-types.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';
import type { SourceShelf } from './source-shelf.svelte.ts';

interface PublicationParts {
  readonly desk: NotebookDesk;
  readonly host: EngineHost;
  readonly bindings: SourceBindings;
  readonly shelf: SourceShelf;
  readonly edits: NotebookEditor;
  readonly keys: KeyRing;
  readonly registry: MacroRegistry;
  readonly parse: AsyncParse;
  readonly destinations: DestinationDesk;
  readonly audit: AuditLog;
  readonly announce: (text: string) => void;
  /** A module was published. */
  readonly published: () => Promise<void>;
}

const CHANGED_SINCE: Problem = {
  code: 'publish-changed',
  message: 'The notebook was changed since it was checked.',
  hint: 'Check it again.',
};

export class PublicationDesk implements Publishing {
  readonly #parts: PublicationParts;
  readonly #lookup: PublicationLookup;
  readonly #outcomes = new PublicationOutcomes(() => this.#parts.desk.notebook);
  #view: PublicationView | null = $state.raw(null);
  #release: Release | null = null;
  #target: Target | null = null;
  /** The fresh engine of a check that is under way. */
  #engine: Engine | null = null;
  #deliveryId: string | null = $state.raw(null);
  #turn = 0;

  constructor(parts: PublicationParts) {
    this.#parts = parts;
    this.#lookup = new PublicationLookup(parts);
  }

  get current(): PublicationView | null {
    if (!this.#view) return null;
    const { destinations } = this.#parts;
    const delivery = this.#deliveryId === null ? null : destinations.delivery(this.#deliveryId);
    return { ...this.#view, lookup: this.#lookup.view, delivery };
  }

  outcomeOf(id: CellId): PublicationOutcome | null {
    return this.#outcomes.of(id);
  }

  #update(change: Partial<PublicationView>): void {
    if (this.#view) this.#view = { ...this.#view, ...change };
  }

  #cell(id: CellId): PublishCell | undefined {
    return this.#parts.desk.notebook.cells.find(
      (cell): cell is PublishCell => cell.kind === 'publish' && cell.id === id,
    );
  }

  async check(id: CellId, { looksAgain = false }: CheckWish = {}): Promise<void> {
    this.#parts.edits.settle();
    await this.#check(id, looksAgain);
    if (this.#view?.cellId === id) this.#note(noteCheck(this.current));
  }

  #note(note: Note | null): void {
    if (note) this.#parts.audit.note(note);
  }

  async #check(id: CellId, looksAgain: boolean): Promise<void> {
    const settings = this.#cell(id);
    if (!settings) return;
    if (isDisabled(settings)) return this.#parts.announce('This publish cell is disabled: enable it first.');
    const ended = this.#end();
    const turn = this.#turn;
    this.#view = {
      cellId: id,
      stage: 'replaying',
      settings,
      destination: this.#parts.destinations.choiceOf(settings.destination),
      lookup: null,
      delivery: null,
      verdict: null,
      nextVersion: null,
      versionNote: null,
      download: null,
      published: null,
      problem: null,
    };
    await ended;
    const { destinations } = this.#parts;
    if (settings.destination === 'folder' && destinations.folder.state === 'locked')
      await destinations.allowFolder();
    if (turn !== this.#turn) return;
    const target = destinations.resolve(settings.destination);
    if (!target.ok) return this.#fail(target.error);
    this.#target = target.value;
    const versions = await this.#lookup.readerOf(target.value, settings, {
      looksAgain,
      says: (change) => this.#update(change),
    });
    if (turn !== this.#turn) return;
    if (!versions.ok) return this.#fail(versions.error);
    const goesTo = target.value.choice.kind === 'library' ? 'library' : 'elsewhere';
    await this.#prepare(settings, { versions: versions.value, goesTo }, turn);
  }

  skipLookup(): void {
    this.#lookup.skip();
  }

  async #openEngine(turn: number): Promise<Result<Engine>> {
    const opened = await this.#parts.host.openFresh();
    if (!opened.ok) return opened;
    if (turn === this.#turn) this.#engine = opened.value;
    else await opened.value.dispose();
    return opened;
  }

  async #prepare(
    settings: PublishCell,
    destination: Pick<ReleaseRequest, 'versions' | 'goesTo'>,
    turn: number,
  ): Promise<void> {
    const { desk, bindings, shelf, keys, registry, parse, announce } = this.#parts;
    this.#lookup.forget();
    this.#update({ stage: 'replaying' });
    if (shelf.isImporting) announce('The check begins when the import is done.');
    await shelf.settled();
    if (turn !== this.#turn) return;
    const prepared = await prepareRelease({
      notebook: desk.notebook,
      notebookText: desk.text,
      settings,
      sources: bindings.boundSources(),
      pads: keys.pads,
      keyFingerprint: keys.view.fingerprint,
      parse,
      registry,
      effects: platformEffects,
      appVersion: APP_VERSION,
      actor: 'browser',
      ...destination,
      openEngine: () => this.#openEngine(turn),
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
    if (this.#view) this.#outcomes.keep(this.#view.cellId, verdict.verdict);
    announce(verdict.verdict === 'passed' ? 'The gate passed.' : `The gate blocked ${settings.of}.`);
  }

  #fail(reason: Problem): void {
    // The engine of a check is its own: that of the notebook runs on.
    const problem = reason.code === 'engine-crashed' ? { ...reason, hint: 'Check again.' } : reason;
    this.#lookup.forget();
    this.#update({ stage: 'failed', problem });
    if (this.#view) this.#outcomes.keep(this.#view.cellId, 'failed');
    this.#parts.announce(problem.message);
  }

  async publish(): Promise<void> {
    if (!(await whilePublishing(() => this.#publish()))) {
      await sweepLibrary();
      return;
    }
    this.#note(notePublication(this.current));
    await this.#parts.published();
  }

  /** True where a module was written or laid down to be sent. Where it fails nothing is lost: it can be tried again. */
  async #publish(): Promise<boolean> {
    const [release, target] = [this.#release, this.#target];
    if (!release || !target || this.#view?.stage !== 'verdict') return false;
    if (release.request.notebookText !== this.#parts.desk.text) {
      this.#update({ problem: CHANGED_SINCE });
      return false;
    }
    this.#update({ stage: 'publishing', problem: null });
    const turn = this.#turn;
    const published = await deliverRelease(release, target, this.#parts.destinations);
    if (turn !== this.#turn) return published.ok;
    if (!published.ok) {
      this.#update({ stage: 'verdict', problem: published.error });
      this.#parts.announce(published.error.message);
      return false;
    }
    const { deliveryId, ...change } = published.value;
    this.#deliveryId = deliveryId;
    this.#update({ ...change, problem: null });
    if (this.#view) this.#outcomes.keep(this.#view.cellId, deliveryId === null ? 'published' : 'staged');
    this.#parts.announce(
      deliveryId === null
        ? `Published version ${release.nextVersion ?? ''}.`
        : 'The module waits to be reviewed and sent in the publisher.',
    );
    await this.#dispose();
    return true;
  }

  applyMend(finding: Finding): string | null {
    const { desk, edits } = this.#parts;
    if (!this.#view) return 'No publication is open.';
    const mends = mendNotebook(desk.notebook, this.#view.cellId, finding);
    if (typeof mends === 'string') return mends;
    for (const mend of mends) {
      const refused = edits.apply(mend);
      if (refused) return refused;
    }
    return null;
  }

  async #dispose(): Promise<void> {
    const [release, engine] = [this.#release, this.#engine];
    this.#release = null;
    this.#engine = null;
    await release?.dispose();
    await engine?.dispose();
  }

  /** At once, with its engine. */
  async close(): Promise<void> {
    this.#view = null;
    await this.#end();
  }

  async #end(): Promise<void> {
    this.#turn += 1;
    this.#target = null;
    this.#deliveryId = null;
    await this.#lookup.withdraw();
    await this.#dispose();
  }
}
