// A statement with its inputs as literals, proven by its parse tree to say nothing else; must not know cells or the engine.
import { nearestName } from '../base/nearest-name.ts';
import type { Problem } from '../base/result.ts';
import type { ParseTree } from '../lineage/lineage-types.ts';
import { isRecord } from '../lineage/tree.ts';
import {
  bindCheck,
  bindSql,
  inputLiterals,
  writtenOffset,
  type BoundSql,
} from '../notebook/inputs/bind-inputs.ts';
import { foldName } from '../notebook/names.ts';
import type { CheckSpec } from '../notebook/notebook-types.ts';
import { SQL_PARAMETERS } from '../notebook/check-kinds.ts';
import type { ParseStatement } from '../quality/guard-check.ts';
import type { InputSpecs } from '../notebook/inputs/input-types.ts';

export interface BoundStatement {
  readonly bound: BoundSql;
  /** Of the bound statement; of the written one where it cannot be bound; null where that cannot be parsed. */
  readonly tree: ParseTree | null;
  readonly problem: Problem | null;
}

function parameterName(node: unknown): string | null {
  const parameter = isRecord(node) ? node['parameter'] : undefined;
  const name = isRecord(parameter) && parameter['style'] === 'Dollar' ? parameter['name'] : undefined;
  return typeof name === 'string' ? foldName(name) : null;
}

/** True where `bound` is `written` with each parameter replaced by its literal; places do not count. */
function saysTheSame(written: unknown, bound: unknown, literals: ReadonlyMap<string, unknown>): boolean {
  const name = parameterName(written);
  if (name !== null) return literals.has(name) && saysTheSame(literals.get(name), bound, new Map());
  if (Array.isArray(written))
    return (
      Array.isArray(bound) &&
      written.length === bound.length &&
      written.every((item, index) => saysTheSame(item, bound[index], literals))
    );
  if (!isRecord(written)) return written === bound;
  if (!isRecord(bound)) return false;
  const keys = new Set([...Object.keys(written), ...Object.keys(bound)]);
  keys.delete('span');
  return [...keys].every((key) => saysTheSame(written[key], bound[key], literals));
}

