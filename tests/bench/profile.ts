// Profile and cross-filter beside the engine's own statements; `node tests/bench/profile.ts [rows]` measures them alone.
import { createNodeEngine } from '../../src/headless/engine.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { countFiltered } from '../../src/lib/filter/filtered-counts.ts';
import { viewSql } from '../../src/lib/filter/row-view.ts';
import { planProfiles, profileColumns } from '../../src/lib/profile/profile-columns.ts';
import { benchTable } from './bench-table.ts';
import { runContest, type Contest, type ContestGroup, type ContestResult } from './contest.ts';

/** A click on a bar: a tenth of the rows stay. */
const CONDITION = '"few" = 3';

/** Both sides in the same engine: WebAssembly under Node with one thread. */
export async function measureProfile(rows: number, rounds: number): Promise<ContestGroup> {
  const engine = createNodeEngine();
  unwrap(await engine.open({ macroScripts: [], threads: 1 }));
  const made = unwrap(await engine.run({ runId: 'made', sql: benchTable(rows), into: 'made' }));
  const viewed = { relation: 'made', columns: made.columns };
  const run = async (into: string, sql: string): Promise<unknown> =>
    unwrap(await engine.run({ runId: into, sql, into }));
  const summarize = () => run('summary', 'SELECT * FROM (SUMMARIZE made)');
  const planned = unwrap(await planProfiles({ engine, relation: 'made' })).columns;
  const contests: readonly Contest[] = [
    {
      name: 'profile of ten columns, as the grid shows it',
      own: async () => unwrap(await profileColumns({ engine, relation: 'made' })),
      other: 'SUMMARIZE, without histogram and top values',
      theirs: summarize,
    },
    {
      name: 'profile of ten columns, all exact',
      own: async () =>
        unwrap(await profileColumns({ engine, relation: 'made', exactUpTo: Number.POSITIVE_INFINITY })),
      other: 'SUMMARIZE, with estimates',
      theirs: summarize,
    },
    {
      name: 'a click on a bar: the rows left, and counts in ten column charts',
      own: async () => {
        await run('view', viewSql(viewed, CONDITION, []));
        return unwrap(await countFiltered({ engine }, 'made', planned, CONDITION));
      },
      other: 'the rows left copied, and SUMMARIZE of them',
      theirs: async () => {
        await run('kept', `SELECT * FROM made WHERE ${CONDITION}`);
        await run('summary', 'SELECT * FROM (SUMMARIZE kept)');
      },
    },
  ];
  const results: ContestResult[] = [];
  try {
    for (const contest of contests) results.push(await runContest(contest, rounds));
  } finally {
    await engine.dispose();
  }
  return { about: `${rows.toLocaleString('en-US')} rows, ten columns`, results };
}

if (import.meta.main) console.table((await measureProfile(Number(process.argv[2] ?? 1_000_000), 3)).results);
