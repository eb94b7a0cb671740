// Leaves out of a comparison what is the same and far from any difference; must not know what is compared.
import type { ComparedLine } from '../../session/past-types.ts';

export interface ShownLine {
  readonly kind: ComparedLine['kind'] | 'gap';
  readonly text: string;
}

const CONTEXT = 3;

/** Three equal lines around each difference stay; longer stretches become one line that counts them. */
export function shortenLines(lines: readonly ComparedLine[]): readonly ShownLine[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((line) => line.kind !== 'same'),
  );
  const shown: ShownLine[] = [];
  let left = 0;
  lines.forEach((line, index) => {
    if (!isNear[index]) {
      left += 1;
      return;
    }
    if (left > 0) shown.push({ kind: 'gap', text: left === 1 ? '1 equal line' : `${left} equal lines` });
    left = 0;
    shown.push(line);
  });
  if (left > 0) shown.push({ kind: 'gap', text: left === 1 ? '1 equal line' : `${left} equal lines` });
  return shown;
}
