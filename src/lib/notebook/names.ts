// Names of cells and sources: which are allowed, which are taken, which to propose; knows nothing of text or edits.
import { readInfo } from './fence-info.ts';
import type { CellSpec, NotebookSpec } from './notebook-types.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** Longest name, as in PostgreSQL's NAMEDATALEN - 1. */
const MAX_NAME_LENGTH = 63;

const PLAIN_IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Prefixes of Sluice's own relations and macro variables, and of JavaScript's `__proto__`. */
const OWN_PREFIXES = ['sluice_', '_sl_', '__'];

type Named = Pick<NotebookSpec, 'sources' | 'cells'>;

/** The form in which two names are the same name to the engine. */
export function foldName(name: string): string {
  return name.toLowerCase();
}

/** Name a cell defines, or null: SQL and chart cells by `name`, foreign ones by `name=` in their info string. */
export function nameOfCell(cell: CellSpec): string | null {
  if (cell.kind === 'sql' || cell.kind === 'chart') return cell.name ?? null;
  if (cell.kind === 'foreign') return readInfo(cell.info).values.get('name') ?? null;
  return null;
}

/** Every name in use, as written: sources first, then cells in order. */
export function namesOf(notebook: Named): readonly string[] {
  const cells = notebook.cells.map(nameOfCell).filter((name) => name !== null);
  return [...Object.keys(notebook.sources), ...cells];
}

/** Why `name` cannot name anything, in a sentence, or null. Does not look at what is taken. */
export function nameFormProblem(name: string): string | null {
  if (name === '') return 'A name is needed.';
  if (!PLAIN_IDENTIFIER.test(name)) {
    return 'A name has only the letters A to Z, digits and underscores, and does not start with a digit.';
  }
  if (name.length > MAX_NAME_LENGTH) return `A name has at most ${MAX_NAME_LENGTH} characters.`;
  const folded = foldName(name);
  if (RESERVED_WORDS.has(folded)) return `“${name}” is a word of SQL itself: choose another name.`;
  const prefix = OWN_PREFIXES.find((own) => folded.startsWith(own));
  return prefix === undefined ? null : `Names that start with “${prefix}” belong to Sluice: choose another.`;
}

/**
 * Why `name` cannot name a cell or source of this notebook, in a sentence, or null where it can.
 * `except` is the present name of what is being renamed.
 */
export function nameProblem(notebook: Named, name: string, except?: string): string | null {
  const formProblem = nameFormProblem(name);
  if (formProblem !== null) return formProblem;
  const folded = foldName(name);
  if (except !== undefined && foldName(except) === folded) return null;
  const isTaken = namesOf(notebook).some((taken) => foldName(taken) === folded);
  return isTaken ? `“${name}” is taken by another cell or source.` : null;
}

/** A free, valid name made from a file name: `Users 2024 (final).csv` → `users_2024_final`. */
export function proposeName(fileName: string, taken: Iterable<string>): string {
  const stem = fileName.replace(/(\.[A-Za-z0-9]{1,8}){1,2}$/, '') || fileName;
  const plain = stem
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, MAX_NAME_LENGTH - 6);
  const started = plain === '' ? 'source' : /^[0-9]/.test(plain) ? `t_${plain}` : plain;
  const base = nameFormProblem(started) === null ? started : `t_${started}`;
  return freeName(base, taken);
}

/** `base`, or `base_2`, `base_3`, … : the first that is not taken. */
export function freeName(base: string, taken: Iterable<string>): string {
  const folded = new Set(Array.from(taken, foldName));
  if (!folded.has(foldName(base))) return base;
  for (let number = 2; ; number++) {
    const name = `${base}_${number}`;
    if (!folded.has(foldName(name))) return name;
  }
}

/** Makes `cell_1`, `cell_2`, … in order, leaving out what is taken. */
export function cellNamer(taken: Iterable<string>): () => string {
  const folded = new Set(Array.from(taken, foldName));
  let number = 0;
  return () => {
    do number++;
    while (folded.has(`cell_${number}`));
    return `cell_${number}`;
  };
}
