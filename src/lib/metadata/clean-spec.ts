// A notebook with every free text handed to a cleaner, part by part; must not know what is sensitive or where it goes.
import { SQL_PARAMETERS } from '../notebook/check-kinds.ts';
import { nameFormProblem } from '../notebook/names.ts';
import type { ChartCellSpec } from '../notebook/chart-cell-types.ts';
import type {
  CellSpec,
  CheckCellSpec,
  CheckValue,
  NotebookSpec,
  Policy,
  PublishCellSpec,
} from '../notebook/notebook-types.ts';
import type { StepParameters } from '../notebook/steps/step-types.ts';
import { cleanInputs } from './clean-inputs.ts';
import { redactSourceSpec } from './redact-source.ts';
import type { TextCleaner } from './text-cleaner.ts';

/** Any value of the front matter or a publish cell that this version gives no meaning. */
function cleanUnknown(value: unknown, where: string, log: TextCleaner): unknown {
  if (typeof value === 'string') return log.text(where, value);
  if (typeof value === 'number' || typeof value === 'bigint') {
    const written = log.text(where, String(value));
    return written === String(value) ? value : written;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => cleanUnknown(item, where, log));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return cleanMembers(value, where, log);
}

function cleanMembers(members: object, where: string, log: TextCleaner): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).map(([key, value]) => [log.text(where, key), cleanUnknown(value, where, log)]),
  );
}

function cleanPublish(cell: PublishCellSpec, where: string, log: TextCleaner): PublishCellSpec {
  const text = (key: 'destination' | 'title' | 'description' | 'license') => {
    const value = cell[key];
    return value === undefined ? {} : { [key]: log.text(`${where}: ${key}`, value) };
  };
  const { keywords, order, extra } = cell;
  return {
    ...cell,
    ...text('destination'),
    ...text('title'),
    ...text('description'),
    ...text('license'),
    order: order.map((name) => log.name(`${where}: order`, name)),
    ...(keywords === undefined
      ? {}
      : { keywords: keywords.map((each) => log.text(`${where}: keywords`, each)) }),
    ...(extra === undefined ? {} : { extra: cleanMembers(extra, where, log) }),
  };
}

function cleanCheck(cell: CheckCellSpec, where: string, log: TextCleaner): CheckCellSpec {
  const { attributes } = cell;
  return {
    ...cell,
    checks: cell.checks.map(({ kind, parameters }) => ({
      kind,
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([key, value]) => [
          key,
          SQL_PARAMETERS.includes(key) && typeof value === 'string'
            ? log.sql(`${where}: ${kind}`, value)
            : (cleanUnknown(value, `${where}: ${kind}`, log) as CheckValue),
        ]),
      ),
    })),
    ...(attributes === undefined ? {} : { attributes: log.text(where, attributes) }),
  };
}

function cleanChart(cell: ChartCellSpec, where: string, log: TextCleaner): ChartCellSpec {
  const { of, name, title, attributes, extra } = cell;
  /** What can name a cell stays, as the names of cells do. */
  const cleanName = (text: string): string => (nameFormProblem(text) === null ? text : log.text(where, text));
  const columns = (['x', 'y', 'series'] as const).flatMap((key) => {
    const column = cell[key];
    return column === undefined ? [] : [[key, log.name(`${where}: ${key}`, column)] as const];
  });
  return {
    ...cell,
    of: cleanName(of),
    ...(name === undefined ? {} : { name: cleanName(name) }),
    ...Object.fromEntries(columns),
    ...(title === undefined ? {} : { title: log.text(`${where}: title`, title) }),
    ...(attributes === undefined ? {} : { attributes: log.text(where, attributes) }),
    ...(extra === undefined ? {} : { extra: cleanMembers(extra, where, log) }),
  };
}

/** Settings need not reach the SQL, so they are looked through by themselves: every name, text and number in them. */
function keepsSettings(parameters: StepParameters, where: string, log: TextCleaner): boolean {
  const texts: string[] = [];
  JSON.stringify(parameters, (key, value: unknown) => {
    texts.push(key, ...(typeof value === 'string' || typeof value === 'number' ? [String(value)] : []));
    return value;
  });
  // Each is asked, not only up to the first that goes: the list of what was taken out is to be whole.
  return texts.filter((text) => log.value(`${where}: settings`, text) !== text).length === 0;
}

function cleanCell(cell: CellSpec, where: string, log: TextCleaner): CellSpec {
  if (cell.kind === 'publish') return cleanPublish(cell, where, log);
  if (cell.kind === 'check') return cleanCheck(cell, where, log);
  if (cell.kind === 'chart') return cleanChart(cell, where, log);
  if (cell.kind === 'markdown') return { ...cell, text: log.text(where, cell.text) };
  if (cell.kind === 'foreign')
    return { ...cell, info: log.text(where, cell.info), text: log.text(where, cell.text) };
  const { attributes, step, ...plain } = cell;
  const sql = log.sql(where, cell.sql);
  // A step whose SQL lost something goes on as that SQL: its settings say what was taken out.
  const isWhole = step !== undefined && sql === cell.sql && keepsSettings(step.parameters, where, log);
  return {
    ...plain,
    ...(isWhole ? { step } : {}),
    sql,
    ...(attributes === undefined ? {} : { attributes: log.text(where, attributes) }),
  };
}

function cleanPolicy(policy: Policy, log: TextCleaner): Policy {
  const { quasi, dismissed } = policy;
  const where = 'notebook: policy';
  const entries = Object.entries(dismissed ?? {}).map(([column, reason]) => {
    const name = log.name(where, column);
    return [name, log.text(`${where}: reason for ${name}`, reason)];
  });
  return {
    ...policy,
    quasi: quasi.map((name) => log.name(where, name)),
    ...(dismissed === undefined ? {} : { dismissed: Object.fromEntries(entries) }),
  };
}

/** Every text a person typed, cleaned; namespaces, modules, creators and names of cells and sources stay. */
export function cleanSpec(spec: NotebookSpec, log: TextCleaner): NotebookSpec {
  const sources = Object.entries(spec.sources).map(([source, each]) => {
    const nameColumn = (column: string) =>
      log.name(`notebook: column names of ${source}`, column) === column ? column : null;
    return [source, redactSourceSpec(each, { source, document: 'notebook', nameColumn, log })];
  });
  return {
    title: log.text('notebook: title', spec.title),
    timezone: spec.timezone,
    sources: Object.fromEntries(sources),
    policy: cleanPolicy(spec.policy, log),
    cells: spec.cells.map((cell, i) => cleanCell(cell, `notebook: cell ${i + 1} (${cell.kind})`, log)),
    ...(spec.inputs === undefined ? {} : { inputs: cleanInputs(spec.inputs, log) }),
    extra: cleanMembers(spec.extra, 'notebook: front matter', log),
  };
}
