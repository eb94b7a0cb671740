// What a person can put in place of a sensitive column, by what it holds and its type; must not know any rule.
import type { MacroRegistry } from '../macros/macro-types.ts';
import { typeFamily } from '../sensitivity/type-family.ts';
import type { Mend } from './gate-types.ts';
import { writeIdentifier } from './identifier.ts';

interface Cure {
  readonly macro: string;
  write(column: string): string;
  readonly says: string;
}

const call = (macro: string, says: string, rest = ''): Cure => ({
  macro,
  write: (column) => `${macro}(${column}${rest})`,
  says,
});

const TOKEN = call('hmac_sha256', 'a keyed token that keeps equal values equal');
const BLANK = call('redact', 'a fixed text that only says there was a value');
const BY_ENTITY: Readonly<Record<string, readonly Cure[]>> = {
  EMAIL_ADDRESS: [call('mask_email', 'the domain only'), TOKEN],
  PHONE_NUMBER: [call('mask_phone', 'the last four digits only'), TOKEN],
  CREDIT_CARD: [call('mask_card', 'the last four digits only'), TOKEN],
  IP_ADDRESS: [TOKEN],
  US_SSN: [TOKEN],
  PERSON: [BLANK, TOKEN],
  LOCATION: [BLANK],
  DATE_TIME: [call('truncate_date', 'the year only', ", 'year'")],
};

function curesFor(entity: string | null, type: string): readonly Cure[] {
  const family = typeFamily(type);
  const isNumber = family === 'integer' || family === 'decimal' || family === 'float';
  const known = entity === null ? undefined : BY_ENTITY[entity];
  // A year taken from a date of birth is a number, and truncate_date takes none.
  if (known && !(isNumber && entity === 'DATE_TIME')) return known;
  if (family === 'date' || family === 'timestamp') return BY_ENTITY['DATE_TIME'] ?? [];
  if (isNumber) return [call('bucket_number', 'the range it lies in', ', 10'), TOKEN];
  return [TOKEN, BLANK];
}

export interface MendRequest {
  readonly entity: string | null;
  readonly type: string;
  /** Name of the output column: the expression stands in a `SELECT * REPLACE (…)` over the published relation. */
  readonly column: string;
  readonly isSecret: boolean;
  readonly registry: MacroRegistry;
}

/** Offers only macros that are in the registry. A secret is left out, in no form published. */
export function suggestMend(request: MendRequest): Mend {
  const name = writeIdentifier(request.column);
  if (request.isSecret) return { text: `Leave ${name} out: a secret is not published in any form.` };
  const cures = curesFor(request.entity, request.type).filter((cure) => request.registry.find(cure.macro));
  const [first, second] = cures;
  if (!first) return { text: `Leave ${name} out.` };
  const expression = first.write(name);
  const otherwise = second ? `, or with ${second.write(name)} (${second.says})` : '';
  return { text: `Replace it with ${expression} (${first.says})${otherwise}, or leave it out.`, expression };
}
