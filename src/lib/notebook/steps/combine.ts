// Steps over several relations, and the choice of columns; must not know other steps.
import type { StepDefinition, StepFault, StepParameters, StepSpec } from './step-types.ts';
import { listWords, StepReader, writeLiteral, writeName } from './write-sql.ts';

const JOINS: Readonly<Record<string, string>> = {
  inner: 'rows that match',
  left: 'all rows, with what matches',
  anti: 'rows without a match',
  semi: 'rows with a match, nothing added',
  asof: 'the last match before (time series)',
};

function writeOn(step: StepSpec, isAsof: boolean): string {
  const read = new StepReader(step);
  const [left, right] = [writeName(step.of), writeName(read.text('with'))];
  const pairs = read.mapping('on');
  return pairs
    .map(([a, b], place) => {
      const sign = isAsof && place === pairs.length - 1 ? '>=' : '=';
      return `${left}.${writeName(a)} ${sign} ${right}.${writeName(String(b))}`;
    })
    .join('\n  AND ');
}

const JOIN_WORDS: Readonly<Record<string, string>> = {
  inner: 'JOIN',
  left: 'LEFT JOIN',
  anti: 'ANTI JOIN',
  semi: 'SEMI JOIN',
  asof: 'ASOF LEFT JOIN',
};

function writeJoin(step: StepSpec): string {
  const read = new StepReader(step);
  const type = read.text('type', 'left');
  const [left, right] = [writeName(step.of), writeName(read.text('with'))];
  const prefix = read.text('prefix');
  const addsColumns = type !== 'anti' && type !== 'semi';
  const taken = (addsColumns ? read.texts('take') : []).map((column) => {
    const name = writeName(column);
    return prefix === '' ? `${right}.${name}` : `${right}.${name} AS ${writeName(prefix + column)}`;
  });
  const list = [`${left}.*`, ...taken].join(',\n  ');
  return (
    `SELECT\n  ${list}\nFROM ${left}\n${JOIN_WORDS[type] ?? 'LEFT JOIN'} ${right}\n` +
    `  ON ${writeOn(step, type === 'asof')}`
  );
}

function writeAppend(step: StepSpec): string {
  const read = new StepReader(step);
  const source = read.text('source');
  const relations = [step.of, ...read.texts('with')];
  return relations
    .map((name) => {
      const mark = source === '' ? '' : `, ${writeLiteral(name)} AS ${writeName(source)}`;
      return `SELECT *${mark} FROM ${writeName(name)}`;
    })
    .join('\nUNION ALL BY NAME\n');
}

function writeColumns(step: StepSpec): string {
  const read = new StepReader(step);
  const list = (columns: readonly string[]) => columns.join(', ');
  const drop = read.texts('drop').map(writeName);
  const cast = read.mapping('cast').map(([column, type]) => {
    const name = writeName(column);
    return `CAST(${name} AS ${String(type)}) AS ${name}`;
  });
  const rename = read
    .mapping('rename')
    .map(([column, name]) => `${writeName(column)} AS ${writeName(String(name))}`);
  const changed = [
    '*',
    ...(drop.length === 0 ? [] : [`EXCLUDE (${list(drop)})`]),
    ...(cast.length === 0 ? [] : [`REPLACE (${list(cast)})`]),
    ...(rename.length === 0 ? [] : [`RENAME (${list(rename)})`]),
  ].join(' ');
  const first = read.texts('first').map(writeName);
  if (first.length === 0) return `SELECT ${changed}\nFROM ${writeName(step.of)}`;
  const inner = changed === '*' ? writeName(step.of) : `(SELECT ${changed} FROM ${writeName(step.of)})`;
  return `SELECT ${list(first)}, * EXCLUDE (${list(first)})\nFROM ${inner}`;
}

/** Members of a mapping that are whole numbers come first, wherever they were written; as of, the last pair is the time. */
function joinFault({ type, on = {} }: StepParameters): StepFault | null {
  const names = Object.keys(on);
  const numeric = names.find((name) => /^\d+$/.test(name));
  if (type !== 'asof' || names.length < 2 || numeric === undefined) return null;
  const what = `the place of ${numeric} among the pairs is lost, since its name is a number`;
  return { path: ['on', numeric], what, hint: 'Rename that column first.' };
}

function columnsFault(parameters: StepParameters): StepFault | null {
  if (Object.keys(parameters).length === 0)
    return { path: [], what: 'nothing is chosen', hint: 'Add drop, rename, cast or first.' };
  const { cast = {}, rename = {} } = parameters;
  const twice = Object.keys(rename).find((name) => Object.hasOwn(cast as object, name));
  if (twice === undefined) return null;
  const hint = 'Retype it here and rename it in a step of its own.';
  return { path: ['rename', twice], what: `${twice} is retyped and renamed at once`, hint };
}

export const COMBINE_STEPS: readonly StepDefinition[] = [
  {
    kind: 'join',
    title: 'Join',
    group: 'combine',
    keepsRows: false,
    purpose: 'Brings columns of another relation beside the rows that match. The match rate is shown first.',
    parameters: [
      { name: 'with', form: 'relation', label: 'With', isRequired: true },
      { name: 'type', form: 'choice', label: 'Keep', fallback: 'left', choices: JOINS },
      {
        name: 'on',
        form: 'mapping',
        label: 'Where equal',
        isRequired: true,
        columnsOf: 'with',
        help: 'As of: the last pair is the time; the match is the last one not after it.',
      },
      {
        name: 'take',
        form: 'columns',
        label: 'Take over',
        columnsOf: 'with',
        onlyWhere: { name: 'type', values: ['inner', 'left', 'asof'] },
      },
      {
        name: 'prefix',
        form: 'text',
        label: 'Prefix of their names',
        onlyWhere: { name: 'type', values: ['inner', 'left', 'asof'] },
      },
    ],
    describe: (step) => {
      const read = new StepReader(step);
      return `Join ${step.of} with ${read.text('with')} on ${listWords(read.mapping('on').map(([left]) => left))}`;
    },
    fault: joinFault,
    writeSql: writeJoin,
  },
  {
    kind: 'append',
    title: 'Append',
    group: 'combine',
    keepsRows: false,
    purpose: 'Puts the rows of other relations below, by the names of their columns; what one lacks is NULL.',
    parameters: [
      { name: 'with', form: 'relations', label: 'Relations', isRequired: true },
      { name: 'source', form: 'text', label: 'Column that says where a row is from', fallback: '' },
    ],
    describe: (step) => `Append ${listWords(new StepReader(step).texts('with'))} to ${step.of}`,
    writeSql: writeAppend,
  },
  {
    kind: 'columns',
    title: 'Choose columns',
    group: 'shape',
    keepsRows: true,
    purpose:
      'Drops, renames, retypes and reorders columns. A value that does not fit its new type is an error.',
    parameters: [
      { name: 'drop', form: 'columns', label: 'Drop' },
      { name: 'rename', form: 'mapping', label: 'Rename' },
      { name: 'cast', form: 'types', label: 'Change the type' },
      { name: 'first', form: 'columns', label: 'Put first' },
    ],
    describe: (step) => {
      const read = new StepReader(step);
      const drop = read.texts('drop');
      const others = ['rename', 'cast', 'first'].some((name) => read.has(name));
      return drop.length > 0 && !others ? `Drop ${listWords(drop)}` : `Choose columns of ${step.of}`;
    },
    fault: columnsFault,
    writeSql: writeColumns,
  },
];
