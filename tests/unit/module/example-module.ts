// A real module, from a small notebook and file through engine and gate, with injected times.
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { unwrap } from '../../../src/lib/base/result.ts';
import { sha256Hex } from '../../../src/lib/base/sha256.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import type { Passed } from '../../../src/lib/gate/gate-types.ts';
import { padsOfKey } from '../../../src/lib/key/hmac-pads.ts';
import { buildModule } from '../../../src/lib/module/build.ts';
import type { ModuleRequest } from '../../../src/lib/module/build-request.ts';
import type { Module } from '../../../src/lib/module/module-types.ts';
import type { VersionDecision } from '../../../src/lib/module/version.ts';
import { completeNotebook } from '../../../src/lib/notebook/complete.ts';
import type { PublishSettings } from '../../../src/lib/notebook/notebook-types.ts';
import { parseNotebook } from '../../../src/lib/notebook/text-parse.ts';
import { scanMetadata } from '../../../src/lib/release/metadata-scan.ts';
import { exportFormats, judgeRelease } from '../../../src/lib/release/judge.ts';
import { replayNotebook } from '../../../src/lib/run/replay.ts';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { loadRegistry, openEngine } from '../../../src/headless/workbench.ts';

const CASE = new URL('../../golden/module/input/', import.meta.url);

export const FIRST: VersionDecision = {
  version: '1.0.0',
  change: 'first',
  reason: 'There is no earlier version.',
  previous: null,
};

/** A clock that moves one second with each look. */
export function tickingClock(): { readonly now: () => Date } {
  let seconds = 0;
  return { now: () => new Date(Date.UTC(2025, 0, 1, 12, 0, seconds++)) };
}

export interface Example {
  readonly engine: Engine;
  readonly request: ModuleRequest;
}

/** Everything up to the verdict, which must be `passed`. The caller disposes of the engine. */
export async function prepareExample(change: Partial<PublishSettings> = {}): Promise<Example> {
  const text = readFileSync(new URL('people.sluice.md', CASE), 'utf8');
  const path = fileURLToPath(new URL('people.csv', CASE));
  const registry = loadRegistry();
  const engine = unwrap(await openEngine(registry, 1));
  const parser = await createNodeParser();
  let ids = 0;
  const notebook = completeNotebook(unwrap(parseNotebook(text)), () => `cell-${ids++}`);
  const cell = notebook.cells.find((each) => each.kind === 'publish');
  if (cell === undefined) throw new Error('the example publishes nothing');
  const { id: _id, kind: _kind, ...written } = cell;
  const settings: PublishSettings = { ...written, ...change };
  const replay = unwrap(
    await replayNotebook(engine, {
      notebook,
      sources: { people: { handle: { path }, sha256: await sha256Hex(readFileSync(path)) } },
      pads: await padsOfKey(new TextEncoder().encode('example key')),
      parse: async (sql) => parser(sql),
      registry,
      effects: { ...tickingClock(), randomBytes: (length) => new Uint8Array(length) },
      targets: [settings.of],
    }),
  );
  const exported = unwrap(await exportFormats(engine, settings));
  const metadata = unwrap(
    await scanMetadata({ engine, replay, settings, notebookText: text, columns: exported.columns }),
  );
  const judged = unwrap(
    await judgeRelease({
      engine,
      replay,
      settings,
      policy: notebook.policy,
      registry,
      exported,
      metadata: metadata.report,
      goesTo: 'elsewhere',
    }),
  );
  if (judged.verdict.verdict !== 'passed') throw new Error(JSON.stringify(judged.verdict.findings, null, 2));
  const verdict: Passed = judged.verdict;
  return {
    engine,
    request: {
      verdict,
      data: exported.files.map(({ path: dataFile, format, bytes, rowCount }) => ({
        path: dataFile,
        format,
        bytes,
        rowCount,
      })),
      columns: exported.columns,
      settings,
      notebookTitle: notebook.title,
      notebookText: text,
      replay,
      lineage: judged.lineage,
      registry,
      version: FIRST,
      engineVersion: 'v1.5.6',
      appVersion: '0.1.0',
      actor: 'test',
      keyFingerprint: '0123456789abcdef',
      scan: metadata.scan,
    },
  };
}

export async function buildExample(request: ModuleRequest): Promise<Module> {
  return unwrap(await buildModule(request, { now: () => new Date('2025-01-02T03:04:05.000Z') }));
}

/** Rows of the last cell after a run of the notebook's text on the example's source. */
export async function replayText(text: string): Promise<readonly (readonly unknown[])[]> {
  const path = fileURLToPath(new URL('people.csv', CASE));
  const registry = loadRegistry();
  const engine = unwrap(await openEngine(registry, 1));
  const parser = await createNodeParser();
  let ids = 0;
  const replay = unwrap(
    await replayNotebook(engine, {
      notebook: completeNotebook(unwrap(parseNotebook(text)), () => `cell-${ids++}`),
      sources: { people: { handle: { path }, sha256: await sha256Hex(readFileSync(path)) } },
      pads: await padsOfKey(new TextEncoder().encode('example key')),
      parse: async (sql) => parser(sql),
      registry,
      effects: { ...tickingClock(), randomBytes: (length) => new Uint8Array(length) },
      targets: null,
    }),
  );
  const last = replay.cells.at(-1)?.name ?? '';
  const { rows } = unwrap(await engine.query({ sql: `SELECT * FROM ${last} ORDER BY ALL` }));
  await engine.dispose();
  return rows;
}
