// Steps that turn categories into numbers; must not know what else a step can do.
import type { StepDefinition, StepParameter, StepSpec } from './step-types.ts';
import { addColumns, slugOf, StepReader, writeLiteral, writeName, type WrittenColumn } from './write-sql.ts';

const COLUMN: StepParameter = { name: 'column', form: 'column', label: 'Column', isRequired: true };
const common = { group: 'encode', keepsRows: true } as const;

function withMacro(macro: string, suffix: string): (step: StepSpec) => string {
  return (step) => {
    const column = new StepReader(step).text('column');
    return addColumns(step.of, [
      { name: `${column}_${suffix}`, expression: `${macro}(${writeName(column)})` },
    ]);
  };
}

/** Different values can have one slug (`A b`, `a-b`): the later ones are numbered. */
function oneHotColumns(step: StepSpec): readonly WrittenColumn[] {
  const read = new StepReader(step);
  const column = read.text('column');
  const taken = new Set<string>();
  return read.values('values').map((value) => {
    const base = `${column}_${slugOf(value)}`;
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}_${number}`;
    taken.add(name.toLowerCase());
    const isEqual = `${writeName(column)} = ${writeLiteral(value)}`;
    return { name, expression: `CASE WHEN ${isEqual} THEN 1 ELSE 0 END` };
  });
}

function writeOneHot(step: StepSpec): string {
  const read = new StepReader(step);
  const added = addColumns(step.of, oneHotColumns(step));
  if (read.flag('keep')) return added;
  const kept = `SELECT\n  * EXCLUDE (${writeName(read.text('column'))}),`;
  return added.replace('SELECT\n  *,', () => kept);
}

function writeOrdinal(step: StepSpec): string {
  const read = new StepReader(step);
  const column = read.text('column');
  const cases = read
    .values('order')
    .map((value, place) => `WHEN ${writeName(column)} = ${writeLiteral(value)} THEN ${place}`);
  return addColumns(step.of, [
    { name: `${column}_rank`, expression: `CASE\n    ${cases.join('\n    ')}\n  END` },
  ]);
}

function describe(words: string): (step: StepSpec) => string {
  return (step) => `Encode ${new StepReader(step).text('column')} ${words}`;
}

export const ENCODE_STEPS: readonly StepDefinition[] = [
  {
    ...common,
    kind: 'encode-label',
    title: 'Label encoding',
    purpose: 'Adds a number for each distinct value, from 0 in sorted order. NULL stays NULL.',
    parameters: [COLUMN],
    describe: describe('as labels'),
    writeSql: withMacro('encode_label', 'code'),
  },
  {
    ...common,
    kind: 'encode-ordinal',
    title: 'Ordinal encoding',
    purpose:
      'Adds the place of the value in an order you give, from 0. What is not in the list becomes NULL.',
    parameters: [COLUMN, { name: 'order', form: 'values', label: 'Order, lowest first', isRequired: true }],
    describe: describe('by a given order'),
    writeSql: writeOrdinal,
  },
  {
    ...common,
    kind: 'encode-frequency',
    title: 'Frequency encoding',
    purpose: 'Adds the share of rows that have the same value.',
    parameters: [COLUMN],
    describe: describe('by frequency'),
    writeSql: withMacro('encode_frequency', 'frequency'),
  },
  {
    ...common,
    kind: 'encode-one-hot',
    title: 'One-hot encoding',
    purpose: 'A column of 0 and 1 for each listed value. NULL and values not listed are 0 in all of them.',
    parameters: [
      COLUMN,
      { name: 'values', form: 'values', label: 'Values', isRequired: true },
      { name: 'keep', form: 'flag', label: 'Keep the original column', fallback: false },
    ],
    describe: describe('one-hot'),
    writeSql: writeOneHot,
  },
];
