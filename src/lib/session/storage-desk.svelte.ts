// All that this browser keeps, as a whole: measured, kept for a time, exported, deleted; must not know what notebooks hold.
import { platformEffects } from '../base/effects.ts';
import type { Problem } from '../base/result.ts';
import { zipModule } from '../publish/zip.ts';
import {
  listSourceRecords,
  readAllNotebooks,
  readSetting,
  writeSetting,
  writeSourceRecord,
} from '../store/database.ts';
import { listLibraryFiles, readLibraryFile } from '../store/library-files.ts';
import type { SourceVault } from '../store/source-files.ts';
import { measureStorage, requestPersistence } from '../store/storage-space.ts';
import { eraseEverything, measureFolders, type FolderUse } from '../store/storage-use.ts';
import type { AuditLog } from './audit-view-types.ts';
import { dueForRemoval, expiringSoon, expiryOf } from './source-retention.ts';
import type {
  BrowserStorage,
  ExpiringSource,
  RetentionDays,
  StorageItem,
  StorageUse,
} from './storage-types.ts';

const RETENTION_SETTING = 'source-retention-days';
const WARNED_SETTING = 'source-retention-warned';

const FOLDERS: Readonly<Record<string, Pick<StorageItem, 'kind' | 'label'>>> = {
  sources: { kind: 'sources', label: 'Copies of source files' },
  library: { kind: 'library', label: 'Published modules' },
  outbox: { kind: 'outbox', label: 'Modules that wait to be sent' },
};

interface StorageParts {
  readonly audit: AuditLog;
  readonly vault: SourceVault;
  readonly report: (problem: Problem | null) => void;
  /** Closes the open notebook, saved. */
  readonly closeNotebook: () => Promise<boolean>;
}

function itemise(folders: readonly FolderUse[], usedBytes: number): readonly StorageItem[] {
  const known = folders
    .filter(({ folder }) => folder in FOLDERS)
    .map(({ folder, files, sizeBytes }): StorageItem => ({
      ...(FOLDERS[folder] ?? { kind: 'other', label: folder }),
      files,
      sizeBytes,
    }));
  const others = folders.filter(({ folder }) => !(folder in FOLDERS));
  const otherBytes = others.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const files = folders.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return [
    ...known,
    ...(otherBytes > 0
      ? [
          {
            kind: 'other',
            label: 'What was seen of destinations',
            files: null,
            sizeBytes: otherBytes,
          } as const,
        ]
      : []),
    {
      kind: 'records',
      label: 'Notebooks, log, settings, and the app itself for offline use',
      files: null,
      sizeBytes: Math.max(0, usedBytes - files),
    },
  ];
}

function readDays(value: unknown): RetentionDays {
  return value === 30 || value === 90 || value === 365 ? value : null;
}

