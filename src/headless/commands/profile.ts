// `sluice profile FILE`: column profiles.
import { unwrap } from '../../lib/base/result.ts';
import type { CellValue } from '../../lib/engine/contract.ts';
import { profileColumns } from '../../lib/profile/profile-columns.ts';
import type { ColumnProfile } from '../../lib/profile/profile-types.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import { wrongUse } from '../command-outcome.ts';
import { formatTable } from '../text-table.ts';
import { importAs, loadRegistry, openEngine } from '../workbench.ts';

const TABLE = 'profiled';
const WIDEST_VALUE = 24;
const SHOWN_TOP = 3;

export interface ProfileOptions {
  /** Names of the columns wanted; all when absent. */
  readonly columns?: readonly string[];
  /** Counts instead of estimates and samples, however many rows. */
  readonly exact?: boolean;
}

/** A value on one line of a terminal: control characters shown as such, long ones cut. */
function showValue(value: CellValue): string {
  if (value === null) return '';
  const plain = String(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');
  const characters = Array.from(plain);
  return characters.length <= WIDEST_VALUE ? plain : `${characters.slice(0, WIDEST_VALUE - 1).join('')}…`;
}

/** A computed figure: six significant digits are enough to read; `--json` has all. */
function showFigure(value: CellValue): string {
  if (typeof value !== 'number' || Number.isInteger(value)) return showValue(value);
  return String(Number(value.toPrecision(6)));
}

function showTop(profile: ColumnProfile): string {
  const shown = profile.top.slice(0, SHOWN_TOP).map(({ value, count }) => `${showValue(value)} (${count})`);
  return shown.join(', ') + (profile.sampled.includes('top') && shown.length > 0 ? ' in sample' : '');
}

function describeProfile(profile: ColumnProfile): readonly (string | number)[] {
  const { nulls, distinct, distinctIsExact, min, max, mean, stddev, quartiles } = profile;
  return [
    showValue(profile.name),
    profile.type,
    nulls,
    distinctIsExact ? String(distinct) : `~${distinct}`,
    showValue(min),
    showValue(max),
    showFigure(mean),
    showFigure(stddev),
    quartiles === null
      ? ''
      : quartiles.map(showFigure).join(' / ') + (profile.sampled.includes('quartiles') ? ' ~' : ''),
    showTop(profile),
  ];
}

const HEADER = ['column', 'type', 'nulls', 'distinct', 'min', 'max', 'mean', 'stddev', 'quartiles', 'top'];

function describeAll(rows: number, profiles: readonly ColumnProfile[]): string {
  const table = formatTable(HEADER, profiles.map(describeProfile));
  const isRough = profiles.some((profile) => profile.isSampled || !profile.distinctIsExact);
  const sampleRows = Math.min(rows, ...profiles.map((profile) => profile.sampleRows));
  const note = isRough
    ? `\n~ is an estimate, or from a sample${sampleRows < rows ? ` of ${sampleRows} rows` : ''}; --exact counts all.`
    : '';
  return `${table}\n${rows} rows${note}`;
}

/** @throws ProblemError where the file cannot be read or a column does not exist. */
export async function profileFile(path: string, options: ProfileOptions): Promise<CommandOutcome> {
  const engine = unwrap(await openEngine(loadRegistry(), 'all'));
  try {
    const report = await importAs(engine, TABLE, path);
    const names = report.columns.map((column) => column.name);
    for (const name of options.columns ?? [])
      if (!names.includes(name))
        throw wrongUse(`${path} has no column ${name}.`, `It has ${names.join(', ')}.`);
    const { rows, columns } = unwrap(
      await profileColumns({
        engine,
        relation: TABLE,
        ...(options.columns ? { columns: options.columns } : {}),
        ...(options.exact ? { exactUpTo: Number.POSITIVE_INFINITY } : {}),
      }),
    );
    const json = { file: path.split(/[\\/]/).at(-1), rows, columns };
    return { exitCode: 0, json, text: describeAll(rows, columns) };
  } finally {
    await engine.dispose();
  }
}
