// Words for what can be wrong with a file as a whole; must not know formats or DuckDB.
import { ProblemError } from '../../../src/lib/base/result.ts';

export function mib(bytes: number): string {
  return `${Math.round(bytes / (1 << 20)).toLocaleString('en')} MiB`;
}

/** Bytes that cannot be read any more. */
export function sourceMissing(): ProblemError {
  return new ProblemError({
    code: 'import-source-missing',
    message: 'The file can no longer be read.',
    hint: 'It may have been moved or changed since it was chosen: choose it again.',
  });
}

export function emptyFile(): ProblemError {
  return new ProblemError({
    code: 'import-empty',
    message: 'The file is empty: it has no bytes.',
    hint: 'Choose another file, or export it again.',
  });
}

/** A file that is damaged, or is not what its format asks for. */
export function damaged(what: string, why: string): ProblemError {
  return new ProblemError({
    code: 'import-damaged',
    message: `The file cannot be read as ${what}: ${why}.`,
    hint: 'It may be damaged or only partly copied: get it again, or export it again.',
  });
}

export function tooLargeUnpacked(limit: number): ProblemError {
  return new ProblemError({
    code: 'import-too-large',
    message: `Unpacked, the file has more than ${mib(limit)}, which is all that is taken here.`,
    hint: 'Unpack it yourself and split it, or make sure that it is what it claims to be.',
  });
}