function readWarned(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function isDay(expiring: readonly ExpiringSource[]): string {
  return expiring[0]?.expiresAt.slice(0, 10) ?? '';
}

export class StorageDesk implements BrowserStorage {
  readonly #parts: StorageParts;
  #use: StorageUse | null = $state.raw(null);
  #isMeasuring = $state.raw(false);
  #isExporting = $state.raw(false);
  #retention: RetentionDays = $state.raw(null);
  #expiring: readonly ExpiringSource[] = $state.raw([]);
  #problem: Problem | null = $state.raw(null);

  constructor(parts: StorageParts) {
    this.#parts = parts;
  }

  get use() {
    return this.#use;
  }
  get isMeasuring() {
    return this.#isMeasuring;
  }
  get isExporting() {
    return this.#isExporting;
  }
  get retention() {
    return this.#retention;
  }
  get expiring() {
    return this.#expiring;
  }
  get problem() {
    return this.#problem;
  }

  /** Once, when the app opens: removes copies whose time is over, tells of those whose time is near. */
  async start(): Promise<void> {
    const stored = await readSetting(RETENTION_SETTING);
    this.#retention = stored.ok ? readDays(stored.value) : null;
    if (this.#retention === null) return;
    const warned = await readSetting(WARNED_SETTING);
    const warnedAt = warned.ok ? readWarned(warned.value) : {};
    const all = await this.#readExpiry();
    const now = platformEffects.now();
    const due = dueForRemoval(all, warnedAt, now);
    if (due.length > 0) await this.#remove(due, all);
    const left = all.filter((one) => !due.includes(one));
    this.#expiring = expiringSoon(left, now);
    const told = this.#expiring.map(({ sha256 }): [string, string] => [
      sha256,
      warnedAt[sha256] ?? now.toISOString(),
    ]);
    await writeSetting(WARNED_SETTING, Object.fromEntries(told));
    if (this.#expiring.length > 0) this.#warn();
  }

  #warn(): void {
    const count = this.#expiring.length;
    this.#parts.report({
      code: 'sources-expire',
      message: `${count === 1 ? 'The copy of one source file is' : `Copies of ${count} source files are`} removed soon, the first from ${isDay(this.#expiring)} on.`,
      hint: 'Settings, Storage lists them: keep them longer there, or let them go. Your own files stay where they are.',
    });
  }

  async #readExpiry(): Promise<readonly ExpiringSource[]> {
    const [records, notebooks] = await Promise.all([listSourceRecords(), readAllNotebooks()]);
    if (this.#retention === null || !records.ok || !notebooks.ok) return [];
    return expiryOf(records.value, notebooks.value, this.#retention);
  }

  async #remove(due: readonly ExpiringSource[], all: readonly ExpiringSource[]): Promise<void> {
    const kept = all.filter((one) => !due.includes(one)).map(({ sha256 }) => sha256);
    const removed = await this.#parts.vault.removeUnused(kept);
    if (!removed.ok) return this.#parts.report(removed.error);
    this.#parts.audit.record({
      action: 'source-removed',
      subject: 'expired copies',
      notebook: null,
      details: { copies: removed.value.count, bytes: removed.value.freedBytes },
    });
  }

  async measure(): Promise<void> {
    this.#isMeasuring = true;
    const [space, folders] = await Promise.all([measureStorage(), measureFolders()]);
    this.#isMeasuring = false;
    this.#problem = space.ok ? (folders.ok ? null : folders.error) : space.error;
    if (space.ok && folders.ok)
      this.#use = { ...space.value, items: itemise(folders.value, space.value.usedBytes) };
    this.#expiring = expiringSoon(await this.#readExpiry(), platformEffects.now());
  }

  async askToPersist(): Promise<void> {
    const asked = await requestPersistence();
    if (!asked.ok) this.#problem = asked.error;
    else if (!asked.value)
      this.#problem = {
        code: 'storage-not-lasting',
        message: 'The browser did not agree to keep the data for good.',
        hint: 'Install the app, or bookmark it and use it for a while, then ask again.',
      };
    if (asked.ok && asked.value) await this.measure();
  }

  async changeRetention(days: RetentionDays): Promise<void> {
    const written = await writeSetting(RETENTION_SETTING, days);
    if (!written.ok) {
      this.#problem = written.error;
      return;
    }
    this.#retention = days;
    this.#expiring = expiringSoon(await this.#readExpiry(), platformEffects.now());
    this.#parts.audit.record({
      action: 'settings-changed',
      subject: null,
      notebook: null,
      details: { change: 'retention of source copies', days: days ?? 'for ever' },
    });
  }

  async keepLonger(sha256: string): Promise<void> {
    const records = await listSourceRecords();
    const record = records.ok ? records.value.find((one) => one.sha256 === sha256) : undefined;
    if (record) await writeSourceRecord({ ...record, addedAt: platformEffects.now().toISOString() });
    this.#expiring = expiringSoon(await this.#readExpiry(), platformEffects.now());
  }

  async exportEverything(): Promise<{ readonly fileName: string; readonly blob: Blob } | Problem> {
    this.#isExporting = true;
    try {
      return await this.#export();
    } finally {
      this.#isExporting = false;
    }
  }

  async #export(): Promise<{ readonly fileName: string; readonly blob: Blob } | Problem> {
    const notebooks = await readAllNotebooks();
    if (!notebooks.ok) return notebooks.error;
    const log = await this.#parts.audit.exportCsv('all');
    if ('code' in log) return log;
    const library = await listLibraryFiles('');
    if (!library.ok) return library.error;
    const files = [
      ...notebooks.value.map(({ id, title, text }) => ({
        path: `notebooks/${fileStem(title)}-${id.slice(0, 8)}.sluice.md`,
        bytes: new TextEncoder().encode(text),
      })),
      { path: `log/${log.fileName}`, bytes: new Uint8Array(await log.blob.arrayBuffer()) },
    ];
    for (const { path } of library.value) {
      const bytes = await readLibraryFile(path);
      if (!bytes.ok) return bytes.error;
      files.push({ path: `library/${path}`, bytes: new Uint8Array(bytes.value) });
    }
    const zip = zipModule(files) as Uint8Array<ArrayBuffer>;
    const day = platformEffects.now().toISOString().slice(0, 10);
    return { fileName: `sluice-${day}.zip`, blob: new Blob([zip], { type: 'application/zip' }) };
  }

  async deleteEverything(): Promise<void> {
    await this.#parts.closeNotebook();
    const erased = await eraseEverything();
    if (!erased.ok) return this.#parts.report(erased.error);
    location.replace(location.pathname);
  }
}

function fileStem(title: string): string {
  const stem = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return stem || 'notebook';
}
