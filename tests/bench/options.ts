// What the command line of the bench says; must not know what is measured.
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly rows: number;
  /** Measured rounds; the median counts. */
  readonly rounds: number;
  /** Whether the built app is driven as well. */
  readonly withApp: boolean;
  /** Whether the docs are written; a small run must not replace the real figures. */
  readonly writesDocs: boolean;
  /** Without cross-origin isolation the `eh` bundle (one thread) runs. */
  readonly isIsolated: boolean;
}

export const FULL_ROWS = 1_000_000;
const QUICK_ROWS = 50_000;

const USE = `npm run bench -- [options]

  --rows N      customers to generate (default ${FULL_ROWS})
  --rounds N    measured rounds, the median counts (default 3)
  --quick       ${QUICK_ROWS} rows, one round
  --plain       without cross-origin isolation: the eh bundle, one thread
  --no-app      leaves out the built app (shell, import in the page)
  --write       writes docs/benchmarks.{json,md} even where it is not the full run

The documents are written where the run has ${FULL_ROWS} rows, 3 rounds and isolation.`;

function readCount(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`“${text}” is no count.\n\n${USE}`);
  return count;
}

export function readOptions(words: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rows: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      plain: { type: 'boolean', default: false },
      'no-app': { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USE);
    process.exit(0);
  }
  const rows = readCount(values.rows, values.quick ? QUICK_ROWS : FULL_ROWS);
  const rounds = readCount(values.rounds, values.quick ? 1 : 3);
  const isFull = rows === FULL_ROWS && rounds >= 3 && !values.plain && !values['no-app'];
  return {
    rows,
    rounds,
    withApp: !values['no-app'],
    writesDocs: values.write || isFull,
    isIsolated: !values.plain,
  };
}
