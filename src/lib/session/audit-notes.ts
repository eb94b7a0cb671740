// What the session's views say to the log: names, counts and codes taken from them, never a value; must not know the log.
import type { Problem } from '../base/result.ts';
import type { AuditEvent } from '../audit/audit-types.ts';
import type { CellRun } from './cell-run-types.ts';
import type { ModuleView } from './module-view-types.ts';
import type { PublicationView } from './publication-types.ts';
import type { SourceColumnView, SourceView } from './source-view-types.ts';

export type Note = Omit<AuditEvent, 'notebook'>;

/** Null while the import is under way or was given up. */
export function noteImport(source: SourceView | undefined): Note | null {
  if (source?.state === 'failed') {
    const details = { outcome: 'failed', code: source.problem?.code ?? 'unknown' };
    return { action: 'source-imported', subject: source.name, details };
  }
  if (source?.state !== 'bound') return null;
  return {
    action: 'source-imported',
    subject: source.name,
    details: {
      rows: source.rowCount ?? 0,
      columns: source.columns.length,
      rejected: source.rejectedCount,
      sensitive: source.columns.filter((column) => column.sensitivity !== 'none').length,
      ...(source.sha256 === null ? {} : { sha256: source.sha256 }),
    },
  };
}

function levelOf(column: SourceColumnView | undefined): string {
  return column?.sensitivity ?? 'none';
}

/** A column before and after it was declared; `isTakenBack` where the declaration was removed. */
export function noteDeclaration(
  source: string,
  column: string,
  before: SourceColumnView | undefined,
  after: SourceColumnView | undefined,
): Note {
  return {
    action: 'column-declared',
    subject: `${source}.${column}`,
    details: {
      from: levelOf(before),
      to: levelOf(after),
      ...(after?.declared ? { hasReason: Boolean(after.declared.reason?.trim()) } : { isTakenBack: true }),
    },
  };
}

const OUTCOMES: Partial<Record<CellRun['state'], string>> = {
  failed: 'failed',
  blocked: 'blocked',
};

export function noteRun(name: string, run: CellRun): Note {
  const { problem, rowCount, elapsedMs } = run;
  const isCancelled = problem?.code === 'engine-cancelled' || run.state === 'new';
  const outcome = OUTCOMES[run.state] ?? (isCancelled ? 'cancelled' : 'done');
  const details =
    outcome === 'done'
      ? { outcome, rows: rowCount ?? 0, elapsedMs: elapsedMs ?? 0 }
      : { outcome, ...(problem && outcome !== 'cancelled' ? { code: problem.code } : {}) };
  return { action: 'cell-ran', subject: name, details };
}

function nameModule({ settings }: PublicationView): string {
  return `${settings.namespace}/${settings.module}`;
}

/** Null where the check was given up. */
export function noteCheck(publication: PublicationView | null): Note | null {
  const { verdict, problem } = publication ?? {};
  if (!publication || (!verdict && !problem)) return null;
  const blocking = verdict?.findings.filter((finding) => finding.severity === 'block') ?? [];
  const rules = [...new Set(blocking.map((finding) => finding.rule))].join(', ');
  return {
    action: 'gate-checked',
    subject: nameModule(publication),
    details: verdict
      ? {
          verdict: verdict.verdict,
          of: publication.settings.of,
          ...(verdict.verdict === 'blocked' ? { findings: blocking.length, rules } : {}),
        }
      : { verdict: 'none', code: problem?.code ?? 'unknown' },
  };
}

/** Null where nothing was published. */
export function notePublication(publication: PublicationView | null): Note | null {
  const published = publication?.published ?? null;
  if (!publication || !published) return null;
  const { namespace, module, version, rowCount, sizeBytes } = published;
  return {
    action: publication.stage === 'staged' ? 'module-staged' : 'module-published',
    subject: `${namespace}/${module} ${version}`,
    details: {
      destination: publication.destination?.name ?? 'library',
      ...(rowCount === null ? {} : { rows: rowCount }),
      sizeBytes,
    },
  };
}

function nameVersion({ summary }: ModuleView): string {
  return `${summary.namespace}/${summary.module} ${summary.version}`;
}

/** Null where no module is open or it could not be verified. */
export function noteVerification(module: ModuleView | null): Note | null {
  if (!module || typeof module.verification === 'string') return null;
  const { valid, findings } = module.verification;
  return {
    action: 'module-verified',
    subject: nameVersion(module),
    details: { valid, findings: findings.filter((finding) => finding.severity === 'error').length },
  };
}

export function noteDownload(module: ModuleView | null, downloaded: Blob | Problem): Note | null {
  if (!module || !(downloaded instanceof Blob)) return null;
  return {
    action: 'module-downloaded',
    subject: nameVersion(module),
    details: { sizeBytes: downloaded.size },
  };
}
