// What of a release's texts and names are values of people in its sources, asked of the sources themselves; must not know documents.
import { fail, succeed, type Result } from '../base/result.ts';
import type { Engine } from '../engine/contract.ts';
import type { MetadataReport, PlacedFinding } from '../gate/gate-input.ts';
import { cleanNotebook } from '../module/clean-notebook.ts';
import { cleanSpec } from '../metadata/clean-spec.ts';
import { RedactionLog } from '../metadata/redaction-log.ts';
import { isValueName, type ScanText } from '../metadata/sql-literals.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { PublishSettings } from '../notebook/notebook-types.ts';
import { parseNotebook } from '../notebook/text-parse.ts';
import type { Replay } from '../run/replay.ts';
import { detectText } from '../sensitivity/detect-text.ts';
import type { TextSpan } from '../sensitivity/sensitivity-types.ts';
import {
  CandidateList,
  KnownValueList,
  questionFor,
  spreadName,
  type AskedColumn,
} from '../share/known-values.ts';

export interface MetadataScan {
  /** The recognizers, and the values of direct and secret columns. */
  readonly scan: ScanText;
  readonly report: MetadataReport;
}

interface ScanRequest {
  readonly engine: Engine;
  readonly replay: Pick<Replay, 'sources' | 'cells' | 'levels'>;
  readonly settings: PublishSettings;
  readonly notebookText: string;
  readonly columns: readonly ColumnType[];
}

interface PlacedName {
  readonly where: string;
  readonly name: string;
}

/** Names that stand in a module as they are. */
function namesOf({ replay, settings, columns }: ScanRequest): readonly PlacedName[] {
  const named = (where: string, names: readonly string[]): readonly PlacedName[] =>
    names.map((name) => ({ where, name }));
  return [
    ...named('the namespace', [settings.namespace]),
    ...named('the module', [settings.module]),
    ...named(
      'a source',
      replay.sources.map(({ name }) => name),
    ),
    ...named(
      'a cell',
      replay.cells.map(({ name }) => name),
    ),
    ...named(
      'a published column',
      columns.map(({ name }) => name),
    ),
  ];
}

/** The columns whose values name a person or are secret. */
function askedColumns(replay: ScanRequest['replay'], source: string): readonly AskedColumn[] {
  const columns = replay.sources.find(({ name }) => name === source)?.report.columns ?? [];
  return columns.flatMap(({ name, type }) => {
    const level = replay.levels.find(
      (each) => each.relation.toLowerCase() === source.toLowerCase() && each.column === name,
    );
    const sensitivity = level?.sensitivity ?? 'none';
    return sensitivity === 'direct' || sensitivity === 'secret'
      ? [{ name, type, sensitivity, column: `${source}.${name}`, entity: level?.entity ?? null }]
      : [];
  });
}

async function askSources(request: ScanRequest, list: CandidateList): Promise<Result<KnownValueList>> {
  const known = new KnownValueList();
  const { candidates } = list;
  for (const { name } of request.replay.sources) {
    const columns = askedColumns(request.replay, name);
    const sql = questionFor(name, columns, candidates);
    if (sql === null) continue;
    const answer = await request.engine.query({ sql });
    if (!answer.ok) return fail(answer.error);
    known.add(columns, candidates, answer.value);
  }
  return succeed(known);
}

/** A single word (`Mark`, `Rose`) is in many a text without meaning a person; of several words or with digits it is a value. */
function isTelling(text: string): boolean {
  return /[\s\d@]/.test(text.trim());
}

function knownScan(known: KnownValueList): ScanText {
  return (text) => {
    const whole = text.trim() === '' ? null : known.literal(text);
    if (whole !== null) return [{ start: 0, end: text.length, entity: whole.entity ?? 'VALUE', score: 1 }];
    return known
      .spans(text)
      .filter(({ start, end }) => isTelling(text.slice(start, end)))
      .map(({ start, end, entity, score }) => ({ start, end, entity, score }));
  };
}

/** In the order of the text, the longer of two that overlap. */
function merged(spans: readonly TextSpan[]): readonly TextSpan[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: TextSpan[] = [];
  for (const span of sorted) if (span.start >= (apart.at(-1)?.end ?? 0)) apart.push(span);
  return apart;
}

function findInNames(names: readonly PlacedName[], known: ScanText): readonly PlacedFinding[] {
  return names.flatMap(({ where, name }) => {
    const [value] = known(name)
      .concat(known(spreadName(name)))
      .filter(() => isTelling(spreadName(name)));
    const [recognized] = isValueName(name, detectText) ? detectText(name) : [];
    const found = value ?? recognized;
    return found === undefined ? [] : [{ where, entity: found.entity, count: 1 }];
  });
}

/**
 * Holds every text and name of the release against the recognizers and against the raw values of its sources.
 * Fails with the engine's problem where a source could not be asked, and with `module-notebook`.
 */
export async function scanMetadata(request: ScanRequest): Promise<Result<MetadataScan>> {
  const parsed = parseNotebook(request.notebookText);
  if (!parsed.ok) return parsed;
  const names = namesOf(request);
  const list = new CandidateList();
  cleanSpec(parsed.value, list);
  for (const { where, name } of names) {
    list.name(where, name);
    list.file(where, name);
  }
  const known = await askSources(request, list);
  if (!known.ok) return known;
  const knownSpans = knownScan(known.value);
  const scan: ScanText = (text) => merged([...detectText(text), ...knownSpans(text)]);
  const log = new RedactionLog(scan);
  const cleaned = cleanNotebook(request.notebookText, log);
  if (!cleaned.ok) return cleaned;
  return succeed({
    scan,
    report: {
      names: findInNames(names, knownSpans),
      removed: log.entries().filter(({ entity }) => entity !== 'FILE_NAME'),
      isPartial: list.isFull,
    },
  });
}
