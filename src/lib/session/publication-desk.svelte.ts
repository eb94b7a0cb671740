// One publication under way: question to the destination, replay, verdict, and the module on its way; must not know how each is done.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import { platformEffects } from '../base/effects.ts';
import type { Engine } from '../engine/contract.ts';
import type { ModuleReader } from '../module/module-types.ts';
import type { CellId, PublishCell } from '../notebook/notebook-types.ts';
import { createMemoryDestination } from '../publish/memory.ts';
import { zipModule } from '../publish/zip.ts';
import { buildReleaseModule, completeRelease, prepareRelease, type Release } from '../release/release.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import { APP_VERSION } from './app-version.ts';
import type { DestinationDesk, Target } from './destination-desk.svelte.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import { takenNumbersOnly } from './mirror-shelf.svelte.ts';
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
  readonly destinations: DestinationDesk;
  readonly announce: (text: string) => void;
}

const CHANGED_SINCE: Problem = {
  code: 'publish-changed',
  message: 'The notebook was changed since it was checked.',
  hint: 'Check it again.',
};

const ZIP_NOTE = 'Numbered after the newest version in this browser’s library.';

function noteOfSkipping(name: string): string {
  return `${name} was not looked up: this number may be taken there, and would then be refused.`;
}

export interface CheckWish {
  /** Asks an S3 destination again, however fresh what is known of it is. */
  readonly looksAgain?: boolean;
}

export class PublicationDesk {
  readonly #parts: PublicationParts;
  #view: PublicationView | null = $state.raw(null);
  #release: Release | null = null;
  #target: Target | null = null;
  /** The fresh engine of a check that is under way. */
  #engine: Engine | null = null;
  #skip: (() => void) | null = null;
  #lookupId: string | null = $state.raw(null);
  #deliveryId: string | null = $state.raw(null);
  #turn = 0;

  constructor(parts: PublicationParts) {
    this.#parts = parts;
  }

