// email_valid: each value has the form of an e-mail address; must not know how rows are counted.
import { quoteLiteral } from '../../base/sql-text.ts';
import type { CompileCheck } from '../compiled-check.ts';

/** The form that browsers accept (HTML Living Standard, "valid e-mail address"), with a dot in the domain. */
const ADDRESS =
  "^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$";
/** RFC 5321, 4.5.3.1: 256 octets of a path with its brackets. */
const LONGEST = 254;

/** The library's `is_email` where it is loaded, else the form above. NULL is left out, empty text fails. */
export const emailValid: CompileCheck = (target) => {
  const name = target.quoted();
  const text = `CAST(${name} AS VARCHAR)`;
  const isValid = target.registry.find('is_email')
    ? `sluice.is_email(${text})`
    : `regexp_matches(${text}, ${quoteLiteral(ADDRESS)}) AND length(${text}) <= ${LONGEST}`;
  return { form: 'rows', examined: `${name} IS NOT NULL`, failing: `NOT coalesce(${isValid}, FALSE)` };
};
