// Info strings of fenced cells (`sql name=recent`): words and key=value pairs; knows nothing of what they mean.

export interface FenceInfo {
  /** First word as written, e.g. `sql`. */
  readonly word: string;
  readonly values: ReadonlyMap<string, string>;
  /** Everything after the first word, piece by piece as written. */
  readonly parts: readonly string[];
}

/** `key=value` or `key="value"`, the quoted value a JSON string. */
const PART = /[^\s"]*"(?:[^"\\]|\\.)*"|\S+/g;
const PAIR = /^([A-Za-z_][A-Za-z0-9_-]*)=(.*)$/s;

/** Splits an info string; of a repeated key the first counts. Never fails. */
export function readInfo(info: string): FenceInfo {
  const trimmed = info.trim();
  const word = /^\S*/.exec(trimmed)?.[0] ?? '';
  const parts = trimmed.slice(word.length).match(PART) ?? [];
  const values = new Map<string, string>();
  for (const part of parts) {
    const pair = PAIR.exec(part);
    if (pair && !values.has(pair[1] ?? '')) values.set(pair[1] ?? '', unquote(pair[2] ?? ''));
  }
  return { word, values, parts: [...parts] };
}

/** The parts that are not the pair `key`, joined by one space; empty where there are none. */
export function partsWithout(info: FenceInfo, key: string): string {
  const first = info.parts.findIndex((part) => PAIR.exec(part)?.[1] === key);
  return info.parts.filter((_, index) => index !== first).join(' ');
}

/** `key=value`, quoted where the value is not a plain word. */
export function writePair(key: string, value: string): string {
  return `${key}=${/^[^\s"\\`]+$/.test(value) ? value : JSON.stringify(value)}`;
}

/** The info string with the value of `key` replaced where it stands. */
export function replaceValue(info: string, key: string, value: string): string {
  const read = readInfo(info);
  const first = read.parts.findIndex((part) => PAIR.exec(part)?.[1] === key);
  const parts = read.parts.map((part, index) => (index === first ? writePair(key, value) : part));
  return [read.word, ...parts].join(' ');
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'string' ? parsed : value;
  } catch {
    return value;
  }
}
