// DuckDB's errors as problems in plain words, with the place in the user's own SQL; must not know where the SQL came from.
import type { Problem } from '../../src/lib/base/result.ts';
import { DuckCancelled, DuckCrashed } from './duck-port.ts';

/** The user's SQL and where its bytes begin in the text that DuckDB saw. */
export interface SqlOrigin {
  readonly sql: string;
  readonly prefixBytes: number;
}

/** DuckDB's error as data (`errors_as_json`). */
export interface DuckReport {
  readonly type: string;
  readonly message: string;
  readonly positionBytes: number | null;
  readonly candidates: readonly string[];
}

export function readDuckReport(text: string): DuckReport {
  const start = text.indexOf('{"exception_type"');
  if (start < 0) return { type: '', message: text.trim(), positionBytes: null, candidates: [] };
  try {
    const data: unknown = JSON.parse(text.slice(start));
    const field = (name: string): string => {
      const value = typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
      return typeof value === 'string' ? value : '';
    };
    const position = field('position');
    return {
      type: field('exception_type'),
      message: field('exception_message'),
      positionBytes: /^\d+$/.test(position) ? Number(position) : null,
      candidates: field('candidates') === '' ? [] : field('candidates').split(','),
    };
  } catch {
    return { type: '', message: text.trim(), positionBytes: null, candidates: [] };
  }
}

/** UTF-16 offset of a byte offset into the UTF-8 form of `text`, held within the text. */
export function utf16Offset(text: string, byteOffset: number): number {
  if (byteOffset <= 0) return 0;
  const bytes = new TextEncoder().encode(text);
  return new TextDecoder().decode(bytes.subarray(0, byteOffset)).length;
}

const EXTENSION_ADVICE: Readonly<Record<string, string>> = {
  icu: 'Times are kept in UTC here: use DATE or TIMESTAMP values, e.g. CAST(x AS TIMESTAMP), and set the zone for display in the notebook.',
  json: 'Use STRUCT and LIST values instead, e.g. {a: 1} and [1, 2], or take text apart with regexp_extract.',
  parquet: 'Import the file as a source; the publish cell writes Parquet.',
  httpfs: 'Import the file as a source instead of reading it from an address.',
  excel: 'Import the file as a source.',
};

function missingExtension(report: DuckReport): Omit<Problem, 'sql' | 'position'> | null {
  const named =
    /name "([^"]+)" is not in the catalog, but it exists in the (\w+) extension/.exec(report.message) ?? null;
  const automatic = /required extension '(\w+)'/.exec(report.message);
  const extension = named?.[2] ?? automatic?.[1];
  if (extension === undefined) return null;
  const subject = named?.[1] === undefined ? 'This expression' : `"${named[1]}"`;
  return {
    code: 'engine-missing-extension',
    message: `${subject} needs DuckDB's ${extension} extension, which would have to be fetched from a server; Sluice loads no extensions.`,
    hint: EXTENSION_ADVICE[extension] ?? 'Write it with the functions that are built in.',
  };
}

const MEMORY: Omit<Problem, 'sql' | 'position'> = {
  code: 'engine-out-of-memory',
  message: 'The engine ran out of memory, so the statement was stopped; all tables are as they were before.',
  hint: 'Take fewer rows or columns first, aggregate earlier, or drop results that are no longer needed.',
};

function knownTrouble(report: DuckReport): Omit<Problem, 'sql' | 'position'> | null {
  const { type, message } = report;
  const missing = missingExtension(report);
  if (missing !== null) return missing;
  if (type === 'Out of Memory' || /memory access out of bounds|std::bad_alloc/.test(message)) return MEMORY;
  if (type === 'Interrupt' || /query was cancell?ed|^INTERRUPT/i.test(message)) {
    return { code: 'engine-cancelled', message: 'The run was cancelled.' };
  }
  if (/database has been invalidated/.test(message) || type === 'Fatal') {
    return {
      code: 'engine-crashed',
      message: 'The database engine failed and cannot go on.',
      hint: 'Restart the engine; sources are imported again.',
    };
  }
  if (/file system operations are disabled|Loading external extensions is disabled/.test(message)) {
    return {
      code: 'engine-sql',
      message: 'SQL here can read imported sources only: files, addresses and extensions are out of reach.',
      hint: 'Import the file as a source, then name that source in FROM.',
    };
  }
  if (/window function calls cannot be nested/.test(message)) {
    return {
      code: 'engine-sql',
      message: 'A window function is used inside another window function, which SQL does not allow.',
      hint: 'Put the inner one (e.g. a macro such as impute_mean) in a cell of its own and select from that cell.',
    };
  }
  return null;
}

const SYSTEM_NAME = /^(pg_|sqlite_|duckdb_|information_schema)/;

function suggestion(report: DuckReport): string | undefined {
  const near = report.candidates
    .map((name) => name.trim())
    .filter((name) => /^[^()]+$/.test(name) && !SYSTEM_NAME.test(name));
  if (near.length > 0)
    return `Did you mean ${near
      .slice(0, 3)
      .map((name) => `"${name}"`)
      .join(', ')}?`;
  const told = /Did you mean "([^"]+)"/.exec(report.message)?.[1];
  return told === undefined || SYSTEM_NAME.test(told) ? undefined : `Did you mean "${told}"?`;
}

function plainWords(report: DuckReport): string {
  const [first = ''] = report.message.split(
    /\n\s*(?:Did you mean|Candidate bindings|\tCandidate functions|Candidate functions|LINE \d+:)|\n\n/,
  );
  const text = first.trim().replace(/!$/, '.');
  if (text === '') return 'The statement failed for a reason the engine did not give.';
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Where in the user's SQL; `atEnd` when the fault lies behind its last character. */
function place(report: DuckReport, origin: SqlOrigin): { position: number; atEnd: boolean } | null {
  if (report.positionBytes === null) return null;
  const bytes = report.positionBytes - origin.prefixBytes;
  if (bytes < 0) return null;
  const length = new TextEncoder().encode(origin.sql).length;
  return { position: utf16Offset(origin.sql, Math.min(bytes, length)), atEnd: bytes >= length };
}

/** Any failure of a port as a problem; `origin` where the statement is the user's. */
export function describeFailure(error: unknown, origin?: SqlOrigin): Problem {
  if (error instanceof DuckCancelled) return { code: 'engine-cancelled', message: 'The run was cancelled.' };
  if (error instanceof DuckCrashed) {
    return {
      code: 'engine-crashed',
      message: `The database engine has stopped: ${error.message}`,
      hint: 'Restart the engine; sources are imported again.',
    };
  }
  const report = readDuckReport(error instanceof Error ? error.message : String(error));
  const at = origin === undefined ? null : place(report, origin);
  const known = knownTrouble(report);
  const hint = suggestion(report);
  const base = known ?? {
    code: 'engine-sql',
    message:
      at?.atEnd === true && report.type === 'Parser' ? 'The statement ends too early.' : plainWords(report),
    ...(hint === undefined ? {} : { hint }),
  };
  return {
    ...base,
    ...(origin === undefined ? {} : { sql: origin.sql }),
    ...(at === null ? {} : { position: at.position }),
  };
}
