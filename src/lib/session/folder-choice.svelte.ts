// The folder of this machine that a person chose to publish into; must not know what is published.
import type { Problem } from '../base/result.ts';
import {
  askFolderPermission,
  canPickFolders,
  isFolderPermitted,
  pickFolder,
  readFolderHandle,
} from '../store/folder-handle.ts';
import type { FolderView } from './destination-types.ts';

const DENIED: Problem = {
  code: 'folder-permission',
  message: 'The browser was not allowed to write into the folder.',
  hint: 'Allow it when the browser asks, or choose another folder.',
};

export class FolderChoice {
  #handle: FileSystemDirectoryHandle | null = $state.raw(null);
  #isPermitted = $state.raw(false);
  #problem: Problem | null = $state.raw(null);

  get view(): FolderView {
    const [name, problem] = [this.#handle?.name ?? null, this.#problem];
    if (!canPickFolders()) return { state: 'unsupported', name: null, problem: null };
    if (!this.#handle) return { state: 'none', name, problem };
    return { state: this.#isPermitted ? 'ready' : 'locked', name, problem };
  }

  /** The folder, where it may be written to now. */
  get ready(): FileSystemDirectoryHandle | null {
    return this.#isPermitted ? this.#handle : null;
  }

  async restore(): Promise<void> {
    const kept = await readFolderHandle();
    if (!kept.ok || !kept.value) return;
    this.#handle = kept.value;
    this.#isPermitted = await isFolderPermitted(kept.value);
  }

  async choose(): Promise<void> {
    const picked = await pickFolder();
    this.#problem = picked.ok ? null : picked.error;
    if (!picked.ok || !picked.value) return;
    this.#handle = picked.value;
    await this.allow();
  }

  async allow(): Promise<void> {
    if (!this.#handle) return;
    this.#isPermitted = await askFolderPermission(this.#handle);
    this.#problem = this.#isPermitted ? null : DENIED;
  }
}
