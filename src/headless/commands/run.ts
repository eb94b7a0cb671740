// `sluice run NOTEBOOK`: binds, runs, judges and publishes, as the app does.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { platformEffects } from '../../lib/base/effects.ts';
import { ProblemError, unwrap, type Problem } from '../../lib/base/result.ts';
import {
  completeRelease,
  prepareRelease,
  type CompletedRelease,
  type Release,
} from '../../lib/release/release.ts';
import { isDisabled } from '../../lib/notebook/cell-flags.ts';
import { applyEdit } from '../../lib/notebook/edit.ts';
import { inputsOf } from '../../lib/notebook/inputs/edit-inputs.ts';
import { readParam } from '../../lib/notebook/inputs/read-param.ts';
import { writeNotebook } from '../../lib/notebook/text-write.ts';
import { completeNotebook, specOf } from '../../lib/notebook/complete.ts';
import { parseNotebook } from '../../lib/notebook/text-parse.ts';
import type { Notebook, PublishCell } from '../../lib/notebook/notebook-types.ts';
import { replayNotebook, type BoundSource, type Replay, type ReplayRequest } from '../../lib/run/replay.ts';
import { wrongUse, type CommandOutcome } from '../command-outcome.ts';
import { openDestination, type OpenDestination } from '../destinations.ts';
import type { ObjectStoreOptions } from '../object-store.ts';
import { readKeyPads } from '../key-file.ts';
import { createNodeParser } from '../parse-sql.ts';
import { APP_VERSION } from '../app-version.ts';
import { digestFile, loadRegistry, locateFile, openEngine } from '../workbench.ts';
import { describeRun, type RunOutcome } from './run-report.ts';

export interface RunOptions extends ObjectStoreOptions {
  readonly source: Readonly<Record<string, string>>;
  /** Values of inputs, as typed, by name. */
  readonly param: Readonly<Record<string, string>>;
  readonly publish?: string;
  readonly versionBump?: string;
  readonly keyFile?: string;
  readonly actor: string;
}

export type BindOptions = Pick<RunOptions, 'source' | 'param' | 'keyFile'>;

export interface Prepared {
  readonly notebook: Notebook;
  readonly text: string;
  readonly base: Omit<ReplayRequest, 'targets'>;
  readonly keyFingerprint: string | null;
}

interface NotebookFile {
  readonly notebook: Notebook;
  readonly text: string;
}

function readNotebookFile(path: string): NotebookFile {
  const { path: full } = locateFile(path);
  const text = readFileSync(full, 'utf8');
  const spec = unwrap(parseNotebook(text));
  let next = 0;
  return { text, notebook: completeNotebook(spec, () => `cell-${next++}`) };
}

/** The notebook with other values of its inputs, as it would have been saved with them. */
function withParams(file: NotebookFile, params: RunOptions['param']): NotebookFile {
  let { notebook } = file;
  const inputs = inputsOf(notebook);
  for (const [name, text] of Object.entries(params)) {
    const spec = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (!spec)
      throw wrongUse(
        `The notebook has no input ${name}.`,
        `It has ${Object.keys(inputs).join(', ') || 'none'}.`,
      );
    const read = readParam(name, spec, text);
    if (!read.ok) throw wrongUse(read.error.message, read.error.hint ?? '');
    notebook = unwrap(applyEdit(notebook, { kind: 'change-input', name, input: read.value }));
  }
  return notebook === file.notebook ? file : { notebook, text: writeNotebook(specOf(notebook)) };
}

/** How a source gets its file. */
function bindHint(name: string, file: string): string {
  return `Add --source ${name}=PATH, or put ${file} beside the notebook.`;
}

/** Each source by `--source`, else the file of its name beside the notebook. */
async function bindSources(
  notebook: Notebook,
  folder: string,
  named: RunOptions['source'],
  needsAll: boolean,
): Promise<Record<string, BoundSource>> {
  for (const name of Object.keys(named))
    if (!Object.hasOwn(notebook.sources, name))
      throw wrongUse(
        `The notebook has no source ${name}.`,
        `It has ${Object.keys(notebook.sources).join(', ') || 'none'}.`,
      );
  const bound: Record<string, BoundSource> = {};
  for (const [name, spec] of Object.entries(notebook.sources)) {
    const beside = join(folder, spec.file);
    const path = named[name] ?? (existsSync(beside) ? beside : null);
    if (path === null && !needsAll) continue;
    if (path === null)
      throw new ProblemError({
        code: 'source-missing',
        message: `No file is bound to the source ${name}.`,
        hint: bindHint(name, spec.file),
      });
    const file = locateFile(path);
    bound[name] = { handle: file.handle, sha256: await digestFile(file.path) };
    if (spec.sha256 && spec.sha256 !== bound[name].sha256)
      process.stderr.write(
        `sluice: ${name} is not the file the notebook was last run with; its columns are checked, its content may differ.\n`,
      );
  }
  return bound;
}

