// The files of a version on this device, found by what they are (their SHA-256) and not by where they came from.
// So versions cannot mix, a file that two versions share is kept once, and changed bytes are not served.
import type { StoreFailure } from './messages.ts';
import type { PrecachedFile } from './precache.ts';

/** @property reason why the bytes of this version could not be had */
export class FileMissing extends Error {
  readonly reason: StoreFailure;
  constructor(path: string, reason: StoreFailure) {
    super(`${path}: ${reason}`);
    this.reason = reason;
  }
}

async function isWhole(bytes: ArrayBuffer, file: PrecachedFile): Promise<boolean> {
  if (bytes.byteLength !== file.sizeBytes) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === file.sha256;
}

export class FileStore {
  readonly #scope: string;
  readonly #name: string;
  readonly #pending = new Map<string, Promise<ArrayBuffer>>();

  /** @param scope address of the app's folder, with a slash at its end */
  constructor(scope: string) {
    this.#scope = scope;
    this.#name = `sluice-files ${scope}`;
  }

  #key(sha256: string): string {
    return new URL(`sha256/${sha256}`, this.#scope).href;
  }

  /**
   * The bytes with the digest of this version: from the device, else from the network and kept.
   * @throws FileMissing
   */
  read(file: PrecachedFile): Promise<ArrayBuffer> {
    const pending = this.#pending.get(file.sha256);
    if (pending) return pending;
    const reading = this.#read(file).finally(() => this.#pending.delete(file.sha256));
    this.#pending.set(file.sha256, reading);
    return reading;
  }

  async #read(file: PrecachedFile): Promise<ArrayBuffer> {
    const kept = await this.#readKept(file);
    if (kept) return kept;
    const bytes = await this.fetch(file);
    // A full disk must not keep the app from working; `keep` says so where it matters.
    await this.#write(file, bytes).catch(() => undefined);
    return bytes;
  }

  async #readKept(file: PrecachedFile): Promise<ArrayBuffer | null> {
    try {
      const cache = await caches.open(this.#name);
      const bytes = await (await cache.match(this.#key(file.sha256)))?.arrayBuffer();
      if (bytes === undefined) return null;
      if (await isWhole(bytes, file)) return bytes;
      await cache.delete(this.#key(file.sha256));
      return null;
    } catch {
      // Storage that is out of order must not keep the app from being fetched.
      return null;
    }
  }

  async #write(file: PrecachedFile, bytes: ArrayBuffer): Promise<void> {
    const cache = await caches.open(this.#name);
    await cache.put(this.#key(file.sha256), new Response(bytes));
  }

  /** True where the file is kept, without reading it. */
  async #has(file: PrecachedFile): Promise<boolean> {
    const cache = await caches.open(this.#name);
    return (await cache.match(this.#key(file.sha256))) !== undefined;
  }

  /**
   * The file as the server has it now, refused unless it is of this version. A host may let browsers keep files for a
   * while: what does not fit is asked for once more, past the HTTP cache.
   * @throws FileMissing
   */
  async fetch(
    file: PrecachedFile,
    attempts: readonly RequestCache[] = ['default', 'reload'],
  ): Promise<ArrayBuffer> {
    for (const cache of attempts) {
      const bytes = await this.#download(file, cache);
      if (bytes && (await isWhole(bytes, file))) return bytes;
    }
    throw new FileMissing(file.path, 'other-version');
  }

  /**
   * Null where the server answers with something else than a file. Asked without cookies first, so that a page cannot
   * tell its server anything by one; with them only where the host wants a sign-in.
   */
  async #download(file: PrecachedFile, cache: RequestCache): Promise<ArrayBuffer | null> {
    const address = new URL(file.path, this.#scope);
    let isAnswered = false;
    for (const credentials of ['omit', 'same-origin'] as const) {
      const response = await fetch(address, { cache, credentials, redirect: 'error' }).catch(() => null);
      if (response?.ok) return await response.arrayBuffer().catch(() => this.#failTo(file));
      if (response && response.status >= 500) return this.#failTo(file);
      isAnswered ||= response !== null;
    }
    return isAnswered ? null : this.#failTo(file);
  }

  #failTo(file: PrecachedFile): never {
    throw new FileMissing(file.path, 'network');
  }

  /**
   * Sees to it that all these files are kept.
   * @param told is called with the bytes that are kept already, of all
   * @throws FileMissing
   */
  async keep(files: readonly PrecachedFile[], told: (stored: number, total: number) => void): Promise<void> {
    const total = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    let stored = 0;
    const queue = [...files];
    const next = async () => {
      for (let file = queue.shift(); file; file = queue.shift()) {
        await this.#keepOne(file);
        stored += file.sizeBytes;
        told(stored, total);
      }
    };
    await Promise.all([next(), next(), next(), next()]);
    // Another version may have swept meanwhile what was there at first.
    for (const file of files) await this.#keepOne(file);
  }

  async #keepOne(file: PrecachedFile): Promise<void> {
    if (await this.#has(file)) return;
    const bytes = await this.read(file);
    if (await this.#has(file)) return;
    try {
      await this.#write(file, bytes);
    } catch {
      throw new FileMissing(file.path, 'storage');
    }
  }

  /** Removes what does not belong to these files. */
  async sweep(files: readonly PrecachedFile[]): Promise<void> {
    const cache = await caches.open(this.#name);
    const wanted = new Set(files.map((file) => this.#key(file.sha256)));
    const kept = await cache.keys();
    await Promise.all(
      kept.filter((request) => !wanted.has(request.url)).map((request) => cache.delete(request)),
    );
  }
}
