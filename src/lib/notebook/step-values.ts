// Whether one value has the form a parameter of a step asks for; must not know kinds of steps.
import { CLAUSE_WORDS, type ClauseWord, type StepParameter, type StepParameterType } from './step-types.ts';

export interface ValueFault {
  readonly path: readonly (string | number)[];
  /** Completes “name …”. */
  readonly what: string;
  readonly hint: string;
}

type Check = (value: unknown, parameter: StepParameter) => ValueFault | null;

/** An engine type as a person writes it: words, with sizes and brackets; nothing that could end an expression. */
const TYPE = /^[A-Za-z][A-Za-z0-9_ ]*(\(\s*\d+\s*(,\s*\d+\s*)?\))?(\[\d*\])*$/;
const MACRO = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** More digits than this are not kept by a JavaScript number. */
const SURE = 1e15;

function fault(what: string, hint: string, path: ValueFault['path'] = []): ValueFault {
  return { path, what, hint };
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
}

function itemsOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? (value as readonly unknown[]) : null;
}

const checkName: Check = (value) =>
  typeof value === 'string' && value !== ''
    ? null
    : fault('must be a name', 'Write one name, quoted where it is a number.');

const checkText: Check = (value) =>
  typeof value === 'string' && value !== '' ? null : fault('must be a text', 'Write a quoted text.');

const checkMacro: Check = (value) =>
  typeof value === 'string' && MACRO.test(value)
    ? null
    : fault('must be the name of a macro', 'Write a name of the library, such as mask_email.');

const checkScalar: Check = (value) => {
  if (typeof value === 'number' && Math.abs(value) >= SURE && Number.isInteger(value))
    return fault('has more digits than a number keeps', 'Write it as a quoted text.');
  return isScalar(value) ? null : fault('must be one value', 'Write a number, a text, true or false.');
};

/** A list of at least one, each item as `check` asks. */
function listOf(check: Check): Check {
  return (value, parameter) => {
    const items = itemsOf(value);
    if (items === null || items.length === 0)
      return fault('must be a list of at least one', 'Write for example [a, b].');
    for (const [index, item] of items.entries()) {
      const found = check(item, parameter);
      if (found) return { ...found, path: [index, ...found.path] };
    }
    return null;
  };
}

/** Members by name, at least one, each as `check` asks. */
function mappingOf(check: Check, example: string): Check {
  return (value, parameter) => {
    const members = membersOf(value);
    if (members === null || members.length === 0)
      return fault('must be a mapping', `Write for example ${example}.`);
    for (const [key, item] of members) {
      const found = key === '' ? fault('has a name that is empty', 'Write a name.') : check(item, parameter);
      if (found) return { ...found, path: [key, ...found.path] };
    }
    return null;
  };
}

/** Names, no two of which are the same name to the engine. */
const checkNames: Check = (value, parameter) => {
  const found = listOf(checkName)(value, parameter);
  if (found) return found;
  const folded = (itemsOf(value) ?? []).map((item) => String(item).toLowerCase());
  const twice = folded.findIndex((name, index) => folded.indexOf(name) < index);
  return twice < 0 ? null : fault('is there already', 'Take one of the two out.', [twice]);
};

const checkNumber: Check = (value, { min, max }) => {
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  if (isNumber && value >= (min ?? -Infinity) && value <= (max ?? Infinity)) return null;
  const least = min === undefined ? '' : ` of at least ${min}`;
  const most = max === undefined ? '' : `${min === undefined ? ' of' : ' and'} at most ${max}`;
  return fault(`must be a number${least}${most}`, 'Write a number such as 2.5.');
};

const checkInteger: Check = (value, parameter) =>
  typeof value === 'number' && Number.isSafeInteger(value)
    ? checkNumber(value, parameter)
    : fault('must be a whole number', 'Write a whole number such as 1.');

const checkBoolean: Check = (value) =>
  typeof value === 'boolean' ? null : fault('must be true or false', 'Write true or false.');