const STEP_WORDS = { import: 'importing', cell: 'running', check: 'checking' } as const;

/**
 * `needsAll`: a source without a file is refused at once, else only where something reads it.
 * @throws ProblemError where the notebook, a source or the key cannot be read.
 */
export async function prepareNotebook(
  path: string,
  options: BindOptions,
  needsAll = true,
): Promise<Prepared> {
  const { notebook, text } = withParams(readNotebookFile(path), options.param);
  const key = options.keyFile ? await readKeyPads(options.keyFile) : null;
  const parseNow = await createNodeParser();
  const base = {
    notebook,
    sources: await bindSources(notebook, dirname(path), options.source, needsAll),
    pads: key?.pads ?? null,
    parse: (sql: string) => Promise.resolve(parseNow(sql)),
    registry: loadRegistry(),
    effects: platformEffects,
    onStep: (step: { readonly kind: keyof typeof STEP_WORDS; readonly name: string }) =>
      process.stderr.write(`sluice: ${STEP_WORDS[step.kind]} ${step.name}\n`),
  };
  return { notebook, text, base, keyFingerprint: key?.fingerprint ?? null };
}

/** Where a source that is read has no file: with the way to give it one. */
function hintAtSource(problem: Problem, { sources }: Notebook): Problem {
  const [name, spec] = Object.entries(sources).find(([each]) => problem.message.includes(` ${each}.`)) ?? [];
  const isMissing = problem.code === 'source-missing' && name !== undefined && spec !== undefined;
  return isMissing ? { ...problem, hint: bindHint(name, spec.file) } : problem;
}

/** In a fresh engine of one thread; all cells where `targets` is null. */
export async function runCells(
  { base, notebook }: Prepared,
  targets: readonly string[] | null,
): Promise<Replay> {
  const engine = unwrap(await openEngine(base.registry, 1));
  try {
    const replay = await replayNotebook(engine, { ...base, targets });
    if (!replay.ok) throw new ProblemError(hintAtSource(replay.error, notebook));
    return replay.value;
  } finally {
    await engine.dispose();
  }
}

async function releaseCell(
  prepared: Prepared,
  settings: PublishCell,
  options: RunOptions,
  destination: OpenDestination | null,
): Promise<{ readonly release: Release; readonly completed: CompletedRelease | null }> {
  const { base, notebook, text, keyFingerprint } = prepared;
  process.stderr.write(`sluice: judging ${settings.of}\n`);
  const { onStep: _onStep, ...quiet } = base;
  const release = unwrap(
    await prepareRelease({
      ...quiet,
      notebook,
      notebookText: text,
      settings,
      keyFingerprint,
      appVersion: APP_VERSION,
      actor: options.actor,
      versions: destination?.destination ?? null,
      goesTo: destination === null ? null : 'elsewhere',
      ...readBump(options.versionBump),
      openEngine: () => openEngine(base.registry, 1),
    }),
  );
  try {
    if (destination === null || release.verdict.verdict !== 'passed') return { release, completed: null };
    return { release, completed: unwrap(await completeRelease(release, destination.destination)) };
  } finally {
    await release.dispose();
  }
}

function readBump(bump: string | undefined): { readonly atLeast?: 'major' | 'minor' | 'patch' } {
  if (bump === undefined) return {};
  if (bump === 'major' || bump === 'minor' || bump === 'patch') return { atLeast: bump };
  throw wrongUse(`"${bump}" is no part of a version.`, 'Use major, minor or patch.');
}

/** @throws ProblemError where the notebook, a source, the key or the destination fails; a blocked gate is an outcome. */
export async function runNotebookFile(path: string, options: RunOptions): Promise<CommandOutcome> {
  readBump(options.versionBump);
  const destination = options.publish === undefined ? null : await openDestination(options.publish, options);
  const prepared = await prepareNotebook(path, options);
  const replay = await runCells(prepared, null);
  const outcome: RunOutcome = { replay, releases: [] };
  if (replay.cells.every((cell) => cell.problem === null)) {
    const publishCells = prepared.notebook.cells.filter(
      (cell): cell is PublishCell => cell.kind === 'publish' && !isDisabled(cell),
    );
    if (options.publish !== undefined && publishCells.length === 0)
      throw wrongUse('The notebook has no publish cell.', 'Add one, or leave --publish out.');
    for (const settings of publishCells)
      outcome.releases.push(await releaseCell(prepared, settings, options, destination));
  }
  destination?.finish(outcome.releases.flatMap(({ completed }) => (completed ? [completed.module] : [])));
  return describeRun(outcome);
}
