// Where a tour was left, out of what this browser remembers; must not know how it is remembered.
import { TOUR_ROLES, tourFor, type TourRole } from './tour-steps.ts';

export interface KeptTour {
  readonly role: TourRole;
  /** From 0. */
  readonly step: number;
}

/** Null for whatever is no step of a tour there is. */
export function readKeptTour(value: unknown): KeptTour | null {
  if (typeof value !== 'object' || value === null) return null;
  const [role, step]: readonly unknown[] = [Reflect.get(value, 'role'), Reflect.get(value, 'step')];
  const known = TOUR_ROLES.find((each) => each.role === role)?.role;
  if (known === undefined || typeof step !== 'number' || !Number.isInteger(step)) return null;
  return step < 0 || step >= tourFor(known).length ? null : { role: known, step };
}
