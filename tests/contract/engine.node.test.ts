// The engine contract over DuckDB's WebAssembly build under Node.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { unwrap } from '../../src/lib/base/result.ts';
import { createNodeEngine } from '../../src/headless/engine.ts';
import { describeEngineContract } from './engine-contract.ts';

const dataPath = (name: string): string => fileURLToPath(new URL(`../data/${name}`, import.meta.url));

describeEngineContract('Node', createNodeEngine, async (name) => ({ path: dataPath(name) }));

describe('engine under Node', () => {
  it('opens a source for reading only and creates no file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-engine-'));
    const path = join(folder, 'in.csv');
    await writeFile(path, 'a\n1\n', { mode: 0o444 });
    const engine = createNodeEngine();
    unwrap(await engine.open({ macroScripts: [], threads: 1 }));
    const report = unwrap(
      await engine.importFile({ importId: 'i', table: 't', handle: { path }, options: { format: 'csv' } }),
    );
    const missing = await engine.preview({
      handle: { path: join(folder, 'no.csv') },
      options: { format: 'csv' },
      rows: 1,
    });
    await engine.dispose();
    expect([report.rowCount, missing.ok ? null : missing.error.code, await readdir(folder)]).toEqual([
      1,
      'import-source-missing',
      ['in.csv'],
    ]);
    await rm(folder, { recursive: true });
  });

  it('prints nothing, whatever SQL does', async () => {
    const spies = [
      vi.spyOn(console, 'log'),
      vi.spyOn(console, 'warn'),
      vi.spyOn(console, 'error'),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ];
    const engine = createNodeEngine();
    unwrap(await engine.open({ macroScripts: [], threads: 1 }));
    for (const sql of ['SELECT nope', "FROM read_csv('local/none.csv')", "FROM read_csv('/etc/none.csv')"]) {
      await engine.run({ runId: 'r', sql, into: 't' });
    }
    await engine.dispose();
    const calls = spies.map((spy) => spy.mock.calls.length);
    for (const spy of spies) spy.mockRestore();
    expect(calls).toEqual([0, 0, 0, 0, 0]);
  });

  it('tells how much of a file was read', async () => {
    const engine = createNodeEngine();
    unwrap(await engine.open({ macroScripts: [], threads: 1 }));
    const folder = await mkdtemp(join(tmpdir(), 'sluice-engine-'));
    const path = join(folder, 'in.csv');
    await writeFile(path, `a,b\n${'some text,1234\n'.repeat(1_500_000)}`);
    const seen: (number | null)[] = [];
    unwrap(
      await engine.importFile(
        { importId: 'i', table: 't', handle: { path }, options: { format: 'csv' } },
        ({ fraction }) => seen.push(fraction),
      ),
    );
    await engine.dispose();
    await rm(folder, { recursive: true });
    expect(seen.some((fraction) => fraction !== null && fraction > 0)).toBe(true);
  });
});
