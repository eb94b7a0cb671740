// What a person is told after the engine broke down; must not know how it is replaced.
import type { Problem } from '../base/result.ts';
import type { EngineCrash } from './engine-host.svelte.ts';

export function describeCrash({ problem, recoveredMs }: EngineCrash): Problem {
  if (recoveredMs === null) return problem;
  const reason = problem.message.replace(/^The database engine has stopped: /, '').replace(/\.$/, '');
  return {
    code: 'engine-replaced',
    message: `The database engine stopped (${reason}). A new one was started and its sources are bound again.`,
    hint: 'Nothing of the notebook is lost; cells that ran are stale and have to run again. If it happens with the same cell, take fewer rows or columns there.',
  };
}
