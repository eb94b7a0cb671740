// Turns what a person filled in into a declaration, or says what is missing; must not know the form.
import type { Sensitivity } from '../../base/sensitivity-level.ts';
import type { ColumnDeclaration } from '../../notebook/notebook-types.ts';
import type { SourceColumnView } from '../../session/source-view-types.ts';
import { isLowered } from './evidence-words.ts';

/** The form as it stands; an empty `level` means: as found. */
export interface DeclarationForm {
  readonly level: Sensitivity | '';
  readonly label: string;
  readonly meaning: string;
  readonly reason: string;
}

export function readDeclaration(column: SourceColumnView): DeclarationForm {
  const { declared } = column;
  return {
    level: declared?.sensitivity ?? '',
    label: declared?.label ?? '',
    meaning: declared?.meaning ?? '',
    reason: declared?.reason ?? '',
  };
}

/** Whether the chosen level is below what was found. */
export function needsReason(column: SourceColumnView, form: DeclarationForm): boolean {
  return form.level !== '' && isLowered(column.finding?.sensitivity ?? null, form.level);
}

/** The declaration, or null where nothing is declared. Members that stand empty are left out. */
export function writeDeclaration(column: SourceColumnView, form: DeclarationForm): ColumnDeclaration | null {
  const entity = column.declared?.entity;
  const declaration: ColumnDeclaration = {
    ...(form.level === '' ? {} : { sensitivity: form.level }),
    ...(entity ? { entity } : {}),
    ...(form.label.trim() ? { label: form.label.trim() } : {}),
    ...(form.meaning.trim() ? { meaning: form.meaning.trim() } : {}),
    ...(needsReason(column, form) ? { reason: form.reason.trim() } : {}),
  };
  return Object.keys(declaration).length > 0 ? declaration : null;
}
