// What a cell is called where there is room for a few words; must not know how cells are shown.
import type { Cell } from '../../notebook/notebook-types.ts';

/** The name of a SQL cell, the first words of a text, the module of a publish cell. */
export function describeCell(cell: Cell): string {
  switch (cell.kind) {
    case 'sql':
      return cell.name;
    case 'publish':
      return cell.namespace && cell.module ? `Publish ${cell.namespace}/${cell.module}` : 'Publish';
    case 'check':
      return `Checks of ${cell.of}`;
    case 'chart':
      return cell.title ?? `Chart of ${cell.of}`;
    case 'foreign':
      return cell.info;
    case 'markdown':
      return firstWords(cell.text);
  }
}

function firstWords(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  const words = line
    .replace(/^\s*(#{1,6}|[-*+>]|\d+\.)\s+/, '')
    .replace(/[*_`]/g, '')
    .trim();
  return words || 'Empty text';
}
