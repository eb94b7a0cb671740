// What the XML of a sheet says beyond its values (ECMA-376 Part 1, 18.3 and 18.8): durations, and formulas that nobody calculated; must not know tables.
import { DuckCancelled } from '../duck-port.ts';
import type { CellRange } from './excel-range.ts';
import { columnNumber } from './excel-range.ts';
import { listZip, unpackMember, type ZipMember } from './zip-directory.ts';

export interface SheetMarks {
  /** Days of the cells that are shown as durations (`[h]:mm`), by row as the spreadsheet counts and column from 0. */
  readonly durations: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** Rows of the formulas without a stored value, by column from 0. */
  readonly uncalculated: ReadonlyMap<number, readonly number[]>;
}

export const NO_MARKS: SheetMarks = { durations: new Map(), uncalculated: new Map() };

const ELAPSED = /\[(?:h+|m+|s+)\]/i;
/** `[h]:mm:ss`, built in. */
const BUILT_IN_ELAPSED = 46;
const CELL = /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex as string, 16));
    return ENTITIES[name as string] ?? whole;
  });
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found ? unescape(found[1] ?? found[2] ?? '') : null;
}

function tagsOf(xml: string, name: string): readonly string[] {
  return xml.match(new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>`, 'g')) ?? [];
}

/** Places in `cellXfs` whose format is that of a duration. */
function elapsedStyles(styles: string): ReadonlySet<number> {
  const elapsed = new Set([BUILT_IN_ELAPSED]);
  for (const tag of tagsOf(styles, 'numFmt'))
    if (ELAPSED.test(attribute(tag, 'formatCode') ?? '')) elapsed.add(Number(attribute(tag, 'numFmtId')));
  const formats = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(styles)?.[0] ?? '';
  return new Set(
    tagsOf(formats, 'xf').flatMap((tag, index) =>
      elapsed.has(Number(attribute(tag, 'numFmtId'))) ? [index] : [],
    ),
  );
}

function sheetPath(workbook: string, relations: string, sheet: string): string | null {
  const tag = tagsOf(workbook, 'sheet').find((each) => attribute(each, 'name') === sheet);
  const id = tag === undefined ? null : attribute(tag, '(?:\\w+:)?id');
  const target = tagsOf(relations, 'Relationship').find((each) => attribute(each, 'Id') === id);
  const path = target === undefined ? null : attribute(target, 'Target');
  if (path === null) return null;
  return path.startsWith('/') ? path.slice(1) : `xl/${path}`;
}

class MarkScan {
  readonly durations = new Map<number, Map<number, number>>();
  readonly uncalculated = new Map<number, number[]>();
  readonly #elapsed: ReadonlySet<number>;
  readonly #range: CellRange;

  constructor(elapsed: ReadonlySet<number>, range: CellRange) {
    this.#elapsed = elapsed;
    this.#range = range;
  }

  /** Whole cells only. */
  read(xml: string): void {
    if (this.#elapsed.size === 0 && !/<(?:\w+:)?f\b/.test(xml)) return;
    for (const [, tag = '', content = ''] of xml.matchAll(CELL)) this.#readCell(` ${tag}`, content);
  }

  #readCell(tag: string, content: string): void {
    const style = this.#elapsed.size === 0 ? null : attribute(tag, 's');
    const isElapsed = style !== null && this.#elapsed.has(Number(style));
    const isFormula = /<(?:\w+:)?f\b/.test(content);
    if (!isElapsed && !isFormula) return;
    const place = /^([A-Z]{1,3})(\d{1,7})$/.exec(attribute(tag, 'r') ?? '');
    if (place === null) return;
    const [row, column] = [Number(place[2]), columnNumber(place[1] ?? '')];
    const { firstRow, lastRow, firstColumn, lastColumn } = this.#range;
    if (row - 1 < firstRow || row - 1 > lastRow || column < firstColumn || column > lastColumn) return;
    const value = /<(?:\w+:)?v\b[^>]*>([^<]+)</.exec(content)?.[1] ?? null;
    if (isFormula && value === null && !/<(?:\w+:)?(?:is|v)\b/.test(content))
      this.uncalculated.set(column, [...(this.uncalculated.get(column) ?? []), row]);
    const days = Number(value ?? Number.NaN);
    if (!isElapsed || attribute(tag, 't') === 's' || !Number.isFinite(days)) return;
    const inRow = this.durations.get(row) ?? new Map<number, number>();
    this.durations.set(row, inRow.set(column, days));
  }
}

/**
 * @param mostBytes of any part of the workbook, unpacked.
 * @throws ProblemError as `unpackMember` does; DuckCancelled
 */
export async function readMarks(
  blob: Blob,
  sheet: string,
  range: CellRange,
  mostBytes: number,
  isCancelled: () => boolean,
): Promise<SheetMarks> {
  const members = new Map<string, ZipMember>();
  for (const member of await listZip(blob)) members.set(member.name.toLowerCase(), member);
  const textOf = async (path: string): Promise<string> => {
    const member = members.get(path.toLowerCase());
    return member ? (await unpackMember(blob, member, mostBytes, isCancelled)).text() : '';
  };
  const path = sheetPath(await textOf('xl/workbook.xml'), await textOf('xl/_rels/workbook.xml.rels'), sheet);
  const member = path === null ? undefined : members.get(path.toLowerCase());
  if (member === undefined) return NO_MARKS;
  const scan = new MarkScan(elapsedStyles(await textOf('xl/styles.xml')), range);
  const unpacked = await unpackMember(blob, member, mostBytes, isCancelled);
  const reader = unpacked.stream().pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (isCancelled()) throw new DuckCancelled();
    rest += next.value;
    const end = rest.lastIndexOf('</row>') + 1 || rest.lastIndexOf(':row>') + 1;
    if (end === 0) continue;
    scan.read(rest.slice(0, end));
    rest = rest.slice(end);
  }
  scan.read(rest);
  return scan;
}

/** `30:00:00`, `-6:00:00`, `0:00:01.500`: hours count on beyond a day. */
export function durationText(days: number): string {
  const milliseconds = Math.round(Math.abs(days) * 86_400_000);
  const [seconds, fraction] = [Math.floor(milliseconds / 1_000), milliseconds % 1_000];
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const sign = days < 0 && milliseconds > 0 ? '-' : '';
  return `${sign}${clock}${fraction === 0 ? '' : `.${String(fraction).padStart(3, '0')}`}`;
}
