// The engine's contract, once, over whatever binds DuckDB here; must not know workers, Node or the page.
import { fail, ProblemError, succeed, unwrap, type Problem, type Result } from '../../src/lib/base/result.ts';
import type { SavedFile, SaveRequest } from '../../src/lib/engine/save-types.ts';
import type {
  ColumnType,
  Engine,
  EngineInfo,
  ExportedFile,
  ExportRequest,
  HmacPads,
  ImportPreview,
  ImportReport,
  ImportRequest,
  OnProgress,
  OpenRequest,
  Page,
  PageRequest,
  PreviewRequest,
  ReadBackRequest,
  RunReport,
  RunRequest,
} from '../../src/lib/engine/contract.ts';
import { cellSelectList, readCells, readTextRows } from './cell-values.ts';
import type { DuckPort } from './duck-port.ts';
import { exportRelation } from './export/export-relation.ts';
import { saveRelation } from './export/save-relation.ts';
import { readBackFile } from './export/read-back.ts';
import { importFile, previewFile } from './import/import-file.ts';
import { lockDown, writePads } from './opening.ts';
import { describeFailure, type SqlOrigin } from './problems.ts';
import { describeTable, dropTable, MOST_ROWS, readPage, renameTable } from './relation.ts';
import { RunQueue, type JobWatch } from './run-queue.ts';
import { checkStatement, wrapAsSelect, wrapAsTable, type CheckedStatement } from './statement.ts';

export type MakePort = (request: OpenRequest) => Promise<DuckPort>;

const notOpen: Problem = {
  code: 'engine-closed',
  message: 'The engine is not open.',
  hint: 'Open it before using it; after closing, open a new one.',
};

function toProblem(error: unknown, origin?: SqlOrigin): Problem {
  return error instanceof ProblemError ? error.problem : describeFailure(error, origin);
}

async function attempt<T>(work: () => Promise<T>, origin?: SqlOrigin): Promise<Result<T>> {
  try {
    return succeed(await work());
  } catch (error) {
    return fail(toProblem(error, origin));
  }
}

/** An engine that makes its port when it is opened. */
export function createEngine(makePort: MakePort): Engine {
  return new DuckEngine(makePort);
}

class DuckEngine implements Engine {
  readonly #makePort: MakePort;
  readonly #queue = new RunQueue();
  #state: 'new' | 'opening' | 'open' | 'closed' = 'new';
  #port: DuckPort | null = null;

  constructor(makePort: MakePort) {
    this.#makePort = makePort;
  }

  async open(request: OpenRequest): Promise<Result<EngineInfo>> {
    if (this.#state !== 'new') {
      return fail({
        code: 'engine-open',
        message: 'The engine was opened before; it opens once.',
        hint: 'Create a new one.',
      });
    }
    this.#state = 'opening';
    const opened = await attempt(async () => {
      const port = await this.#makePort(request);
      this.#port = port;
      return lockDown(port, request);
    });
    if (this.#isClosed()) {
      await this.#port?.close();
      return fail(notOpen);
    }
    this.#state = opened.ok ? 'open' : 'closed';
    if (!opened.ok) await this.#port?.close();
    return opened;
  }

  setHmacPads(pads: HmacPads): Promise<Result<null>> {
    return this.#enqueue(null, (port) => writePads(port, pads).then(() => null));
  }

  preview(request: PreviewRequest): Promise<Result<ImportPreview>> {
    return this.#read((port) => previewFile(port, request, (work) => this.#inTurn(work)));
  }

  importFile(request: ImportRequest, onProgress?: OnProgress): Promise<Result<ImportReport>> {
    return this.#enqueue(request.importId, (port, watch) => importFile(port, request, watch, onProgress));
  }

  describe(request: {
    readonly relation: string;
  }): Promise<Result<{ columns: readonly ColumnType[]; rowCount: number }>> {
    return this.#read((port) => describeTable(port, request.relation));
  }

