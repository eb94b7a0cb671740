// What is open over a notebook: dialogs and previews that must not outlive it.
import type { CheckDesk } from './check-desk.svelte.ts';
import type { PastDesk } from './past-desk.svelte.ts';
import type { InputDesk } from './input-desk.svelte.ts';
import type { SaveDesk } from './save-desk.svelte.ts';
import type { StatementDesk } from './statement-desk.svelte.ts';
import type { StepDesk } from './step-desk.svelte.ts';

export interface OpenForms {
  readonly checks: Pick<CheckDesk, 'clear'>;
  readonly steps: Pick<StepDesk, 'close'>;
  readonly inputs: Pick<InputDesk, 'close'>;
  readonly saving: Pick<SaveDesk, 'close'>;
  readonly past: Pick<PastDesk, 'forget' | 'flush'>;
  readonly statements: Pick<StatementDesk, 'closePreview'>;
}

export function closeForms({ checks, steps, inputs, saving, past, statements }: OpenForms): void {
  checks.clear();
  steps.close();
  inputs.close();
  saving.close();
  past.forget();
  statements.closePreview();
}
