// What a built folder holds: paths, digests, inline scripts; knows nothing of how it came about.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of all files below a folder, relative, with slashes, in order. */
export function listFiles(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? listFiles(folder, path) : [path];
    })
    .sort();
}

/** `sha256-…` source of a policy for an inline script or style. */
export function sourceHashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** `sha256-…` sources of a document's inline scripts. */
export function scriptHashesOf(html) {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  return inline.map((match) => sourceHashOf(match[1]));
}

/** A file with its digest, as the service worker's precache names it. */
export function describeFile(folder, path) {
  const bytes = readFileSync(join(folder, path));
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
  };
}
