// What a person can put in place of a sensitive column, by what it holds and its type; must not know any rule.
import { quoteIdentifier } from '../base/sql-text.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import { typeFamily } from '../sensitivity/type-family.ts';
import type { Mend } from './gate-types.ts';

/** Plain identifiers stand as they are, all others in double quotes. */
function writeIdentifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name);
}

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
  const known = entity === null ? undefined : BY_ENTITY[entity];
  if (known) return known;
  const family = typeFamily(type);
  if (family === 'date' || family === 'timestamp') return BY_ENTITY['DATE_TIME'] ?? [];
  if (family === 'integer' || family === 'decimal' || family === 'float')
    return [call('bucket_number', 'the range it lies in', ', 10'), TOKEN];
  return [TOKEN, BLANK];
}

export interface MendRequest {
  readonly entity: string | null;
  readonly type: string;
  /** Name under which the cell that makes the output column reads the value. */
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

/** The column as the last cell reads it: the place before the last on the path, else the source column. */
export function columnBefore(path: readonly string[], fallback: string): string {
  const before = path.at(-2);
  const dot = before?.indexOf('.') ?? -1;
  return before !== undefined && dot >= 0 ? before.slice(dot + 1) : fallback;
}
