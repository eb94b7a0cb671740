// Edits of sources, declarations, policy, title and time zone; knows nothing of cells.
import type { Problem, Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { mergeMembers, refuseName } from './edit-cells.ts';
import type {
  AddSource,
  ChangePolicy,
  ChangeSource,
  ChangeTimezone,
  ChangeTitle,
  DeclareColumn,
  RemoveSource,
} from './edit-types.ts';
import { nameProblem } from './names.ts';
import type { ColumnDeclaration, Notebook, SourceSpec } from './notebook-types.ts';
import { isTimezone } from './timezone.ts';

type Refusal = { readonly ok: false; readonly error: Problem };

export function noSource(name: string): Refusal {
  return fail({ code: 'edit-no-source', message: `There is no source “${name}”.`, hint: 'Add it first.' });
}

export function changeTitle(notebook: Notebook, { title }: ChangeTitle): Result<Notebook> {
  return succeed(notebook.title === title ? notebook : { ...notebook, title });
}

export function changeTimezone(notebook: Notebook, { timezone }: ChangeTimezone): Result<Notebook> {
  if (notebook.timezone === timezone) return succeed(notebook);
  if (isTimezone(timezone)) return succeed({ ...notebook, timezone });
  return fail({
    code: 'edit-value',
    message: `“${timezone}” is not a time zone.`,
    hint: 'Choose an IANA name such as Europe/Kyiv or UTC.',
  });
}

export function changePolicy(notebook: Notebook, { change }: ChangePolicy): Result<Notebook> {
  const policy = mergeMembers(notebook.policy, {
    ...change,
    k: change.k ?? notebook.policy.k,
    quasi: change.quasi ?? notebook.policy.quasi,
  });
  if (policy === notebook.policy) return succeed(notebook);
  if (Number.isSafeInteger(policy.k) && policy.k >= 1) return succeed({ ...notebook, policy });
  return fail({
    code: 'edit-value',
    message: 'The smallest class size k must be a whole number of at least 1.',
    hint: '5 is a common choice.',
  });
}

export function addSource(notebook: Notebook, { name, source }: AddSource): Result<Notebook> {
  const problem = nameProblem(notebook, name);
  if (problem !== null) return refuseName(problem);
  return withSource(notebook, name, source);
}

export function changeSource(notebook: Notebook, { name, change }: ChangeSource): Result<Notebook> {
  const source = ownSource(notebook, name);
  if (!source) return noSource(name);
  return withSource(notebook, name, mergeMembers(source, change));
}

export function removeSource(notebook: Notebook, { name }: RemoveSource): Result<Notebook> {
  if (!ownSource(notebook, name)) return noSource(name);
  const sources = Object.fromEntries(Object.entries(notebook.sources).filter(([key]) => key !== name));
  return succeed({ ...notebook, sources });
}

export function declareColumn(notebook: Notebook, edit: DeclareColumn): Result<Notebook> {
  const source = ownSource(notebook, edit.source);
  if (!source) return noSource(edit.source);
  const declared = new Map<string, ColumnDeclaration>(Object.entries(source.columns ?? {}));
  if (edit.declaration === null && !declared.has(edit.column)) return succeed(notebook);
  if (edit.declaration === null) declared.delete(edit.column);
  else declared.set(edit.column, edit.declaration);
  const columns = declared.size === 0 ? undefined : Object.fromEntries(declared);
  return withSource(notebook, edit.source, mergeMembers(source, { columns }));
}

function ownSource(notebook: Notebook, name: string): SourceSpec | null {
  return Object.hasOwn(notebook.sources, name) ? (notebook.sources[name] ?? null) : null;
}

function withSource(notebook: Notebook, name: string, source: SourceSpec): Result<Notebook> {
  if (notebook.sources[name] === source) return succeed(notebook);
  const problem = sourceProblem(source);
  if (problem) return problem;
  return succeed({ ...notebook, sources: { ...notebook.sources, [name]: source } });
}

function sourceProblem(source: SourceSpec): Refusal | null {
  if (source.file === '' || /[/\\]/.test(source.file)) {
    return fail({
      code: 'edit-value',
      message: 'A source has a file name only, never a path.',
      hint: 'Leave the folders out.',
    });
  }
  if (source.sha256 === undefined || /^[0-9a-f]{64}$/.test(source.sha256)) return null;
  return fail({ code: 'edit-value', message: 'A SHA-256 has 64 digits 0-9, a-f.' });
}
