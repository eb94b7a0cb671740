// Whether a notebook runs by itself after an edit: a setting in its front matter; must not know how cells are run.
import type { NotebookSpec } from './notebook-types.ts';

/** `lazy`: what an edit touches becomes stale. `auto`: it runs again, after a pause. */
export type RunMode = 'lazy' | 'auto';

const KEY = 'mode';

/** Lazy unless the front matter says `mode: auto`: no keystroke may start a scan of millions of rows unasked. */
export function runModeOf(notebook: Pick<NotebookSpec, 'extra'>): RunMode {
  return notebook.extra[KEY] === 'auto' ? 'auto' : 'lazy';
}

export function withRunMode<T extends Pick<NotebookSpec, 'extra'>>(notebook: T, mode: RunMode): T {
  if (runModeOf(notebook) === mode) return notebook;
  const { [KEY]: _, ...others } = notebook.extra;
  return { ...notebook, extra: mode === 'auto' ? { ...others, [KEY]: mode } : others };
}
