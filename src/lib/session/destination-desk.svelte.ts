// Where modules can go and what waits to go there: choices, questions, deliveries; must not know how a module is made.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import type { Module, ModuleReader } from '../module/module-types.ts';
import { createChosenFolderDestination } from '../publish/chosen-folder.ts';
import type { Destination } from '../publish/destination.ts';
import { createMirrorDestination } from '../publish/mirror.ts';
import { uploadOfModule } from '../publish/upload.ts';
import type { JobReceipt, LookupJob, PublishJob, S3Settings } from '../store/publisher-types.ts';
import type {
  DeliveryView,
  DestinationChoice,
  Destinations,
  FolderView,
  LookupScope,
  LookupView,
} from './destination-types.ts';
import type { Note } from './audit-notes.ts';
import {
  describeFolder,
  describeS3,
  folderProblem,
  labelLookup,
  LIBRARY,
  newJob,
  publisherAddress,
  viewDelivery,
  viewLookup,
  ZIP,
} from './destination-views.ts';
import { FolderChoice } from './folder-choice.svelte.ts';
import { MirrorShelf } from './mirror-shelf.svelte.ts';
import { PublisherMail } from './publisher-mail.svelte.ts';

interface DeskParts {
  readonly library: Destination;
  readonly note: (note: Note) => void;
  readonly announce: (text: string) => void;
  /** The ledger of requests has grown. */
  readonly ledgerChanged: () => void;
}

/** What a publication needs to know of its destination. */
export interface Target {
  readonly choice: DestinationChoice;
  /** Where earlier versions are read. */
  readonly reader: ModuleReader;
  /** Set where the app writes by itself. */
  readonly writer: Destination | null;
  /** Set where the module goes through the publisher. */
  readonly s3: S3Settings | null;
}

