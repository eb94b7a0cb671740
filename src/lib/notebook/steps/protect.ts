// Steps that hide: masks, keyed hashes, coarser values; must not know how sensitive a column is.
import type { StepDefinition, StepSpec } from './step-types.ts';
import { listWords, replaceColumns, StepReader, writeLiteral, writeName } from './write-sql.ts';

const MASKS: Readonly<Record<string, string>> = {
  mask_email: '*****@example.com',
  mask_phone: '***-***-1234',
  mask_card: '**** **** **** 1234',
  mask_name: 'initials',
  mask_ip: 'without its last part',
  mask_url: 'host only',
  mask_iban: 'country and last four',
  mask_ssn: '***-**-1234',
  redact: '[REDACTED]',
};

/** What the argument of a generalizing macro means, and what it is where none is given. */
const COARSER: Readonly<
  Record<string, { readonly words: string; readonly argument: string | number | null }>
> = {
  bucket_number: { words: 'ranges of a width', argument: 10 },
  bucket_age: { words: 'age groups of ten years', argument: null },
  truncate_date: { words: 'start of year, month, …', argument: 'year' },
  round_to: { words: 'rounded to a step', argument: 10 },
  top_code: { words: 'at most', argument: 100 },
  bottom_code: { words: 'at least', argument: 0 },
  generalize_zip3: { words: 'first three digits of a postcode', argument: null },
};

function apply(step: StepSpec, call: (column: string) => string): string {
  const columns = new StepReader(step).texts('column');
  return replaceColumns(
    step.of,
    columns.map((name) => ({ name, expression: call(writeName(name)) })),
  );
}

function generalized(step: StepSpec, column: string): string {
  const read = new StepReader(step);
  const macro = read.text('macro');
  const fallback = COARSER[macro]?.argument ?? null;
  if (fallback === null) return `${macro}(${column})`;
  const argument = read.has('argument') ? read.value('argument') : fallback;
  return `${macro}(${column}, ${writeLiteral(argument)})`;
}

const common = { group: 'protect', keepsRows: true } as const;
const COLUMNS = { name: 'column', form: 'columns', label: 'Columns', isRequired: true } as const;

export const PROTECT_STEPS: readonly StepDefinition[] = [
  {
    ...common,
    kind: 'hash',
    title: 'Hash with the project key',
    purpose:
      'Replaces values by tokens (HMAC-SHA256): equal values stay equal, and only the key links them back.',
    parameters: [COLUMNS],
    describe: (step) => `Hash ${listWords(new StepReader(step).texts('column'))}`,
    writeSql: (step) => apply(step, (column) => `hmac_sha256(${column})`),
  },
  {
    ...common,
    kind: 'mask',
    title: 'Mask',
    purpose: 'Shows a part of the value and hides the rest.',
    parameters: [
      { ...COLUMNS, family: 'text' },
      { name: 'macro', form: 'choice', label: 'As', isRequired: true, choices: MASKS },
    ],
    describe: (step) => {
      const read = new StepReader(step);
      const isRedacted = read.text('macro') === 'redact';
      return `${isRedacted ? 'Redact' : 'Mask'} ${listWords(read.texts('column'))}`;
    },
    writeSql: (step) => apply(step, (column) => `${new StepReader(step).text('macro')}(${column})`),
  },
  {
    ...common,
    kind: 'generalize',
    title: 'Generalize',
    purpose: 'Makes values coarser, so that several people share one.',
    parameters: [
      COLUMNS,
      {
        name: 'macro',
        form: 'choice',
        label: 'To',
        isRequired: true,
        choices: Object.fromEntries(Object.entries(COARSER).map(([macro, { words }]) => [macro, words])),
      },
      {
        name: 'argument',
        form: 'value',
        label: 'Width, step, limit or date part',
        onlyWhere: {
          name: 'macro',
          values: Object.entries(COARSER).flatMap(([macro, { argument }]) =>
            argument === null ? [] : [macro],
          ),
        },
      },
    ],
    describe: (step) => `Generalize ${listWords(new StepReader(step).texts('column'))}`,
    writeSql: (step) => apply(step, (column) => generalized(step, column)),
  },
];