/** A list within the brackets of `IN (…)`, which the engine would compare as a whole. */
function findBracketedList(node: unknown, lists: ReadonlySet<string>): string | null {
  if (Array.isArray(node)) {
    for (const item of node) {
      const found = findBracketedList(item, lists);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isRecord(node)) return null;
  const inNode = node['in'];
  if (isRecord(inNode) && inNode['is_field'] !== true && Array.isArray(inNode['expressions'])) {
    const names = inNode['expressions'].map(parameterName);
    const found = names.find((name) => name !== null && lists.has(name));
    if (found != null) return found;
  }
  return findBracketedList(Object.values(node), lists);
}

function unknownProblem(sql: string, bound: BoundSql, inputs: InputSpecs): Problem | null {
  const [use] = bound.unknown;
  if (!use) return null;
  const near = nearestName(use.name, [...inputLiterals(inputs).keys()]);
  const asEnds = ['min', 'max'].map((end) => foldName(`${use.name}_${end}`));
  const isRange = asEnds.every((each) => inputLiterals(inputs).has(each));
  const hint = isRange
    ? `A range has two ends: write $${use.name}_min and $${use.name}_max.`
    : near === null
      ? `Add the input ${use.name}.`
      : `Did you mean "$${near}"? Or add the input ${use.name}.`;
  return {
    code: 'input-unknown',
    message: `There is no input named ${use.name}.`,
    hint,
    sql,
    position: use.from,
  };
}

async function literalTrees(bound: BoundSql, parse: ParseStatement): Promise<ReadonlyMap<string, unknown>> {
  const trees = new Map<string, unknown>();
  for (const { name, literal } of bound.places) {
    if (trees.has(foldName(name))) continue;
    const parsed = await parse(`SELECT ${literal}`);
    const select: unknown = parsed.ok ? parsed.value[0]?.['select'] : null;
    const list: unknown = isRecord(select) ? select['expressions'] : null;
    if (Array.isArray(list)) trees.set(foldName(name), list[0]);
  }
  return trees;
}

function misplaced(sql: string, bound: BoundSql): Problem {
  const [use] = bound.places;
  return {
    code: 'input-place',
    message: `The input ${use?.name ?? ''} stands where no value can stand.`,
    hint: 'An input is a value: compare with it, or give it to a function.',
    sql,
    ...(use ? { position: use.from } : {}),
  };
}

function bracketProblem(sql: string, tree: ParseTree, bound: BoundSql, inputs: InputSpecs): Problem | null {
  const lists = Object.entries(inputs).flatMap(([name, { type }]) =>
    type === 'multi-select' ? [foldName(name)] : [],
  );
  const name = lists.length === 0 ? null : findBracketedList(tree, new Set(lists));
  if (name === null) return null;
  const use = bound.places.find((each) => foldName(each.name) === name);
  return {
    code: 'input-list',
    message: `The input ${use?.name ?? name} is a list and needs no brackets.`,
    hint: `Write IN $${use?.name ?? name}.`,
    sql,
    ...(use ? { position: use.from } : {}),
  };
}

/**
 * Puts literals where inputs stand. The outcome is parsed, and its tree must be that of the statement with nothing but the
 * literals exchanged: a value can never be read as SQL.
 * Problems, with the place in `sql`: those of the parser, `input-unknown`, `input-list`, `input-place`.
 */
export async function bindStatement(
  sql: string,
  inputs: InputSpecs,
  parse: ParseStatement,
): Promise<BoundStatement> {
  const bound = bindSql(sql, inputs);
  const written = await parse(sql);
  if (!written.ok) return { bound, tree: null, problem: written.error };
  const left = { bound: { ...bound, sql, places: [] }, tree: written.value };
  const unknown = unknownProblem(sql, bound, inputs);
  if (unknown) return { ...left, problem: unknown };
  if (bound.places.length === 0) return { bound, tree: written.value, problem: null };
  const bracketed = bracketProblem(sql, written.value, bound, inputs);
  if (bracketed) return { ...left, problem: bracketed };
  const parsed = await parse(bound.sql);
  const literals = await literalTrees(bound, parse);
  if (!parsed.ok || !saysTheSame(written.value, parsed.value, literals))
    return { ...left, problem: misplaced(sql, bound) };
  return { bound, tree: parsed.value, problem: null };
}

/** A problem of the bound statement, with its place in the statement as written. */
export function problemAsWritten(problem: Problem, written: string, bound: BoundSql): Problem {
  if (bound.places.length === 0) return problem;
  if (problem.sql !== undefined && problem.sql !== bound.sql) return problem;
  return {
    ...problem,
    ...(problem.sql === undefined ? {} : { sql: written }),
    ...(problem.position === undefined ? {} : { position: writtenOffset(bound, problem.position) }),
  };
}

export interface BoundCheck {
  readonly check: CheckSpec;
  /** Why its inputs cannot be bound. */
  readonly problem: Problem | null;
}

/** The SQL of checks, bound and proven as that of cells. */
export async function bindChecks(
  checks: readonly CheckSpec[],
  inputs: InputSpecs,
  parse: ParseStatement,
): Promise<readonly BoundCheck[]> {
  return Promise.all(checks.map((check) => bindOneCheck(check, inputs, parse)));
}

async function bindOneCheck(
  check: CheckSpec,
  inputs: InputSpecs,
  parse: ParseStatement,
): Promise<BoundCheck> {
  for (const key of SQL_PARAMETERS) {
    const sql = check.parameters[key];
    if (typeof sql !== 'string' || !sql.includes('$')) continue;
    const { problem } = await bindStatement(key === 'sql' ? sql : `SELECT (\n${sql}\n)`, inputs, parse);
    if (problem?.code.startsWith('input-')) return { check, problem };
  }
  return { check: bindCheck(check, inputs), problem: null };
}
