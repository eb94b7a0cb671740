// The tables of cases as they are written down: what must be stopped and by which rule, and what must pass.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { GateCase, GateSetting } from './gate-case.ts';

interface CaseFile<Case> extends GateSetting {
  readonly cases: readonly Case[];
}

/** One way to smuggle something out. */
export interface AdversaryCase extends GateCase {
  readonly way: string;
  /** The gate's rule that must stop it, with a finding of its own. */
  readonly rule?: string;
  /** Rules that rightly stop it as well; any other one would be an accident. */
  readonly also?: readonly string[];
  /** The rule may take the text out of the module instead of blocking, and say so. */
  readonly removes?: boolean;
  /** Output column that the rule's finding must name. */
  readonly column?: string;
  /** What the rule does not do yet, so that this is known to go through. */
  readonly awaits?: string;
  /** Where no verdict may be reached at all: the code of the problem. */
  readonly refused?: string;
}

/** Work that an honest person does, and that must pass as it is. */
export interface HonestCase extends GateCase {
  readonly work: string;
  /** The rule that blocks it today all the same, and why. */
  readonly falseAlarm?: string;
}

function readCases<Case>(file: string): CaseFile<Case> {
  return parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as CaseFile<Case>;
}

export const ADVERSARY = readCases<AdversaryCase>('./adversary.yaml');
export const HONEST = readCases<HonestCase>('./honest.yaml');
