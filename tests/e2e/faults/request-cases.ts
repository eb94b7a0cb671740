// Every request of a publication in its order, each broken in every way a connection breaks; data alone.
import type { FaultRule } from '../../s3/fault-rules.ts';
import type { FaultCase, Outcome } from './case-types.ts';
import { brokenOff, SENT, SHORT, UNREADABLE } from './cases.ts';

/** One request of a publication. */
interface Step {
  readonly name: string;
  readonly method: 'GET' | 'PUT';
  /** Of path and query. */
  readonly match: RegExp;
  /** Which of the requests that fit; 1 unless told. */
  readonly turn?: number;
  /** What could not be done, as the page says it. */
  readonly undone: string;
}

const FOLDER = 'hr/users/v/1.0.0/';
const FILES = ['README.md', 'croissant.json', 'data/part-0.csv', 'data/part-1.csv'];

function looking(path: string): Step {
  const name = encodeURIComponent(path).replaceAll('.', '\\.');
  return {
    name: `look for ${path}`,
    method: 'GET',
    match: new RegExp(`max-keys=1&prefix=.*%2F${name}$`),
    undone: `${FOLDER}${path} could not be written`,
  };
}

function writing(path: string): Step {
  const name = path.replaceAll('.', '\\.');
  return {
    name: `write ${path}`,
    method: 'PUT',
    match: new RegExp(`/${name}\\?x-id=PutObject$`),
    undone: `${path === 'index.json' ? 'hr/users/' : FOLDER}${path} could not be written`,
  };
}

const READ_COMMIT = {
  method: 'GET',
  match: /\/_COMMIT\.json\?x-id=GetObject$/,
  undone: `${FOLDER}_COMMIT.json could not be read`,
} as const;
const LIST_VERSIONS = {
  method: 'GET',
  match: /list-type=2&prefix=.*%2Fv%2F$/,
  undone: 'The list could not be read',
} as const;

/** In the order in which a publication makes them. */
export const STEPS: readonly Step[] = [
  ...FILES.flatMap((path) => [looking(path), writing(path)]),
  {
    name: 'list before the commit',
    method: 'GET',
    match: /list-type=2&prefix=.*%2F1\.0\.0%2F$/,
    undone: 'The list could not be read',
  },
  looking('_COMMIT.json'),
  writing('_COMMIT.json'),
  { name: 'read the commit back', ...READ_COMMIT },
  { name: 'list versions for the index', ...LIST_VERSIONS },
  { name: 'read commits for the index', ...READ_COMMIT, turn: 2 },
  writing('index.json'),
  { name: 'list versions after the index', ...LIST_VERSIONS, turn: 2 },
];

const SPOILS = {
  'cut before': { action: 'cut' },
  'cut in its body': { action: 'cut-mid-upload', afterBytes: 1 },
  'cut after the store did it': { action: 'cut-after-commit' },
  'answer cut short': { action: 'truncate-response', afterBytes: 10 },
} as const;

type Spoil = keyof typeof SPOILS;

const SPOILS_OF: Readonly<Record<Step['method'], readonly Spoil[]>> = {
  GET: ['cut before', 'answer cut short'],
  PUT: ['cut before', 'cut in its body', 'cut after the store did it'],
};

/** The rules that spoil this step every time, and none that fits before it. */
function rulesFor({ method, match, turn = 1 }: Step, spoil: Spoil): readonly FaultRule[] {
  const scope = { method, match };
  const passing: FaultRule = { ...scope, action: 'delay', milliseconds: 0, times: turn - 1 };
  return [...(turn > 1 ? [passing] : []), { ...scope, ...SPOILS[spoil], times: Infinity }];
}

const BROKE = 'equal but for what broke';

function whyOf(step: Step, spoil: Spoil): string {
  if (spoil === 'answer cut short') return SHORT;
  return step === STEPS[0] ? UNREADABLE() : brokenOff(step.undone);
}

function expectedOf(step: Step, spoil: Spoil): Omit<Outcome, 'later'> & { readonly later?: string } {
  const position = STEPS.indexOf(step);
  const commitAt = STEPS.findIndex(({ name }) => name === 'write _COMMIT.json');
  if (spoil === 'cut after the store did it')
    return { person: SENT, receipt: 'done', bucket: '1.0.0 whole', ledger: BROKE };
  const why = whyOf(step, spoil);
  if (position <= commitAt) {
    const bucket = position < 2 ? 'nothing' : 'no version, some files';
    return { person: why, receipt: 'failed', bucket, ledger: BROKE, later: 'sent: 1.0.0 whole' };
  }
  if (position === commitAt + 1)
    return {
      person: `Version 1.0.0 was written, but could not be read back: ${why}`,
      receipt: 'failed',
      bucket: '1.0.0 whole',
      ledger: BROKE,
      later: 'sent: 1.0.0 whole',
    };
  return { person: `${SENT} ${why}`, receipt: 'done', bucket: '1.0.0 whole', ledger: BROKE };
}

/** Each request spoiled for as long as the page tries. */
export const ALWAYS_CASES: readonly FaultCase[] = STEPS.flatMap((step) =>
  SPOILS_OF[step.method].map((spoil) => ({
    name: `${step.name}: ${spoil}`,
    rules: rulesFor(step, spoil),
    expected: expectedOf(step, spoil),
  })),
);

/** Each request spoiled once: the first time it comes. */
export const ONCE_CASES: readonly FaultCase[] = (
  ['cut before', 'cut in its body', 'cut after the store did it', 'answer cut short'] as const
).map((spoil) => ({
  name: `every request once: ${spoil}`,
  rules: STEPS.filter(({ method, turn }) => turn === undefined && SPOILS_OF[method].includes(spoil)).map(
    ({ method, match }) => ({ method, match, ...SPOILS[spoil], times: 1 }),
  ),
  expected: { person: SENT, receipt: 'done', bucket: '1.0.0 whole', ledger: BROKE },
}));
