// `sluice detect FILE` and `sluice detect --text TEXT`: sensitive columns and spans.
import { unwrap } from '../../lib/base/result.ts';
import { detectColumns } from '../../lib/sensitivity/detect-columns.ts';
import { detectText } from '../../lib/sensitivity/detect-text.ts';
import type { ColumnFinding } from '../../lib/sensitivity/sensitivity-types.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import { formatTable } from '../text-table.ts';
import { importAs, loadRegistry, openEngine } from '../workbench.ts';

const TABLE = 'detected';

function describeFinding(finding: ColumnFinding): readonly (string | number | null)[] {
  const { examined, matched, validated, sampled, nameHint } = finding.evidence;
  const evidence = `${matched} of ${examined}${sampled ? ' sampled' : ''} matched, ${validated} validated${nameHint ? `, name "${nameHint}"` : ''}`;
  return [
    finding.name,
    finding.type,
    finding.sensitivity,
    finding.entity ?? '',
    finding.confidence.toFixed(2),
    evidence,
  ];
}

/** @throws ProblemError where the file cannot be read. */
export async function detectInFile(path: string): Promise<CommandOutcome> {
  const engine = unwrap(await openEngine(loadRegistry(), 'all'));
  try {
    const report = await importAs(engine, TABLE, path);
    const columns = unwrap(await detectColumns({ engine, relation: TABLE, columns: report.columns }));
    const json = { file: path.split(/[\\/]/).at(-1), rows: report.rowCount, columns };
    const header = ['column', 'type', 'sensitivity', 'entity', 'confidence', 'evidence'];
    return { exitCode: 0, json, text: formatTable(header, columns.map(describeFinding)) };
  } finally {
    await engine.dispose();
  }
}

export function detectInText(text: string): CommandOutcome {
  const entities = detectText(text);
  const rows = entities.map((span) => [span.entity, span.start, span.end, span.score]);
  const shown = formatTable(['entity', 'start', 'end', 'score'], rows);
  return {
    exitCode: 0,
    json: { entities },
    text: entities.length === 0 ? 'Nothing sensitive was recognized.' : shown,
  };
}