export class DestinationDesk implements Destinations {
  readonly #parts: DeskParts;
  readonly #folder = new FolderChoice();
  readonly #mirrors = new MirrorShelf();
  readonly #mail: PublisherMail;
  readonly #settling = new Set<string>();
  /** Who waits for the answer to a question. */
  readonly #asking = new Map<string, (isAnswered: boolean) => void>();
  #sent: readonly DeliveryView[] = $state.raw([]);
  /** Dismissed or not: what is open in a dialog still wants to know. */
  #dismissed: ReadonlySet<string> = $state.raw(new Set());
  readonly setupHref = publisherAddress(null);

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#mail = new PublisherMail({
      changed: () => this.#settleAll(),
      heard: ({ kind }) => {
        if (kind === 'destinations-changed' || kind === 'mirror-changed') void this.#mirrors.refresh();
        if (kind === 'ledger-changed') this.#parts.ledgerChanged();
      },
    });
  }

  async start(): Promise<void> {
    await Promise.all([this.#folder.restore(), this.#mirrors.refresh()]);
    await this.#mail.start();
  }

  get choices(): readonly DestinationChoice[] {
    return [LIBRARY, ZIP, describeFolder(this.#folder.view), ...this.#mirrors.destinations.map(describeS3)];
  }
  get folder(): FolderView {
    return this.#folder.view;
  }
  get seen() {
    return this.#mirrors.seen;
  }
  get problem(): Problem | null {
    return this.#mail.problem ?? this.#mirrors.problem;
  }
  get lookups(): readonly LookupView[] {
    return this.#mail.jobs.flatMap((job) => (job.kind === 'lookup' ? [this.#viewLookup(job)] : []));
  }
  get waiting(): readonly DeliveryView[] {
    return this.#mail.jobs.flatMap((job) => {
      const view = job.kind === 'publish' ? this.#viewDelivery(job) : null;
      return view && view.state !== 'sent' ? [view] : [];
    });
  }
  get sent(): readonly DeliveryView[] {
    return this.#sent.filter(({ jobId }) => !this.#dismissed.has(jobId));
  }

  choiceOf(name: string | undefined): DestinationChoice | null {
    return this.choices.find((choice) => choice.name === (name ?? 'library')) ?? null;
  }

  /** Null where it neither waits nor was sent since the page was opened. */
  delivery(jobId: string): DeliveryView | null {
    const known = [...this.waiting, ...this.#sent];
    return known.find((view) => view.jobId === jobId) ?? null;
  }

  lookup(jobId: string): LookupView | null {
    return this.lookups.find((view) => view.jobId === jobId) ?? null;
  }

  #nameOf(destinationId: string | null): string {
    return (
      this.#mirrors.destinations.find(({ id }) => id === destinationId)?.name ?? 'a destination that is gone'
    );
  }

  #viewLookup(job: LookupJob): LookupView {
    return viewLookup(job, this.#mail.receipts.get(job.id), this.#nameOf(job.destinationId));
  }

  #viewDelivery(job: PublishJob): DeliveryView {
    return viewDelivery(job, this.#mail.receipts.get(job.id), this.#nameOf(job.destinationId));
  }

  async chooseFolder(): Promise<void> {
    await this.#folder.choose();
  }

  async allowFolder(): Promise<void> {
    await this.#folder.allow();
  }

  dismissSent(jobId: string): void {
    this.#dismissed = new Set([...this.#dismissed, jobId]);
  }

  /** `destination-unknown` for a name this browser does not know, `folder-…` where the folder is not at hand. */
  resolve(name: string | undefined): Result<Target> {
    const choice = this.choiceOf(name);
    if (!choice)
      return fail({
        code: 'destination-unknown',
        message: `This browser knows no destination called ${name}.`,
        hint: 'Set it up under that name in the publisher, or choose another destination in the publish cell.',
      });
    const { library } = this.#parts;
    if (choice.kind === 'library') return succeed({ choice, reader: library, writer: library, s3: null });
    if (choice.kind === 'zip') return succeed({ choice, reader: library, writer: null, s3: null });
    if (choice.kind === 'folder') return this.#resolveFolder(choice);
    const s3 = this.#mirrors.destinations.find((settings) => settings.name === choice.name) ?? null;
    const reader = s3 ? createMirrorDestination(s3.id, s3.name) : library;
    return succeed({ choice, reader, writer: null, s3 });
  }

  #resolveFolder(choice: DestinationChoice): Result<Target> {
    const handle = this.#folder.ready;
    if (handle) {
      const folder = createChosenFolderDestination(handle);
      return succeed({ choice, reader: folder, writer: folder, s3: null });
    }
    return fail(folderProblem(this.#folder.view));
  }

  isFresh(s3: S3Settings, namespace: string, module: string): Promise<boolean> {
    return this.#mirrors.isFresh(s3.id, namespace, module, new Date());
  }

  async lookUp(destinationId: string, scope: LookupScope): Promise<Problem | null> {
    const asked = await this.ask(destinationId, scope);
    return asked.ok ? null : asked.error;
  }

  /** Lays a question down, or finds the same one waiting; answers its id. */
  async ask(destinationId: string, scope: LookupScope): Promise<Result<string>> {
    const same = this.lookups.find(
      (view) =>
        view.destinationId === destinationId &&
        view.scope.namespace === scope.namespace &&
        view.scope.module === scope.module &&
        view.scope.version === scope.version,
    );
    if (same) return succeed(same.jobId);
    const job = { ...newJob(destinationId), kind: 'lookup', destinationId, ...scope } as const;
    const staged = await this.#mail.stage(job, new Map());
    return staged.ok ? succeed(job.id) : staged;
  }

  /** Resolves with true once the question is answered, with false once it is taken back. */
  answered(jobId: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.#asking.set(jobId, resolve);
      this.#settleAll();
    });
  }

  /** Lays a finished module down for the publisher; answers the job's id. Where it fails, nothing waits. */
  async stage(module: Module, s3: S3Settings): Promise<Result<string>> {
    const upload = uploadOfModule(module);
    const { namespace, module: name, version } = upload.summary;
    const files = upload.files.map(({ path, sizeBytes, sha256 }) => ({ path, sizeBytes, sha256 }));
    const job: PublishJob = { ...newJob(s3.id), kind: 'publish', namespace, module: name, version, files };
    const staged = await this.#mail.stage(job, new Map(upload.files.map((file) => [file.path, file.body])));
    return staged.ok ? succeed(job.id) : staged;
  }

  async discard(jobId: string): Promise<void> {
    await this.#mail.settle(jobId);
    this.#answer(jobId, false);
  }

  #answer(jobId: string, isAnswered: boolean): void {
    this.#asking.get(jobId)?.(isAnswered);
    this.#asking.delete(jobId);
  }

  /** Jobs that are done are taken note of once, and taken out of the outbox. */
  #settleAll(): void {
    const present = new Set(this.#mail.jobs.map((job) => job.id));
    for (const job of this.#mail.jobs) {
      const receipt = this.#mail.receipts.get(job.id);
      if (receipt?.state !== 'done' || this.#settling.has(job.id)) continue;
      this.#settling.add(job.id);
      void (job.kind === 'publish'
        ? this.#settlePublished(job, receipt)
        : this.#settleLookedUp(job, receipt));
    }
    for (const jobId of this.#asking.keys())
      if (!present.has(jobId) && !this.#settling.has(jobId))
        this.#answer(jobId, this.#mail.receipts.get(jobId)?.state === 'done');
  }

  async #settlePublished(job: PublishJob, receipt: JobReceipt): Promise<void> {
    const view = this.#viewDelivery(job);
    this.#sent = [view, ...this.#sent];
    await this.#mirrors.rememberSent(receipt.destinationId, job.namespace, job.module, receipt.at);
    if (!(await this.#mail.settle(job.id))) return;
    this.#parts.announce(
      `${job.namespace}/${job.module} ${job.version} was sent to ${view.destinationName}.`,
    );
    this.#parts.note({
      action: 'module-sent',
      subject: `${job.namespace}/${job.module} ${job.version}`,
      details: {
        destination: view.destinationName,
        commit: view.commitSha256 ?? '',
        bytesSent: receipt.bytesSent,
      },
    });
  }

  async #settleLookedUp(job: LookupJob, receipt: JobReceipt): Promise<void> {
    await this.#mirrors.refresh();
    const isFirst = await this.#mail.settle(job.id);
    this.#answer(job.id, true);
    this.#settling.delete(job.id);
    if (!isFirst) return;
    const { namespace, module, version } = job;
    const label = labelLookup({ namespace, module, version }, receipt.destinationName);
    this.#parts.announce(`Looked up ${label}.`);
    this.#parts.note({
      action: 'destination-looked-up',
      subject: label,
      details: { bytesReceived: receipt.bytesReceived },
    });
  }
}
