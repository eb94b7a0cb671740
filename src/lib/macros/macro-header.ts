// Reads the comment block atop a macro file into fields; must not know what the fields mean or what the SQL does.
import { fail, succeed, type Result } from '../base/result.ts';

export interface MacroHeader {
  /** First line, e.g. `mask_phone(v)`. */
  readonly title: string;
  /** Lower-case field name → text on one line. */
  readonly fields: ReadonlyMap<string, string>;
  /** Argument name → description, in the order written. */
  readonly arguments: ReadonlyMap<string, string>;
  /** What follows the comment block. */
  readonly body: string;
}

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'purpose',
  'arguments',
  'null',
  'example',
  'result',
  'version',
  'sensitivity',
  'shows',
  'shows-characters',
  'produces',
  'window',
  'notes',
]);

function splitComment(text: string): { readonly comment: readonly string[]; readonly body: string } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith('--'));
  const count = end === -1 ? lines.length : end;
  const comment = lines.slice(0, count).map((line) => line.slice(2).trimEnd());
  return { comment, body: lines.slice(count).join('\n').trim() };
}

interface OpenHeader {
  readonly fields: Map<string, string>;
  readonly arguments: Map<string, string>;
  /** Where a continuation line goes. */
  current: { readonly map: Map<string, string>; readonly key: string } | null;
}

function appendLine(header: OpenHeader, text: string): string | null {
  if (!header.current) return `the header line "${text}" belongs to no field`;
  const { map, key } = header.current;
  map.set(key, [map.get(key), text].filter(Boolean).join(' '));
  return null;
}

function startField(header: OpenHeader, key: string, value: string): string | null {
  if (!KNOWN_FIELDS.has(key)) return `the header field "${key}" is not known`;
  if (header.fields.has(key)) return `the header field "${key}" stands there twice`;
  header.fields.set(key, value);
  header.current = { map: header.fields, key };
  return null;
}

function readLine(header: OpenHeader, line: string): string | null {
  const field = /^ ([a-z-]+):(?: (.*))?$/.exec(line);
  if (field) return startField(header, field[1] ?? '', field[2]?.trim() ?? '');
  const argument = /^ {3}([a-z_][a-z0-9_]*): (.*)$/.exec(line);
  if (argument && header.fields.has('arguments') && isAmongArguments(header)) {
    const name = argument[1] ?? '';
    if (header.arguments.has(name)) return `the argument "${name}" is described twice`;
    header.arguments.set(name, argument[2]?.trim() ?? '');
    header.current = { map: header.arguments, key: name };
    return null;
  }
  return appendLine(header, line.trim());
}

function isAmongArguments(header: OpenHeader): boolean {
  return header.current?.map === header.arguments || header.current?.key === 'arguments';
}

/**
 * Fields stand at one blank behind the dashes (`-- purpose: …`), arguments and continued lines at three or more.
 * @returns `macro-header` where a line cannot be placed; the message names no file, the caller does.
 */
export function parseHeader(text: string): Result<MacroHeader, string> {
  const { comment, body } = splitComment(text);
  const [title = '', ...lines] = comment;
  if (title.trim() === '') return fail('the file does not begin with a comment that names the macro');
  const header: OpenHeader = { fields: new Map(), arguments: new Map(), current: null };
  for (const line of lines) {
    if (line.trim() === '') continue;
    const wrong = readLine(header, line);
    if (wrong !== null) return fail(wrong);
  }
  return succeed({ title: title.trim(), fields: header.fields, arguments: header.arguments, body });
}
