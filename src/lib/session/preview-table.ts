// A table made to look at a statement that is in no cell: stopped and dropped once nobody waits for it. Must not know who looks.
import { fail, type Problem, type Result } from '../base/result.ts';
import type { Engine, RunReport } from '../engine/contract.ts';
import type { StepSpec } from '../notebook/steps/step-types.ts';
import type { AskedEngine } from '../profile/ask-columns.ts';
import { problemAsWritten } from '../run/bind-statement.ts';
import type { CellAnalysis } from '../run/notebook-analysis.ts';
import { upstreamProblem } from '../run/replay.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { CellRunner } from './cell-runner.svelte.ts';
import type { EngineHost } from './engine-host.svelte.ts';

interface PreviewParts {
  readonly board: Pick<CellBoard, 'analyzeBeside' | 'brokenRead' | 'cellNamed' | 'run'>;
  readonly runs: Pick<CellRunner, 'runReads'>;
  readonly host: Pick<EngineHost, 'ready' | 'guard'>;
}

interface MadePreview {
  readonly known: CellAnalysis | null;
  readonly ran: Result<RunReport>;
  /** Once it is aborted, nobody waits any more. */
  readonly signal: AbortSignal;
}

const STOPPED: Problem = { code: 'engine-cancelled', message: 'It was stopped before it was done.' };

/** What keeps a relation from being read as it stands: it did not run, or not since it changed. */
export function unfinishedRead(
  { board }: Pick<PreviewParts, 'board'>,
  names: readonly string[],
): Problem | null {
  const unfinished = names
    .flatMap((name) => board.cellNamed(name) ?? [])
    .find((cell) => board.run(cell.id).state !== 'done');
  if (!unfinished) return null;
  const { state } = board.run(unfinished.id);
  if (state === 'failed' || state === 'blocked') return upstreamProblem(unfinished.name);
  return {
    code: 'cell-not-run',
    message: `${unfinished.name}, which this reads, has not run as it stands.`,
    hint: `Run ${unfinished.name} first.`,
  };
}

/** Asks the engine only while somebody waits for the answer. */
export function askWhile(host: PreviewParts['host'], signal: AbortSignal): AskedEngine {
  async function ask<T>(question: (engine: Engine) => Promise<Result<T>>): Promise<Result<T>> {
    const ready = await host.ready();
    if (!ready.ok) return ready;
    return signal.aborted ? fail(STOPPED) : host.guard(question(ready.value));
  }
  return {
    describe: (request) => ask((engine) => engine.describe(request)),
    query: (request) => ask((engine) => engine.query(request)),
  };
}

export class PreviewTable {
  readonly #parts: PreviewParts;
  readonly #name: string;
  #wish = new AbortController();
  #mayExist = false;
  #dropped: Promise<void> = Promise.resolve();

  /** `name` is of the kind that belongs to Sluice: no cell can have or read it. */
  constructor(parts: PreviewParts, name: string) {
    this.#parts = parts;
    this.#name = name;
  }

  /**
   * Runs what the statement reads where that is not current, then the statement, in place of the one before.
   * `step`: what wrote the statement, if one did.
   * @returns null where it was abandoned meanwhile
   */
  async make(sql: string, step?: StepSpec): Promise<MadePreview | null> {
    this.abandon();
    const { signal } = this.#wish;
    const { board, runs } = this.#parts;
    await this.#dropped;
    if (signal.aborted) return null;
    const known = await board.analyzeBeside({ name: this.#name, sql, ...(step ? { step } : {}) });
    if (signal.aborted) return null;
    if (known?.problem == null) await runs.runReads(known?.reads ?? [], signal);
    const ran = await this.#run(known, sql, signal);
    return signal.aborted ? null : { known, ran, signal };
  }

  async #run(known: CellAnalysis | null, sql: string, signal: AbortSignal): Promise<Result<RunReport>> {
    const { board, host } = this.#parts;
    const ready = await host.ready();
    if (!ready.ok) return ready;
    if (signal.aborted) return fail(STOPPED);
    const obstacle =
      known?.problem ?? board.brokenRead(known) ?? unfinishedRead(this.#parts, known?.reads ?? []);
    if (obstacle) return fail(obstacle);
    const engine = ready.value;
    const runId = crypto.randomUUID();
    signal.addEventListener('abort', () => void engine.cancel({ id: runId }), { once: true });
    this.#mayExist = true;
    const bound = known?.bound;
    const ran = await host.guard(engine.run({ runId, sql: bound?.sql ?? sql, into: this.#name }));
    return ran.ok || !bound ? ran : fail(problemAsWritten(ran.error, sql, bound));
  }

  /** Nobody waits for it, or looks at it, any more. */
  abandon(): void {
    this.#wish.abort();
    this.#wish = new AbortController();
    if (this.#mayExist) this.#dropped = this.#drop();
    this.#mayExist = false;
  }

  async #drop(): Promise<void> {
    const ready = await this.#parts.host.ready();
    if (ready.ok) await ready.value.drop({ relation: this.#name });
  }
}
