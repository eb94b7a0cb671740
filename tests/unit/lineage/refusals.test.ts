import { describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { analyzeStatement } from '../../../src/lib/lineage/analyze-statement.ts';
import { guardStatement } from '../../../src/lib/lineage/guard.ts';
import { inputNamed, LIBRARY } from './example-relations.ts';
import { REFUSALS } from './refusals.ts';

const parse = await createNodeParser();

/** Code of the first problem on the way to lineage, `unknown`, or null where all is understood. */
function outcomeOf(sql: string): string | null {
  const parsed = parse(sql);
  if (!parsed.ok) return parsed.error.code;
  const problem = guardStatement(parsed.value);
  if (problem) return problem.code;
  const lineage = analyzeStatement({
    tree: parsed.value,
    relation: 'cell',
    inputs: inputNamed,
    isLibraryMacro: (name) => LIBRARY.has(name),
  });
  return lineage.unknown ? 'unknown' : null;
}

describe('statements that must not pass', () => {
  it.each(REFUSALS)('$outcome: $sql', ({ sql, outcome }) => {
    expect(outcomeOf(sql)).toBe(outcome);
  });

  it('names the reason, the mend and the place', () => {
    const parsed = parse("SELECT * FROM users JOIN 'orders.csv' USING (id)");
    expect(parsed.ok && guardStatement(parsed.value)).toEqual({
      code: 'file-refused',
      message: 'A cell may not read orders.csv: files and addresses are opened as sources, not by name.',
      hint: 'Add the file as a source and read it by the name of the source.',
      position: 25,
    });
  });

  it('says what was not understood and where', () => {
    const sql = "SELECT '😀', name FROM users POSITIONAL JOIN orders";
    const parsed = parse(sql);
    const tree = parsed.ok ? parsed.value : [];
    const lineage = analyzeStatement({
      tree,
      relation: 'cell',
      inputs: inputNamed,
      isLibraryMacro: () => false,
    });
    expect(lineage).toEqual({
      relation: 'cell',
      columns: [],
      indirect: [],
      unknown: { reason: 'a Positional join', relation: 'cell', position: sql.indexOf('orders') },
    });
  });

  it('lets queries pass that only look like what is refused', () => {
    const harmless = [
      "SELECT 'ATTACH', 'read_csv(1)', 'sluice_key' AS word FROM users",
      'SELECT name AS copy, country AS "set" FROM users -- COPY users TO x',
      'SELECT id AS glob, "name" AS query FROM users',
      '/* DROP TABLE users; */ SELECT 1',
      'SELECT 1;',
    ];
    expect(harmless.map(outcomeOf)).toEqual(harmless.map(() => null));
  });
});
