// `node tests/bench/profile.ts [rows]`: the profile of ten columns beside the engine's own SUMMARIZE, in turn, as a ratio.
import { createNodeEngine } from '../../src/headless/engine.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { profileColumns } from '../../src/lib/profile/profile-columns.ts';
import { median } from './figures.ts';

const ROUNDS = 3;
const rows = Number(process.argv[2] ?? 1_000_000);

/** Keys, codes, measures, texts with few and many values, dates, times; the same for the same number of rows. */
const TABLE = `SELECT i AS id, hash(i) % 1000 AS code, (hash(i) % 1000000) / 7.0::DOUBLE AS measure,
  'name ' || (hash(i + 1) % 50000) AS name, 'user' || i || '@example.com' AS email, i % 7 = 0 AS flag,
  DATE '2000-01-01' + (i % 5000)::INTEGER AS day, TIMESTAMP '2000-01-01' + INTERVAL (i) SECOND AS moment,
  CASE WHEN i % 10 > 0 THEN i % 10 END AS few, ((i * 7919) % 100000 / 100)::DECIMAL(9, 2) AS price FROM range(${rows}) r(i)`;

const engine = createNodeEngine();
unwrap(await engine.open({ macroScripts: [], threads: 1 }));
unwrap(await engine.run({ runId: 'made', sql: TABLE, into: 'made' }));

const candidates: Readonly<Record<string, () => Promise<unknown>>> = {
  SUMMARIZE: async () =>
    unwrap(await engine.run({ runId: 'summary', sql: 'SELECT * FROM (SUMMARIZE made)', into: 'summary' })),
  profile: async () => unwrap(await profileColumns({ engine, relation: 'made' })),
  'profile, all exact': async () =>
    unwrap(await profileColumns({ engine, relation: 'made', exactUpTo: Number.POSITIVE_INFINITY })),
};

const times = new Map<string, number[]>();
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, work] of Object.entries(candidates)) {
    const started = performance.now();
    await work();
    // The first round warms up.
    if (round > 0) times.set(name, [...(times.get(name) ?? []), performance.now() - started]);
  }
}
await engine.dispose();

const base = median(times.get('SUMMARIZE') ?? []);
console.log(`${rows} rows, 10 columns, one thread, median of ${ROUNDS} rounds`);
for (const [name, all] of times)
  console.log(`${name}: ${Math.round(median(all))} ms, ${(median(all) / base).toFixed(2)} × SUMMARIZE`);
