// Kinds of checks as a form shows them: by what they look at, with their settings; must not know forms or outcomes.
import { CHECK_FORMS, formOfCheck, parametersOf } from '../notebook/check-kinds.ts';
import type { CheckForm, CheckKind, ParameterForm } from '../notebook/check-kinds.ts';

const SCOPE_WORDS: Readonly<Record<CheckForm['scope'], string>> = {
  rows: 'Each row',
  figure: 'One figure of all rows',
  schema: 'The columns themselves',
};

/** Kinds by what they look at. */
export const KIND_GROUPS: readonly { readonly words: string; readonly kinds: readonly CheckKind[] }[] = (
  Object.keys(SCOPE_WORDS) as CheckForm['scope'][]
).map((scope) => ({
  words: SCOPE_WORDS[scope],
  kinds: (Object.keys(CHECK_FORMS) as CheckKind[]).filter((kind) => formOfCheck(kind).scope === scope),
}));

export interface FormField {
  readonly key: string;
  readonly form: ParameterForm;
  readonly isRequired: boolean;
}

/** The settings of a kind: its own, and those that most kinds have. */
export function fieldsOfKind(kind: CheckKind): {
  readonly own: readonly FormField[];
  readonly common: readonly FormField[];
} {
  const { required, optional = {} } = formOfCheck(kind);
  const all = Object.entries(parametersOf(kind)).map(([key, form]) => ({
    key,
    form,
    isRequired: Object.hasOwn(required, key),
  }));
  const isOwn = ({ key, isRequired }: FormField): boolean => isRequired || Object.hasOwn(optional, key);
  return { own: all.filter(isOwn), common: all.filter((field) => !isOwn(field)) };
}
