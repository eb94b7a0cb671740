// DuckDB's words turned into problems a person can act on.
import { describe, expect, it } from 'vitest';
import { DuckCancelled, DuckCrashed, DuckError } from '../../../workers/engine/duck-port.ts';
import { describeFailure, readDuckReport, utf16Offset } from '../../../workers/engine/problems.ts';

const report = (fields: Record<string, string>): DuckError => new DuckError(JSON.stringify(fields));

describe('problems of the engine', () => {
  it('counts UTF-16 units where DuckDB counts bytes', () => {
    expect([
      utf16Offset('ä😀x', 0),
      utf16Offset('ä😀x', 2),
      utf16Offset('ä😀x', 6),
      utf16Offset('ä😀x', 99),
    ]).toEqual([0, 1, 3, 4]);
  });

  it('reads errors that are no JSON, or broken JSON, as they are', () => {
    expect(readDuckReport('plain words ')).toEqual({
      type: '',
      message: 'plain words',
      positionBytes: null,
      candidates: [],
    });
    expect(readDuckReport('{"exception_type": broken').message).toBe('{"exception_type": broken');
  });

  it('maps a place in the wrapped statement to the user’s own', () => {
    const sql = "SELECT 'ä', nope";
    const error = report({
      exception_type: 'Binder',
      exception_message: 'Referenced column "nope" not found in FROM clause!\nCandidate bindings: "nose"',
      position: '23',
      candidates: 'nose',
    });
    expect(describeFailure(error, { sql, prefixBytes: 10 })).toEqual({
      code: 'engine-sql',
      message: 'Referenced column "nope" not found in FROM clause.',
      hint: 'Did you mean "nose"?',
      sql,
      position: 12,
    });
  });

  it('gives no place that lies before the user’s statement', () => {
    const error = report({ exception_type: 'Binder', exception_message: 'wrong', position: '3' });
    expect(describeFailure(error, { sql: 'x', prefixBytes: 10 })).toEqual({
      code: 'engine-sql',
      message: 'Wrong.',
      sql: 'x',
    });
  });

  it('does not suggest tables of the system', () => {
    const error = report({
      exception_type: 'Catalog',
      exception_message: 'Table with name nosuch does not exist!\nDid you mean "pg_sequences"?',
      candidates: 'pg_sequences',
    });
    expect(describeFailure(error)).toEqual({
      code: 'engine-sql',
      message: 'Table with name nosuch does not exist.',
    });
  });

  it.each([
    [new DuckCancelled(), 'engine-cancelled'],
    [new DuckCrashed('gone.'), 'engine-crashed'],
    [
      report({ exception_type: 'Out of Memory', exception_message: 'failed to allocate' }),
      'engine-out-of-memory',
    ],
    [
      report({ exception_type: 'Fatal', exception_message: 'database has been invalidated' }),
      'engine-crashed',
    ],
    [report({ exception_type: 'Interrupt', exception_message: 'Interrupted!' }), 'engine-cancelled'],
    [
      report({
        exception_type: 'Extension Autoloading',
        exception_message: "install the required extension 'icu':\nx",
      }),
      'engine-missing-extension',
    ],
    ['a string', 'engine-sql'],
    [new DuckError(''), 'engine-sql'],
  ])('knows %s', (error, code) => {
    const problem = describeFailure(error);
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(/[.:!?]/);
  });
});
