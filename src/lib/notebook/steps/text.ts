// Steps over text: casing, blanks, accents, and reading numbers, dates and truth values out of it; must not know other steps.
import type { StepDefinition, StepFault, StepParameters, StepSpec } from './step-types.ts';
import { listWords, replaceColumns, StepReader, writeLiteral, writeName } from './write-sql.ts';

const CASES: Readonly<Record<string, string>> = {
  keep: 'as it is',
  lower: 'lower case',
  upper: 'UPPER CASE',
  title: 'Title Case',
  sentence: 'Sentence case',
};

function tidied(step: StepSpec, column: string): string {
  const read = new StepReader(step);
  const casing = read.text('case', 'keep');
  const macros = [
    ...(read.flag('trim', true) ? ['text_trim'] : []),
    ...(read.flag('unaccent') ? ['text_unaccent'] : []),
    ...(casing === 'keep' ? [] : [`text_${casing}`]),
    ...(read.flag('blank', true) ? ['null_if_blank'] : []),
  ];
  return macros.reduce((inner, macro) => `${macro}(${inner})`, writeName(column));
}

function parsed(step: StepSpec, column: string): string {
  const read = new StepReader(step);
  const name = writeName(column);
  const format = read.text('format');
  switch (read.text('as', 'number')) {
    case 'date':
      return format === ''
        ? `parse_date(${name})`
        : `CAST(try_strptime(CAST(${name} AS VARCHAR), ${writeLiteral(format)}) AS DATE)`;
    case 'boolean':
      return `parse_boolean(${name})`;
    default:
      return format === '' ? `parse_number(${name})` : `parse_number_with(${name}, ${writeLiteral(format)})`;
  }
}

function overColumns(expression: (step: StepSpec, column: string) => string): (step: StepSpec) => string {
  return (step) =>
    replaceColumns(
      step.of,
      new StepReader(step)
        .texts('column')
        .map((column) => ({ name: column, expression: expression(step, column) })),
    );
}

function parseFault({ as = 'number', format = '' }: StepParameters): StepFault | null {
  const isSign = ['', '.', ','].some((sign) => sign === format);
  if (as !== 'number' || isSign) return null;
  const what = '“format” of numbers must be their decimal sign';
  return { path: ['format'], what, hint: 'Write "." or ",", or leave it out.' };
}

export const TEXT_STEPS: readonly StepDefinition[] = [
  {
    kind: 'text',
    title: 'Tidy text',
    group: 'cleanse',
    keepsRows: true,
    purpose: 'Unifies casing and blanks of text.',
    parameters: [
      { name: 'column', form: 'columns', label: 'Columns', isRequired: true, family: 'text' },
      { name: 'case', form: 'choice', label: 'Casing', fallback: 'keep', choices: CASES },
      { name: 'trim', form: 'flag', label: 'Trim blanks, also several inside', fallback: true },
      { name: 'unaccent', form: 'flag', label: 'Take accents off', fallback: false },
      { name: 'blank', form: 'flag', label: 'Empty text becomes NULL', fallback: true },
    ],
    describe: (step) => {
      const read = new StepReader(step);
      const casing = read.text('case', 'keep');
      const what = casing === 'keep' ? 'blanks' : casing === 'title' ? 'title case' : `${casing} case`;
      return `Tidy ${listWords(read.texts('column'))} (${what})`;
    },
    writeSql: overColumns(tidied),
  },
  {
    kind: 'parse',
    title: 'Read text as numbers or dates',
    group: 'cleanse',
    keepsRows: true,
    purpose:
      'Turns text into numbers, dates or truth values. What cannot be read becomes NULL and is counted.',
    parameters: [
      { name: 'column', form: 'columns', label: 'Columns', isRequired: true, family: 'text' },
      {
        name: 'as',
        form: 'choice',
        label: 'Into',
        fallback: 'number',
        choices: { number: 'numbers', date: 'dates', boolean: 'true or false' },
      },
      {
        name: 'format',
        form: 'text',
        label: 'Format',
        help: 'For dates a strptime format such as %d.%m.%Y; for numbers the decimal sign, . or , alone.',
      },
    ],
    describe: (step) => {
      const read = new StepReader(step);
      const kinds: Readonly<Record<string, string>> = {
        number: 'numbers',
        date: 'dates',
        boolean: 'truth values',
      };
      return `Read ${listWords(read.texts('column'))} as ${kinds[read.text('as', 'number')] ?? 'numbers'}`;
    },
    fault: parseFault,
    writeSql: overColumns(parsed),
  },
];