  get view(): PublicationView | null {
    if (!this.#view) return null;
    const { destinations } = this.#parts;
    const lookup = this.#lookupId === null ? null : destinations.lookup(this.#lookupId);
    const delivery = this.#deliveryId === null ? null : destinations.delivery(this.#deliveryId);
    return { ...this.#view, lookup, delivery };
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
    const settings = this.#cell(id);
    if (!settings) return;
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
    const versions = await this.#readerOf(target.value, settings, looksAgain);
    if (turn !== this.#turn) return;
    if (!versions.ok) return this.#fail(versions.error);
    await this.#prepare(settings, versions.value, turn);
  }

  /** Where earlier versions are read, after an S3 destination was looked up where that is due, or the person would not. */
  async #readerOf(
    { choice, reader, s3 }: Target,
    { namespace, module }: PublishCell,
    looksAgain: boolean,
  ): Promise<Result<ModuleReader>> {
    const { destinations, announce } = this.#parts;
    if (choice.kind === 'zip') this.#update({ versionNote: ZIP_NOTE });
    if (!s3) return succeed(reader);
    if (!looksAgain && (await destinations.isFresh(s3, namespace, module))) return succeed(reader);
    const asked = await destinations.ask(s3.id, { namespace, module, version: null });
    if (!asked.ok) return asked;
    this.#lookupId = asked.value;
    this.#update({ stage: 'looking-up' });
    announce(`${s3.name} has to be looked up first.`);
    const skipped = new Promise<'skipped'>((resolve) => (this.#skip = () => resolve('skipped')));
    const outcome = await Promise.race([destinations.answered(asked.value), skipped]);
    this.#skip = null;
    if (outcome === true) return succeed(reader);
    if (outcome === 'skipped') {
      this.#update({ versionNote: noteOfSkipping(s3.name) });
      return succeed(takenNumbersOnly(reader));
    }
    return fail({
      code: 'lookup-withdrawn',
      message: `The question to ${s3.name} was taken back.`,
      hint: 'Check again to ask it anew.',
    });
  }

  /** Goes on without looking an S3 destination up; the verdict says that its number may be refused. */
  skipLookup(): void {
    const [lookupId, skip] = [this.#lookupId, this.#skip];
    this.#lookupId = null;
    skip?.();
    if (lookupId !== null) void this.#parts.destinations.discard(lookupId);
  }

  async #openEngine(turn: number): Promise<Result<Engine>> {
    const opened = await this.#parts.host.openFresh();
    if (!opened.ok) return opened;
    if (turn === this.#turn) this.#engine = opened.value;
    else await opened.value.dispose();
    return opened;
  }

  async #prepare(settings: PublishCell, versions: ModuleReader, turn: number): Promise<void> {
    const { desk, shelf, keys, registry, parse, announce } = this.#parts;
    this.#lookupId = null;
    this.#update({ stage: 'replaying' });
    if (shelf.isImporting) announce('The check begins when the import is done.');
    await shelf.settled();
    if (turn !== this.#turn) return;
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
      versions,
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
    announce(verdict.verdict === 'passed' ? 'The gate passed.' : `The gate blocked ${settings.of}.`);
  }

  #fail(problem: Problem): void {
    this.#lookupId = null;
    this.#update({ stage: 'failed', problem });
    this.#parts.announce(problem.message);
  }

  /** True where a module was written or laid down to be sent. Where it fails nothing is lost: it can be tried again. */
  async publish(): Promise<boolean> {
    const [release, target] = [this.#release, this.#target];
    if (!release || !target || this.#view?.stage !== 'verdict') return false;
    if (release.request.notebookText !== this.#parts.desk.text) {
      this.#update({ problem: CHANGED_SINCE });
      return false;
    }
    this.#update({ stage: 'publishing', problem: null });
    const turn = this.#turn;
    const published = await this.#deliver(release, target);
    if (turn !== this.#turn) return published.ok;
    if (!published.ok) {
      this.#update({ stage: 'verdict', problem: published.error });
      this.#parts.announce(published.error.message);
      return false;
    }
    const { deliveryId, ...change } = published.value;
    this.#deliveryId = deliveryId;
    this.#update({ ...change, problem: null });
    this.#parts.announce(
      deliveryId === null
        ? `Published version ${release.nextVersion ?? ''}.`
        : 'The module waits to be reviewed and sent in the publisher.',
    );
    await this.#dispose();
    return true;
  }

  async #deliver(release: Release, target: Target): Promise<Result<Delivered>> {
    if (target.s3) return this.#stage(release, target.s3);
    if (!target.writer) return saveAsZip(release);
    const completed = await completeRelease(release, target.writer);
    if (!completed.ok) return completed;
    const { summary } = completed.value;
    return succeed({ ...DONE, published: summary, nextVersion: summary.version });
  }

  async #stage(release: Release, s3: NonNullable<Target['s3']>): Promise<Result<Delivered>> {
    const module = await buildReleaseModule(release);
    if (!module.ok) return module;
    const staged = await this.#parts.destinations.stage(module.value, s3);
    if (!staged.ok) return staged;
    const { summary } = module.value;
    return succeed({
      ...DONE,
      stage: 'staged',
      deliveryId: staged.value,
      published: summary,
      nextVersion: summary.version,
    });
  }

  async #dispose(): Promise<void> {
    const [release, engine] = [this.#release, this.#engine];
    this.#release = null;
    this.#engine = null;
    await release?.dispose();
    await engine?.dispose();
  }

  /** Ends a check under way at once, with its engine. What was laid down to be sent stays. */
  async close(): Promise<void> {
    this.#view = null;
    await this.#end();
  }

  async #end(): Promise<void> {
    this.#turn += 1;
    const lookupId = this.#lookupId;
    this.#skip = null;
    this.#target = null;
    this.#lookupId = null;
    this.#deliveryId = null;
    if (lookupId !== null) await this.#parts.destinations.discard(lookupId);
    await this.#dispose();
  }
}

type Delivered = Pick<PublicationView, 'stage' | 'published' | 'nextVersion' | 'download'> & {
  readonly deliveryId: string | null;
};

const DONE = { stage: 'published', download: null, deliveryId: null } as const;

/** The layout of a destination: unpacked into a folder of modules it takes its place there. */
async function saveAsZip(release: Release): Promise<Result<Delivered>> {
  const memory = createMemoryDestination('the zip file');
  const completed = await completeRelease(release, memory.destination);
  if (!completed.ok) return completed;
  const { summary } = completed.value;
  const bytes = zipModule(memory.files()) as Uint8Array<ArrayBuffer>;
  return succeed({
    ...DONE,
    published: summary,
    nextVersion: summary.version,
    download: {
      fileName: `${summary.namespace}-${summary.module}-${summary.version}.zip`,
      blob: new Blob([bytes], { type: 'application/zip' }),
    },
  });
}
