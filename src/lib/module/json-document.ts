// JSON that may come from anywhere, read without trusting it; must not know any document's meaning.
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';

export type Members = Readonly<Record<string, unknown>>;

/** No document of a module is near this size. */
const LARGEST_DOCUMENT_BYTES = 64 * 1024 * 1024;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member, never one of a prototype. */
export function memberOf(object: Members, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function textOf(object: Members, name: string): string | null {
  const value = memberOf(object, name);
  return typeof value === 'string' ? value : null;
}

export function listOf(object: Members, name: string): readonly unknown[] {
  const value = memberOf(object, name);
  return Array.isArray(value) ? value : [];
}

function refuse(name: string, reason: string): Result<never> {
  return fail({
    code: 'module-document',
    message: `${name} ${reason}.`,
    hint: 'The file is damaged or was changed after it was written.',
  });
}

/** The object in a JSON file; a `module-document` problem for anything else. */
export function readJsonObject(name: string, bytes: Uint8Array): Result<Members> {
  if (bytes.byteLength > LARGEST_DOCUMENT_BYTES) return refuse(name, 'is larger than 64 MiB');
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isMembers(value) ? succeed(value) : refuse(name, 'is not a JSON object');
  } catch {
    return refuse(name, 'is not valid JSON');
  }
}
