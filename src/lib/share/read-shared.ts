// Whether a value from outside has the form of a shared notebook, member by member; must not know where it came from.
import { fail, succeed, type Result } from '../base/result.ts';
import type { ColumnType } from '../engine/contract.ts';
import { nameFormProblem } from '../notebook/names.ts';
import type { ExpectedSource, SharedNotebook } from './share-types.ts';

const FORMAT = 'sluice-link/1';
const MOST_SOURCES = 1_000;
const MOST_COLUMNS = 20_000;
const LONGEST_NAME = 1_000;

class Refused extends Error {}

function refuse(what: string): never {
  throw new Refused(what);
}

function members(value: unknown, what: string, keys: readonly string[]): Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) refuse(`${what} is no object`);
  const entries = Object.entries(value);
  if (entries.length !== keys.length || !entries.every(([key]) => keys.includes(key)))
    refuse(`${what} has other members than ${keys.join(', ')}`);
  return Object.fromEntries(entries);
}

function textOf(value: unknown, what: string, longest = LONGEST_NAME): string {
  if (typeof value !== 'string' || value.length > longest) refuse(`${what} is no text of a fit length`);
  return value;
}

function listOf<T>(value: unknown, what: string, most: number, read: (item: unknown) => T): readonly T[] {
  if (!Array.isArray(value) || value.length > most) refuse(`${what} is no list of at most ${most}`);
  return value.map(read);
}

function readColumn(value: unknown): ColumnType {
  const { name, type } = members(value, 'a column', ['name', 'type']);
  return { name: textOf(name, 'the name of a column'), type: textOf(type, 'the type of a column') };
}

function readSource(value: unknown): ExpectedSource {
  const source = members(value, 'a source', ['name', 'file', 'columns']);
  const name = textOf(source['name'], 'the name of a source');
  const file = textOf(source['file'], 'the name of a file');
  if (nameFormProblem(name) !== null) refuse('the name of a source cannot be one');
  if (file === '' || /[/\\]/.test(file)) refuse('the name of a file is a path');
  return { name, file, columns: listOf(source['columns'], 'the columns', MOST_COLUMNS, readColumn) };
}

function readNotebook(value: unknown): SharedNotebook {
  const { format, text, sources } = members(value, 'the notebook', ['format', 'text', 'sources']);
  if (format !== FORMAT) refuse('the format is unknown');
  const read = listOf(sources, 'the sources', MOST_SOURCES, readSource);
  const names = new Set(read.map((source) => source.name.toLowerCase()));
  if (names.size !== read.length) refuse('two sources have one name');
  if (read.reduce((count, source) => count + source.columns.length, 0) > MOST_COLUMNS)
    refuse('there are too many columns');
  return { format: FORMAT, text: textOf(text, 'the text', Infinity), sources: read };
}

/** Fails with `share-link-form`. */
export function readShared(value: unknown): Result<SharedNotebook> {
  try {
    return succeed(readNotebook(value));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return fail({
      code: 'share-link-form',
      message: `What this link holds is no notebook as Sluice writes it: ${error.message}.`,
      hint: 'It was not opened. Ask whoever sent it for a new link.',
    });
  }
}
