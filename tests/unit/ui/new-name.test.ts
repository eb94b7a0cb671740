// Where a statement makes a name itself, so that nothing should be offered for it.
import { expect, it } from 'vitest';
import { namePosition } from '../../../src/lib/ui/editor/new-name.ts';

it.each([
  ['SELECT 1 AS ', 'new'],
  ['SELECT count(*) as\n  ', 'new'],
  ['WITH ', 'new'],
  ['WITH RECURSIVE ', 'new'],
  ['SELECT CAST(a AS ', null],
  ['SELECT TRY_CAST(f(a, (b)) AS ', null],
  ['SELECT (CAST(a AS INTEGER)) AS ', 'new'],
  ['SELECT country ', 'alias'],
  ['SELECT count(*) ', 'alias'],
  ['SELECT "odd name" ', 'alias'],
  [`SELECT 'x' `, 'alias'],
  ['SELECT 1.5 ', 'alias'],
  ['SELECT a FROM users ', 'alias'],
  ['SELECT ', null],
  ['SELECT a, ', null],
  ['SELECT a FROM ', null],
  ['SELECT a FROM t WHERE ', null],
  ['SELECT a FROM t ORDER BY ', null],
  ['SELECT a FROM t JOIN ', null],
  ['SELECT a + ', null],
  ['SELECT CASE WHEN a THEN ', null],
  ['SELECT DISTINCT ', null],
  ['', null],
])('after %j: %s', (before, position) => {
  expect(namePosition(before)).toBe(position);
});
