// The statements that are compared: with the product's macros, and by hand without them; must not know who runs them.
import type { HexPads } from './side.ts';

export interface Step {
  readonly name: string;
  /** What the table holds, in words. */
  readonly materializes: string;
  /** As a cell of the product says it. */
  readonly cell: string;
  /** The same result without macros, as an analyst would write it for these very data; null where the cell has none. */
  readonly byHand: string | null;
}

function hmacByHand(value: string, { inner, outer }: HexPads): string {
  return `sha256(unhex('${outer}') || unhex(sha256(unhex('${inner}') || encode(${value}))))`;
}

export function compareSteps(pads: HexPads): readonly Step[] {
  return [
    {
      name: 'one row',
      materializes: 'one constant: what a cell costs before it works',
      cell: 'SELECT 42 AS answer',
      byHand: null,
    },
    {
      name: 'group-by',
      materializes: '32 groups: count, sum, mean, minimum by country and city',
      cell: `SELECT country, city, count(*) AS customers, count(salary) AS salaries, sum(salary) AS total,
        avg(salary) AS mean, min(birth_date) AS oldest FROM customers GROUP BY ALL`,
      byHand: null,
    },
    {
      name: 'filter and sort',
      materializes: 'id, name, city, salary of customers with a salary above 60,000, by salary and id',
      cell: 'SELECT id, first_name, last_name, city, salary FROM customers WHERE salary > 60000 ORDER BY salary, id',
      byHand: null,
    },
    {
      name: 'hmac_sha256',
      materializes: 'id and the HMAC-SHA-256 of the e-mail address',
      cell: 'SELECT id, hmac_sha256(email) AS token FROM customers',
      byHand: `SELECT id, ${hmacByHand('email', pads)} AS token FROM customers`,
    },
    {
      name: 'mask_phone',
      materializes: 'id and the masked phone number (text, three spellings)',
      cell: 'SELECT id, mask_phone(phone) AS phone FROM customers',
      byHand: `SELECT id, '***-***-' || right(regexp_replace(phone, '[^0-9]', '', 'g'), 4) AS phone FROM customers`,
    },
    {
      name: 'mask_card',
      materializes: 'id and the masked card number (BIGINT)',
      cell: 'SELECT id, mask_card(card) AS card FROM customers',
      byHand: `SELECT id, '**** **** **** ' || right(CAST(card AS VARCHAR), 4) AS card FROM customers`,
    },
    {
      name: 'mask_email',
      materializes: 'id and the masked e-mail address',
      cell: 'SELECT id, mask_email(email) AS email FROM customers',
      byHand: `SELECT id, regexp_replace(email, '^[^@]*@', '*****@') AS email FROM customers`,
    },
    {
      name: 'impute_mean',
      materializes: 'id and the salary, gaps filled with the mean',
      cell: 'SELECT id, impute_mean(salary) AS salary FROM customers',
      byHand:
        'SELECT id, coalesce(CAST(salary AS DOUBLE), (SELECT avg(salary) FROM customers)) AS salary FROM customers',
    },
  ];
}
