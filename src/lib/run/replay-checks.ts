// Runs a notebook's checks over what was replayed; must not know what a check is or what follows from its outcome.
import type { Effects } from '../base/effects.ts';
import type { Problem } from '../base/result.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import { disabledNames, isDisabled } from '../notebook/cell-flags.ts';
import { bindCheck } from '../notebook/inputs/bind-inputs.ts';
import { inputsOf } from '../notebook/inputs/edit-inputs.ts';
import type { CheckCell, CheckSpec, Notebook } from '../notebook/notebook-types.ts';
import type { CheckResult } from '../quality/check-types.ts';
import { evaluateChecks, failChecks, type CheckEngine } from '../quality/evaluate.ts';
import { relationsOfCheck } from '../quality/guard-check.ts';
import { bindChecks } from './bind-statement.ts';
import { disabledProblem, type AsyncParse } from './notebook-analysis.ts';

interface ChecksRequest {
  readonly notebook: Notebook;
  readonly parse: AsyncParse;
  readonly registry: MacroRegistry;
  readonly effects: Pick<Effects, 'now'>;
  readonly onStep?: (step: { readonly kind: 'check'; readonly name: string }) => void;
}

/** What was replayed before the checks. */
interface Ran {
  readonly sources: readonly { readonly name: string }[];
  readonly cells: readonly { readonly name: string; readonly problem: Problem | null }[];
}

/** Those that are to be judged: disabled ones are not. */
export function checkCellsOf(notebook: Notebook): readonly CheckCell[] {
  return notebook.cells.filter((cell) => cell.kind === 'check').filter((cell) => !isDisabled(cell));
}

type Names = ReadonlySet<string>;

/**
 * Lower-case names that the checks of `wanted` relations read besides them, and all those come from: a check may look into
 * relations that what it checks does not come from, and those may be checked in turn.
 */
export async function withCheckedRelations(
  request: Pick<ChecksRequest, 'notebook' | 'parse'>,
  wanted: Names,
  ancestors: (name: string) => Names,
): Promise<Names> {
  const all = new Set(wanted);
  const open = new Set(checkCellsOf(request.notebook));
  for (let found = true; found;) {
    found = false;
    for (const cell of open) {
      if (!all.has(cell.of.toLowerCase())) continue;
      open.delete(cell);
      found = true;
      for (const check of cell.checks)
        for (const name of await relationsOfCheck(
          bindCheck(check, inputsOf(request.notebook)),
          request.parse,
        )) {
          all.add(name.toLowerCase());
          for (const ancestor of ancestors(name)) all.add(ancestor);
        }
    }
  }
  return all;
}

function obstacle(of: string, { sources, cells }: Ran): Problem | null {
  const isMeant = ({ name }: { readonly name: string }): boolean => name.toLowerCase() === of.toLowerCase();
  const cell = cells.find(isMeant);
  if (cell?.problem)
    return {
      code: 'cell-upstream',
      message: `${cell.name}, which is checked, failed.`,
      hint: `Mend ${cell.name} first.`,
    };
  if (cell || sources.some(isMeant)) return null;
  return {
    code: 'check-relation',
    message:
      of === '' ? 'The check cell does not say what it checks.' : `There is no source or cell named ${of}.`,
    hint: 'Write of=name after “check”.',
  };
}

/** The checks of every wanted relation, or of all; those of a relation that is not there have failed. */
export async function replayChecks(
  engine: CheckEngine,
  request: ChecksRequest,
  wanted: Names | null,
  ran: Ran,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const disabled = disabledNames(request.notebook);
  for (const { of, checks } of checkCellsOf(request.notebook)) {
    if (wanted && !wanted.has(of.toLowerCase())) continue;
    const asleep = disabled.has(of.toLowerCase()) ? disabledProblem(of, false) : null;
    const problem = asleep ?? obstacle(of, ran);
    if (problem === null) request.onStep?.({ kind: 'check', name: of });
    results.push(
      ...(problem ? failChecks(of, checks, problem) : await evaluate(engine, request, of, checks)),
    );
  }
  return results;
}

/** With inputs as literals; a check whose inputs are wrong could not run. */
async function evaluate(
  engine: CheckEngine,
  { notebook, parse, registry, effects }: ChecksRequest,
  relation: string,
  checks: readonly CheckSpec[],
): Promise<readonly CheckResult[]> {
  const bound = await bindChecks(checks, inputsOf(notebook), parse);
  const now = (): Date => effects.now();
  const ran = bound.map(({ check }) => check);
  const results = await evaluateChecks({ engine, relation, checks: ran, parse, registry, now });
  return results.map((result, index) => {
    const problem = bound[index]?.problem;
    return problem ? (failChecks(relation, ran, problem)[index] ?? result) : result;
  });
}
