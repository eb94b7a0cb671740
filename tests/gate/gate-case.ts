// A publication as the cases write it down, judged exactly as the app judges it; must not know what the cases expect.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { sha256Hex } from '../../src/lib/base/sha256.ts';
import { succeed, unwrap, type Problem, type Result } from '../../src/lib/base/result.ts';
import type { Engine } from '../../src/lib/engine/contract.ts';
import type { Finding } from '../../src/lib/gate/gate-types.ts';
import { padsOfKey } from '../../src/lib/key/hmac-pads.ts';
import { completeNotebook } from '../../src/lib/notebook/complete.ts';
import { nameOfCell } from '../../src/lib/notebook/names.ts';
import type { PublishSettings } from '../../src/lib/notebook/notebook-types.ts';
import { parseNotebook } from '../../src/lib/notebook/text-parse.ts';
import { buildReleaseModule, prepareRelease, type Release } from '../../src/lib/release/release.ts';
import type { BoundSource } from '../../src/lib/run/replay.ts';
import { createNodeParser } from '../../src/headless/parse-sql.ts';
import { loadRegistry, openEngine } from '../../src/headless/workbench.ts';

type Front = Readonly<Record<string, unknown>> & { readonly sources?: Readonly<Record<string, unknown>> };

/** What every case of a file shares, unless it says otherwise. */
export interface GateSetting {
  /** Source name to file, beside this module or in `tests/data`. */
  readonly files: Readonly<Record<string, string>>;
  /** Members of the notebook's front matter. */
  readonly front: Front;
}

export interface GateCase {
  /** SQL by cell name; `safe` is published unless `publish.of` says otherwise. */
  readonly cells?: Readonly<Record<string, string>>;
  /** Shorthand for a notebook of one cell. */
  readonly safe?: string;
  readonly front?: Front;
  /** Members of the publish cell. */
  readonly publish?: Readonly<Record<string, unknown>>;
  /** Further cells as the notebook's text writes them. */
  readonly text?: string;
  /** Texts that may stand in no file of the module, if one comes to be. */
  readonly keptOut?: readonly string[];
}

export interface Judgement {
  /** Why the notebook came to no verdict: a cell was refused or failed. */
  readonly refused: Problem | null;
  readonly findings: readonly Finding[];
  /** Those of `keptOut` that stand in the module; empty where none came to be. */
  readonly leaked: readonly string[];
}

const registry = loadRegistry();
const parse = await createNodeParser();
const pads = await padsOfKey(new TextEncoder().encode('key of the cases'));

function pathOf(file: string): string {
  const folder = file.includes('/') ? '../data/' : './tables/';
  return fileURLToPath(new URL(folder + file.replace(/^data\//, ''), import.meta.url));
}

/** Sources that no cell names would be imported and looked through for nothing. */
function namedSources(
  sources: Readonly<Record<string, unknown>>,
  written: string,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(sources).filter(([name]) => new RegExp(`\\b${name}\\b`).test(written)),
  );
}

export function notebookOf(setting: GateSetting, each: GateCase): string {
  const front = { sluice: 1, title: 'Case', ...setting.front, ...each.front };
  const sources = namedSources(
    front.sources ?? {},
    JSON.stringify([each.cells, each.safe, each.text, each.publish]),
  );
  const cells = Object.entries(each.cells ?? (each.safe === undefined ? {} : { safe: each.safe }));
  const fences = cells.map(([name, sql]) => `\`\`\`sql name=${name}\n${sql.trim()}\n\`\`\``);
  const { of = 'safe', ...publish } = { namespace: 'cases', module: 'case', ...each.publish };
  return [
    `---\n${stringify({ ...front, sources })}---`,
    ...fences,
    ...(each.text === undefined ? [] : [each.text.trim()]),
    `\`\`\`publish of=${String(of)}\n${stringify({ formats: ['parquet', 'csv'], ...publish })}\`\`\``,
  ].join('\n\n');
}

let shared: Promise<Result<Engine>> | null = null;

/** One engine serves all cases, since making one takes longer than most of them: what a case made is dropped after it. */
async function emptiedEngine(made: readonly string[]): Promise<Result<Engine>> {
  const opened = await (shared ??= openEngine(registry, 1));
  if (!opened.ok) return opened;
  const engine = opened.value;
  const empty = async (): Promise<void> => {
    for (const relation of made) await engine.drop({ relation });
  };
  const bound = (key: string | symbol): unknown => {
    const member: unknown = Reflect.get(engine, key);
    return typeof member === 'function' ? (member.bind(engine) as unknown) : member;
  };
  return succeed(new Proxy(engine, { get: (_, key) => (key === 'dispose' ? empty : bound(key)) }));
}

async function boundSources(files: GateSetting['files']): Promise<Record<string, BoundSource>> {
  const bound = Object.entries(files).map(async ([name, file]) => {
    const path = pathOf(file);
    return [name, { handle: { path }, sha256: await sha256Hex(readFileSync(path)) }] as const;
  });
  return Object.fromEntries(await Promise.all(bound));
}

const FIRST = {
  version: '1.0.0',
  change: 'first',
  reason: 'There is no earlier version.',
  previous: null,
} as const;

async function leakedOf(release: Release, keptOut: readonly string[]): Promise<readonly string[]> {
  if (keptOut.length === 0 || release.verdict.verdict !== 'passed') return [];
  const { files } = unwrap(await buildReleaseModule({ ...release, version: FIRST }));
  const texts = files.flatMap(({ path, bytes }) => [path, Buffer.from(bytes).toString('latin1')]);
  return keptOut.filter((text) => texts.some((held) => held.includes(text)));
}

/** @throws ProblemError where the case's own text is no notebook. */
export async function judgeCase(setting: GateSetting, each: GateCase): Promise<Judgement> {
  const notebookText = notebookOf(setting, each);
  let ids = 0;
  const notebook = completeNotebook(unwrap(parseNotebook(notebookText)), () => `cell-${ids++}`);
  const cell = notebook.cells.find((candidate) => candidate.kind === 'publish');
  if (cell === undefined) throw new Error('The case publishes nothing.');
  const { id: _id, kind: _kind, ...settings } = cell;
  const used = new Set(Object.keys(notebook.sources));
  const files = Object.fromEntries(Object.entries(setting.files).filter(([name]) => used.has(name)));
  const prepared = await prepareRelease({
    notebook,
    sources: await boundSources(files),
    pads,
    parse: (sql) => Promise.resolve(parse(sql)),
    registry,
    effects: { now: () => new Date(Date.UTC(2025, 0, 1)), randomBytes: (length) => new Uint8Array(length) },
    settings: settings satisfies PublishSettings,
    notebookText,
    keyFingerprint: null,
    appVersion: 'cases',
    actor: 'cases',
    versions: null,
    goesTo: 'elsewhere',
    openEngine: () => emptiedEngine([...used, ...notebook.cells.flatMap((each) => nameOfCell(each) ?? [])]),
  });
  if (!prepared.ok) return { refused: prepared.error, findings: [], leaked: [] };
  const { findings } = prepared.value.verdict;
  const leaked = await leakedOf(prepared.value, each.keptOut ?? []);
  await prepared.value.dispose();
  return { refused: null, findings, leaked };
}
