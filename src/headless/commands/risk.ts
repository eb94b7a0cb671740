// `sluice risk FILE --quasi a,b,c`: disclosure risk of a file.
import { unwrap } from '../../lib/base/result.ts';
import { measureRisk } from '../../lib/risk/risk.ts';
import { wrongUse, type CommandOutcome } from '../command-outcome.ts';
import { formatTable } from '../text-table.ts';
import { importAs, loadRegistry, openEngine } from '../workbench.ts';

const TABLE = 'measured';

/** @throws ProblemError where the file cannot be read or a column does not exist. */
export async function measureFileRisk(
  path: string,
  quasi: readonly string[],
  sensitive: string | undefined,
): Promise<CommandOutcome> {
  const engine = unwrap(await openEngine(loadRegistry(), 'all'));
  try {
    const { columns } = await importAs(engine, TABLE, path);
    const names = columns.map((column) => column.name);
    for (const name of [...quasi, ...(sensitive ? [sensitive] : [])])
      if (!names.includes(name))
        throw wrongUse(`${path} has no column ${name}.`, `It has ${names.join(', ')}.`);
    const report = unwrap(
      await measureRisk({ engine, relation: TABLE, quasi, ...(sensitive ? { sensitive } : {}) }),
    );
    const rows = Object.entries(report).map(([name, value]) => [name, value]);
    return { exitCode: 0, json: report, text: formatTable(['measure', 'value'], rows) };
  } finally {
    await engine.dispose();
  }
}
