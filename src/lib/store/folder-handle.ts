// The folder a person picked to publish into: asked for, remembered, permitted again; must not know what goes into it.
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { readSetting, writeSetting } from './database.ts';
import { storageProblem } from './storage-problem.ts';

const SETTING = 'publish-folder';

/** Members of File System Access that browsers without it lack, and the standard's types as well. */
interface PermittedHandle {
  queryPermission(descriptor: { readonly mode: 'readwrite' }): Promise<PermissionState>;
  requestPermission(descriptor: { readonly mode: 'readwrite' }): Promise<PermissionState>;
}

interface PickingWindow {
  showDirectoryPicker(options: {
    readonly id: string;
    readonly mode: 'readwrite';
  }): Promise<FileSystemDirectoryHandle>;
}

function isPicking(scope: object): scope is PickingWindow {
  return 'showDirectoryPicker' in scope && typeof scope.showDirectoryPicker === 'function';
}

function isPermitted(handle: object): handle is PermittedHandle {
  return 'queryPermission' in handle && 'requestPermission' in handle;
}

/** Whether this browser lets a page write into a folder a person picks (Chromium does). */
export function canPickFolders(): boolean {
  return isPicking(globalThis);
}

/** Only within a click. Null where the person closed the picker. The folder is remembered. */
export async function pickFolder(): Promise<Result<FileSystemDirectoryHandle | null>> {
  const scope: object = globalThis;
  if (!isPicking(scope))
    return fail({
      code: 'folder-unsupported',
      message: 'This browser does not let a page write into a folder.',
      hint: 'Publish as a zip file, or use a browser based on Chromium.',
    });
  try {
    const folder = await scope.showDirectoryPicker({ id: 'sluice-modules', mode: 'readwrite' });
    const kept = await writeSetting(SETTING, folder);
    return kept.ok ? succeed(folder) : kept;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return succeed(null);
    return fail(storageProblem(error, 'The folder could not be chosen'));
  }
}

/** The folder picked last, in this or an earlier visit; null where there is none. Says nothing of permission. */
export async function readFolderHandle(): Promise<Result<FileSystemDirectoryHandle | null>> {
  const stored = await readSetting(SETTING);
  if (!stored.ok) return stored;
  return succeed(stored.value instanceof FileSystemDirectoryHandle ? stored.value : null);
}

export async function isFolderPermitted(folder: FileSystemDirectoryHandle): Promise<boolean> {
  if (!isPermitted(folder)) return true;
  return (await folder.queryPermission({ mode: 'readwrite' })) === 'granted';
}

/** Only within a click: the browser asks the person. */
export async function askFolderPermission(folder: FileSystemDirectoryHandle): Promise<boolean> {
  if (!isPermitted(folder)) return true;
  return (await folder.requestPermission({ mode: 'readwrite' }).catch(() => 'denied')) === 'granted';
}
