// What a cell's info string says of the cell itself, whatever its kind: folded, disabled; must not know how it is shown or run.
import { readInfo, writePair } from './fence-info.ts';
import { foldName, nameOfCell } from './names.ts';
import type { CellSpec, Notebook } from './notebook-types.ts';

/** What of a cell is folded away. */
export type CellFold = 'none' | 'text' | 'result' | 'all';

export interface FlagChange {
  readonly fold?: CellFold;
  readonly disabled?: boolean;
}

/** Attributes after what a cell's kind gives a meaning, as one info string; null for text cells, which have none. */
function attributesOf(cell: CellSpec): string | null {
  if (cell.kind === 'markdown') return null;
  return cell.kind === 'foreign' ? cell.info : `${cell.kind} ${cell.attributes ?? ''}`;
}

function partsOf(cell: CellSpec): readonly string[] {
  const attributes = attributesOf(cell);
  return attributes === null ? [] : readInfo(attributes).parts;
}

/** False for text cells: their form has no place for flags. */
export function hasFlags(cell: CellSpec): boolean {
  return cell.kind !== 'markdown';
}

/** `fold`, or `fold=text`, `fold=result`; another value folds nothing. */
export function foldOf(cell: CellSpec): CellFold {
  const parts = partsOf(cell);
  if (parts.includes('fold')) return 'all';
  const value = readInfo(`x ${parts.join(' ')}`).values.get('fold');
  return value === 'all' || value === 'text' || value === 'result' ? value : 'none';
}

/** `disabled` as a word of its own. */
export function isDisabled(cell: CellSpec): boolean {
  return partsOf(cell).includes('disabled');
}

function isFlag(part: string, flag: string): boolean {
  return part === flag || part.startsWith(`${flag}=`);
}

/** The cell with its flags changed; the same object where nothing changes, or where it has no place for them. */
export function withFlags<T extends CellSpec>(cell: T, { fold, disabled }: FlagChange): T {
  const isSame =
    (fold === undefined || fold === foldOf(cell)) &&
    (disabled === undefined || disabled === isDisabled(cell));
  if (cell.kind === 'markdown' || isSame) return cell;
  const nextFold = fold ?? foldOf(cell);
  const nextDisabled = disabled ?? isDisabled(cell);
  const parts = [
    ...partsOf(cell).filter((part) => !isFlag(part, 'fold') && !isFlag(part, 'disabled')),
    ...(nextFold === 'none' ? [] : [nextFold === 'all' ? 'fold' : writePair('fold', nextFold)]),
    ...(nextDisabled ? ['disabled'] : []),
  ];
  if (cell.kind === 'foreign') return { ...cell, info: [readInfo(cell.info).word, ...parts].join(' ') };
  const { attributes: _, ...bare } = cell;
  return { ...bare, ...(parts.length === 0 ? {} : { attributes: parts.join(' ') }) } as T;
}

/** Lower-case names of the cells that are disabled. */
export function disabledNames(notebook: Pick<Notebook, 'cells'>): ReadonlySet<string> {
  return new Set(
    notebook.cells.flatMap((cell) => {
      const name = isDisabled(cell) ? nameOfCell(cell) : null;
      return name === null ? [] : [foldName(name)];
    }),
  );
}
