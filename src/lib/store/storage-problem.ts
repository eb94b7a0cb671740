// Failures of the browser's storage in plain words; knows nothing of what was stored.
import type { Problem } from '../base/result.ts';

const UNAVAILABLE: ReadonlySet<string> = new Set([
  'NotAllowedError',
  'SecurityError',
  'InvalidStateError',
  'VersionError',
]);

/**
 * `storage-full`, `storage-unavailable` or `storage-failed` for what a storage call threw. `what` says what was tried, as
 * in `The notebook could not be saved`.
 */
export function storageProblem(error: unknown, what: string): Problem {
  if (error instanceof ClaimLostError) return claimProblem(error, what);
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') {
    return {
      code: 'storage-full',
      message: `${what}: the browser gives this site no more space.`,
      hint: 'Remove sources or modules that are no longer needed, or free space on the disk.',
    };
  }
  if (name === 'VersionError') {
    return {
      code: 'storage-unavailable',
      message: `${what}: its storage was written by a newer version of Sluice.`,
      hint: 'Reload the page to get the newest version.',
    };
  }
  if (UNAVAILABLE.has(name) || error instanceof StorageUnavailableError) {
    return {
      code: 'storage-unavailable',
      message: `${what}: the browser gives this page no storage (${describe(error)}).`,
      hint: 'Leave private browsing, allow site data for this address, and reload.',
    };
  }
  return {
    code: 'storage-failed',
    message: `${what}: ${describe(error)}.`,
    hint: 'Try again; if it stays so, reload the page. Download the notebook first, so that nothing is lost.',
  };
}

/** Thrown where another tab may write now, or nobody any more. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError';
  readonly isDeleted: boolean;

  constructor(isDeleted: boolean) {
    super(isDeleted ? 'deleted' : 'taken over');
    this.isDeleted = isDeleted;
  }
}

function claimProblem({ isDeleted }: ClaimLostError, what: string): Problem {
  if (isDeleted) {
    return {
      code: 'notebook-deleted',
      message: `${what}: it was deleted in another tab.`,
      hint: 'Save what is shown here as a new notebook.',
    };
  }
  return {
    code: 'notebook-taken-over',
    message: `${what}: another tab took it over.`,
    hint: 'Take it back, or save what is shown here as a new notebook.',
  };
}

/** Thrown where the platform lacks what storage needs, or another tab keeps it. */
export class StorageUnavailableError extends Error {
  override readonly name = 'StorageUnavailableError';
}

function describe(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/[.\s]+$/, '');
}