  run(request: RunRequest, onProgress?: OnProgress): Promise<Result<RunReport>> {
    return this.#enqueueResult(request.runId, async (port, watch) => {
      const started = performance.now();
      const checked = await this.#check(port, request.sql);
      if (!checked.ok) return checked;
      const wrapped = wrapAsTable(checked.value, request.into);
      return attempt(async () => {
        await port.execute(wrapped.text, { ...watch, onTick: (fraction) => onProgress?.({ fraction }) });
        const table = await describeTable(port, request.into);
        return { ...table, elapsedMs: performance.now() - started };
      }, wrapped.origin);
    });
  }

  async query(request: { readonly sql: string }): Promise<Result<Page>> {
    const port = this.#opened();
    if (port === null) return fail(notOpen);
    const checked = await this.#check(port, request.sql);
    if (!checked.ok) return checked;
    const bound = wrapAsSelect(
      checked.value,
      'SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ',
      ')',
    );
    const described = await attempt(async () => readTextRows(await port.query(bound.text)), bound.origin);
    if (!described.ok) return described;
    const columns = described.value.map((row) => ({ name: row[0] ?? '', type: row[1] ?? '' }));
    const wrapped = wrapAsSelect(
      checked.value,
      `SELECT ${cellSelectList(columns)} FROM `,
      ` LIMIT ${MOST_ROWS}`,
    );
    return attempt(async () => {
      const rows = readCells(await port.query(wrapped.text), columns);
      return { columns, offset: 0, rows };
    }, wrapped.origin);
  }

  page(request: PageRequest): Promise<Result<Page>> {
    return this.#read((port) => readPage(port, request));
  }

  drop(request: { readonly relation: string }): Promise<Result<null>> {
    return this.#enqueue(null, (port) => dropTable(port, request.relation).then(() => null));
  }

  rename({ relation, to }: { readonly relation: string; readonly to: string }): Promise<Result<null>> {
    return this.#enqueue(null, (port) => renameTable(port, relation, to).then(() => null));
  }

  async cancel(request: { readonly id: string }): Promise<void> {
    this.#queue.cancel(request.id);
  }

  export(request: ExportRequest): Promise<Result<ExportedFile>> {
    return this.#enqueue(null, (port) => exportRelation(port, request));
  }

  save(request: SaveRequest, onProgress?: OnProgress): Promise<Result<SavedFile>> {
    return this.#enqueue(request.saveId, (port, watch) => saveRelation(port, request, watch, onProgress));
  }

  readBack(request: ReadBackRequest): Promise<Result<{ columns: readonly ColumnType[]; rowCount: number }>> {
    return this.#enqueue(null, (port) => readBackFile(port, request));
  }

  async dispose(): Promise<void> {
    this.#state = 'closed';
    this.#queue.cancelAll();
    await this.#port?.close();
    this.#port = null;
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #opened(): DuckPort | null {
    return this.#state === 'open' ? this.#port : null;
  }

  #read<T>(work: (port: DuckPort) => Promise<T>): Promise<Result<T>> {
    const port = this.#opened();
    return port === null ? Promise.resolve(fail(notOpen)) : attempt(() => work(port));
  }

  /** @throws what `work` throws, or ProblemError where the engine was closed meanwhile */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return unwrap(await this.#enqueue(null, () => work()));
  }

  #enqueue<T>(id: string | null, work: (port: DuckPort, watch: JobWatch) => Promise<T>): Promise<Result<T>> {
    return this.#enqueueResult(id, (port, watch) => attempt(() => work(port, watch)));
  }

  async #enqueueResult<T>(
    id: string | null,
    work: (port: DuckPort, watch: JobWatch) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    if (this.#opened() === null) return fail(notOpen);
    return this.#queue.add(id, async (watch) => {
      const port = this.#opened();
      return port === null ? fail(notOpen) : work(port, watch);
    });
  }

  async #check(port: DuckPort, sql: string): Promise<Result<CheckedStatement>> {
    const tokens = await attempt(() => port.tokenize(sql));
    return tokens.ok ? checkStatement(sql, tokens.value) : tokens;
  }
}
