// The S3 destinations as this page keeps them, and tests of their connection; must not know any job.
import type { Problem } from '../lib/base/result.ts';
import { testConnection } from '../lib/publish/s3-connection-test.ts';
import { readS3Settings } from '../lib/publish/s3-settings.ts';
import type { S3Form, S3FormProblems } from '../lib/publish/s3-settings.ts';
import type { ConnectionReport, S3Credentials, S3Settings } from '../lib/publish/s3-types.ts';
import { removeMirror } from '../lib/store/mirror-files.ts';
import {
  listS3Destinations,
  removeS3Destination,
  writeS3Destination,
} from '../lib/store/publisher-records.ts';
import { sendHint } from './hints.ts';
import { createWireRecorder } from './wire-recorder.ts';

export interface TestRun {
  readonly destinationId: string;
  /** Null while it runs. */
  readonly report: ConnectionReport | null;
  readonly problem: Problem | null;
}

/** What this page's own policy (`connect-src`) lets through is https, and http to 127.0.0.1. */
const UNREACHABLE: Problem = {
  code: 'destination-endpoint',
  message: 'This page may reach a store on this device by its number only.',
  hint: 'Write http://127.0.0.1 with the port in place of the name.',
};

export class DestinationDesk {
  /** Those that can be used: what storage holds is checked like what is typed. */
  all = $state.raw<readonly S3Settings[]>([]);
  problem = $state.raw<Problem | null>(null);
  test = $state.raw<TestRun | null>(null);
  #abort: AbortController | null = null;

  get isTesting(): boolean {
    return this.test !== null && this.test.report === null && this.test.problem === null;
  }

  find(id: string | null): S3Settings | null {
    return this.all.find((settings) => settings.id === id) ?? null;
  }

  async refresh(): Promise<void> {
    const listed = await listS3Destinations();
    this.problem = listed.ok ? null : listed.error;
    if (listed.ok) this.all = listed.value.filter((settings) => readS3Settings(settings).ok);
  }

  /** Null where it was saved. */
  async save(form: S3Form): Promise<S3FormProblems | null> {
    const read = readS3Settings(form);
    if (!read.ok) return read.error;
    const { id, name, endpoint } = read.value;
    if (/^http:\/\/(?!127\.0\.0\.1(:|$))/.test(endpoint)) return { endpoint: UNREACHABLE };
    if (this.all.some((other) => other.id !== id && other.name === name)) {
      const message = `Another destination is called “${name}”.`;
      return { name: { code: 's3-name-taken', message, hint: 'Choose another name.' } };
    }
    const saved = await writeS3Destination(read.value);
    if (!saved.ok) return { name: saved.error };
    this.test = null;
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
    const destinationId = settings.id;
    this.test = { destinationId, report: null, problem: null };
    this.#abort = new AbortController();
    try {
      const { record } = createWireRecorder(onRecorded);
      const options = { origin: location.origin, record, signal: this.#abort.signal };
      const report = await testConnection(settings, credentials, options);
      this.test = { destinationId, report, problem: null };
    } catch (error) {
      const message = `The connection could not be tested: ${error instanceof Error ? error.message : String(error)}`;
      const hint = 'Try again; if it stays so, reload this page.';
      this.test = { destinationId, report: null, problem: { code: 's3-test-failed', message, hint } };
    }
  }

  cancelTest(): void {
    this.#abort?.abort();
  }
}
