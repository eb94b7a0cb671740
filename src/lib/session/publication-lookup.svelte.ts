// The question to an S3 destination that comes before a check: asked, answered, skipped or taken back; must not know what is checked.
import { fail, succeed, type Result } from '../base/result.ts';
import type { ModuleReader } from '../module/module-types.ts';
import type { PublishCell } from '../notebook/notebook-types.ts';
import type { DestinationDesk, Target } from './destination-desk.svelte.ts';
import type { LookupView } from './destination-types.ts';
import { takenNumbersOnly } from './mirror-shelf.svelte.ts';
import type { PublicationView } from './publication-types.ts';

interface LookupParts {
  readonly destinations: DestinationDesk;
  readonly announce: (text: string) => void;
}

interface LookupWish {
  readonly looksAgain: boolean;
  /** Told what it says of the publication meanwhile. */
  readonly says: (change: Partial<PublicationView>) => void;
}

const ZIP_NOTE = 'Numbered after the newest version in this browser’s library.';

function noteOfSkipping(name: string): string {
  return `${name} was not looked up: this number may be taken there, and would then be refused.`;
}

export class PublicationLookup {
  readonly #parts: LookupParts;
  #id: string | null = $state.raw(null);
  #skip: (() => void) | null = null;

  constructor(parts: LookupParts) {
    this.#parts = parts;
  }

  get view(): LookupView | null {
    return this.#id === null ? null : this.#parts.destinations.lookup(this.#id);
  }

  /** Where earlier versions are read, after an S3 destination was looked up where that is due, or the person would not. */
  async readerOf(
    { choice, reader, s3 }: Target,
    { namespace, module }: PublishCell,
    { looksAgain, says }: LookupWish,
  ): Promise<Result<ModuleReader>> {
    const { destinations, announce } = this.#parts;
    if (choice.kind === 'zip') says({ versionNote: ZIP_NOTE });
    if (!s3) return succeed(reader);
    if (!looksAgain && (await destinations.isFresh(s3, namespace, module))) return succeed(reader);
    const asked = await destinations.ask(s3.id, { namespace, module, version: null });
    if (!asked.ok) return asked;
    this.#id = asked.value;
    says({ stage: 'looking-up' });
    announce(`${s3.name} has to be looked up first.`);
    const skipped = new Promise<'skipped'>((resolve) => (this.#skip = () => resolve('skipped')));
    const outcome = await Promise.race([destinations.answered(asked.value), skipped]);
    this.#skip = null;
    if (outcome === true) return succeed(reader);
    if (outcome === 'skipped') {
      says({ versionNote: noteOfSkipping(s3.name) });
      return succeed(takenNumbersOnly(reader));
    }
    return fail({
      code: 'lookup-withdrawn',
      message: `The question to ${s3.name} was taken back.`,
      hint: 'Check again to ask it anew.',
    });
  }

  /** Goes on without looking the destination up; the verdict says that its number may be refused. */
  skip(): void {
    const [id, skip] = [this.#id, this.#skip];
    this.#id = null;
    skip?.();
    if (id !== null) void this.#parts.destinations.discard(id);
  }

  /** It was answered, or is of no use any more. */
  forget(): void {
    this.#id = null;
  }

  /** Takes back what still waits, and goes on with nothing. */
  async withdraw(): Promise<void> {
    const id = this.#id;
    this.#skip = null;
    this.#id = null;
    if (id !== null) await this.#parts.destinations.discard(id);
  }
}