const checkEnum: Check = (value, { choices }) => {
  const words = (choices ?? []).map((choice) => choice.value);
  return words.some((word) => word === value)
    ? null
    : fault(`must be one of ${words.join(', ')}`, 'Choose one of these words.');
};

const checkType: Check = (value) =>
  typeof value === 'string' && TYPE.test(value)
    ? null
    : fault('must be a type', 'Write a type such as INTEGER, DOUBLE, DATE or DECIMAL(10, 2).');

const checkDecision: Check = (value) =>
  value === 'keep' || value === 'remove' ? null : fault('must be keep or remove', 'Write keep or remove.');

const checkShares: Check = (value, parameter) => {
  const shape = mappingOf(
    (item) =>
      typeof item === 'number' && item > 0 && item <= 1
        ? null
        : fault('must be a share above 0 and at most 1', 'Write for example 0.8.'),
    '{ train: 0.8, test: 0.2 }',
  )(value, parameter);
  if (shape) return shape;
  const sum = (membersOf(value) ?? []).reduce((total, [, share]) => total + Number(share), 0);
  return Math.abs(sum - 1) < 1e-6
    ? null
    : fault('must add up to 1', `They add up to ${Number(sum.toFixed(6))}.`);
};

const checkOrder: Check = (item) => {
  if (typeof item === 'string' && item !== '') return null;
  const members = membersOf(item);
  const column = members?.find(([key]) => key === 'column')?.[1];
  const isKnown = members?.every(
    ([key, value]) => key === 'column' || (key === 'desc' && typeof value === 'boolean'),
  );
  if (typeof column === 'string' && column !== '' && isKnown === true) return null;
  return fault('must be a column', 'Write its name, or { column: name, desc: true }.');
};

/** How many values a word takes: none, one, two, or a list (null). */
function countOf(word: ClauseWord): number | null {
  if (word === 'missing' || word === 'present') return 0;
  if (word === 'in' || word === 'not-in') return null;
  return word === 'between' ? 2 : 1;
}

const COUNT_WORDS: Readonly<Record<string, string>> = {
  0: 'takes no value',
  1: 'needs one value',
  2: 'needs two values',
  null: 'needs a list of values',
};

const checkClause: Check = (clause, parameter) => {
  const hint = 'Write for example { column: age, is: at-least, value: 18 }.';
  const members = membersOf(clause);
  if (members === null) return fault('must be a condition', hint);
  const stray = members.find(([key]) => !['column', 'is', 'value'].includes(key));
  if (stray) return fault('is not known', hint, [stray[0]]);
  const { column, is, value } = Object.fromEntries(members);
  if (checkName(column, parameter)) return fault('must name a column', hint);
  const word = CLAUSE_WORDS.find((each) => each === is);
  if (word === undefined) return fault(`must be one of ${CLAUSE_WORDS.join(', ')}`, hint, ['is']);
  const count = countOf(word);
  const values = itemsOf(value) ?? (value === undefined ? [] : [value]);
  const isCounted = count === null ? values.length > 0 : values.length === count;
  if (!isCounted) return fault(COUNT_WORDS[String(count)] ?? '', hint, ['value']);
  const wrong = values.map((each) => checkScalar(each, parameter)).find((each) => each !== null);
  return wrong ? { ...wrong, path: ['value'] } : null;
};

const CHECKS: Readonly<Record<StepParameterType, Check>> = {
  column: checkName,
  columns: checkNames,
  relation: checkName,
  relations: listOf(checkName),
  enum: checkEnum,
  macro: checkMacro,
  number: checkNumber,
  integer: checkInteger,
  boolean: checkBoolean,
  text: checkText,
  scalar: checkScalar,
  list: listOf(checkScalar),
  order: listOf(checkOrder),
  pairs: mappingOf(checkName, '{ id: user_id }'),
  types: mappingOf(checkType, '{ age: INTEGER }'),
  shares: checkShares,
  decisions: mappingOf(checkDecision, "{ '17': remove }"),
  clauses: listOf(checkClause),
};

/** What is wrong with a value, or null. */
export function faultOfValue(value: unknown, parameter: StepParameter): ValueFault | null {
  return CHECKS[parameter.type](value, parameter);
}
