// Refuses, as AWS does and RGW does not, a part with a checksum whose algorithm its upload was not begun with; knows no socket.
import type { FaultAction } from './fault-rules.ts';

interface PartRequest {
  readonly method: string;
  readonly path: string;
  /** With the `?`, or empty. */
  readonly query: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

const CHECKSUM = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/;

export class PartChecksums {
  /** By path: what the last upload there was begun with; null where with none. */
  readonly #announced = new Map<string, string | null>();

  /** AWS's answer to a part that does not fit; null where nothing is wrong. */
  refuse({
    method,
    path,
    query,
    headers,
  }: PartRequest): (FaultAction & { readonly action: 'status' }) | null {
    const parameters = new URLSearchParams(query);
    if (method === 'POST' && parameters.has('uploads')) {
      const algorithm = headers['x-amz-checksum-algorithm'];
      this.#announced.set(path, typeof algorithm === 'string' ? algorithm.toLowerCase() : null);
    }
    if (method !== 'PUT' || !parameters.has('partNumber') || !this.#announced.has(path)) return null;
    const expected = this.#announced.get(path) ?? null;
    const actual = Object.keys(headers).flatMap((name) => CHECKSUM.exec(name)?.[1] ?? [])[0];
    if (actual === undefined || actual === expected) return null;
    const message = `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`;
    return { action: 'status', status: 400, code: 'InvalidRequest', message };
  }
}
