import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRegistry, openEngine } from '../../../src/headless/workbench.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { parseMemorySize, readMemoryUse } from '../../../src/lib/engine/memory-use.ts';

let engine: Engine;

beforeAll(async () => {
  engine = unwrap(await openEngine(loadRegistry(), 1));
}, 60_000);
afterAll(() => engine.dispose());

describe('memory of the engine', () => {
  it('grows by what tables hold, and names them, largest first', async () => {
    const before = unwrap(await readMemoryUse(engine));
    const rows = 1_000_000;
    unwrap(await engine.run({ runId: 'a', sql: 'SELECT 1 AS one', into: 'small' }));
    unwrap(
      await engine.run({
        runId: 'b',
        sql: `SELECT i, hash(i) AS h FROM range(${rows}) AS t(i)`,
        into: 'large',
      }),
    );
    const after = unwrap(await readMemoryUse(engine));
    // Hashes do not compress: eight bytes each at least.
    expect(after.usedBytes - before.usedBytes).toBeGreaterThan(8 * rows);
    expect(after.limitBytes).toBeGreaterThan(after.usedBytes);
    expect(before.relations).toEqual([]);
    expect(after.relations).toEqual([
      { name: 'large', rows, columns: 2 },
      { name: 'small', rows: 1, columns: 1 },
    ]);
    unwrap(await engine.drop({ relation: 'large' }));
    expect(unwrap(await readMemoryUse(engine)).usedBytes).toBeLessThan(after.usedBytes);
  });

  it.each([
    ['3.1 GiB', 3.1 * 1024 ** 3],
    ['512.0 MiB', 512 * 1024 ** 2],
    ['0 bytes', 0],
    ['much', null],
    ['', null],
  ])('reads the size %s', (text, bytes) => {
    expect(parseMemorySize(text)).toBe(bytes);
  });
});
