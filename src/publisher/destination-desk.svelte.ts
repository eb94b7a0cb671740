// The S3 destinations as this page keeps them, and tests of their connection; must not know any job.
import type { Problem } from '../lib/base/result.ts';
import { testConnection } from '../lib/publish/s3-connection-test.ts';
import type { S3Form, S3FormProblems } from '../lib/publish/s3-settings.ts';
import type { ConnectionReport, S3Credentials, S3Settings } from '../lib/publish/s3-types.ts';
import { removeMirror } from '../lib/store/mirror-files.ts';
import { removeS3Destination, writeS3Destination } from '../lib/store/publisher-records.ts';
import { sendHint } from './hints.ts';
import { listUsable, placeOf, readUsable } from './stored-destinations.ts';
import { createWireRecorder } from './wire-recorder.ts';

export interface TestRun {
  /** `placeOf` the settings that are tested: a report says nothing of others. */
  readonly place: string;
  /** Null while it runs. */
  readonly report: ConnectionReport | null;
  readonly problem: Problem | null;
}

export class DestinationDesk {
  /** Those that can be used: what storage holds is checked like what is typed. */
  all = $state.raw<readonly S3Settings[]>([]);
  problem = $state.raw<Problem | null>(null);
  test = $state.raw<TestRun | null>(null);
  /** `placeOf` what a person said to be right in this tab, by id: anything of this origin can write into storage. */
  #confirmed = $state.raw<ReadonlyMap<string, string>>(new Map());
  #abort: AbortController | null = null;

  get isTesting(): boolean {
    return this.test !== null && this.test.report === null && this.test.problem === null;
  }

  find(id: string | null): S3Settings | null {
    return this.all.find((settings) => settings.id === id) ?? null;
  }

  /** `changed` where other settings of this destination were confirmed in this tab. */
  stateOf(settings: S3Settings): 'confirmed' | 'changed' | 'unconfirmed' {
    const confirmed = this.#confirmed.get(settings.id);
    if (confirmed === undefined) return 'unconfirmed';
    return confirmed === placeOf(settings) ? 'confirmed' : 'changed';
  }

  isConfirmed(settings: S3Settings): boolean {
    return this.stateOf(settings) === 'confirmed';
  }

  /** A person says in this tab that this is where to send. */
  confirm(settings: S3Settings): void {
    this.#confirmed = new Map(this.#confirmed).set(settings.id, placeOf(settings));
  }

  async refresh(): Promise<void> {
    const listed = await listUsable();
    this.problem = listed.ok ? null : listed.error;
    if (listed.ok) this.all = listed.value;
  }

  /** Null where it was saved. */
  async save(form: S3Form): Promise<S3FormProblems | null> {
    const read = readUsable(form);
    if (!read.ok) return read.error;
    const { id, name } = read.value;
    if (this.all.some((other) => other.id !== id && other.name === name)) {
      const message = `Another destination is called “${name}”.`;
      return { name: { code: 's3-name-taken', message, hint: 'Choose another name.' } };
    }
    const saved = await writeS3Destination(read.value);
    if (!saved.ok) return { name: saved.error };
    this.test = null;
    this.confirm(read.value);
    await this.refresh();
    sendHint({ kind: 'destinations-changed' });
    return null;
  }

  async remove(id: string): Promise<void> {
    const removed = await removeS3Destination(id);
    const cleared = removed.ok ? await removeMirror(id) : removed;
    await this.refresh();
    this.problem ??= cleared.ok ? null : cleared.error;
    sendHint({ kind: 'destinations-changed' });
    sendHint({ kind: 'mirror-changed', destinationId: id });
  }

  async tryConnection(
    settings: S3Settings,
    credentials: S3Credentials,
    onRecorded: () => void,
  ): Promise<void> {
    if (!this.isConfirmed(settings)) return;
    const place = placeOf(settings);
    const running: TestRun = { place, report: null, problem: null };
    this.test = running;
    const finish = (ended: Omit<TestRun, 'place'>): void => {
      if (this.test === running) this.test = { place, ...ended };
    };
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const { record } = createWireRecorder(onRecorded);
      const options = { origin: location.origin, record, signal: abort.signal };
      const report = await testConnection(settings, credentials, options);
      finish({ report, problem: null });
    } catch (error) {
      const message = `The connection could not be tested: ${error instanceof Error ? error.message : String(error)}`;
      const hint = 'Try again; if it stays so, reload this page.';
      finish({ report: null, problem: { code: 's3-test-failed', message, hint } });
    }
  }

  cancelTest(): void {
    this.#abort?.abort();
  }
}
