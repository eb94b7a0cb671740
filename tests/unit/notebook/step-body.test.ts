// Step cells as text: read, written, refused with the line; renamed, edited, turned into SQL; and cleaned before they leave.
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { cleanSpec } from '../../../src/lib/metadata/clean-spec.ts';
import { RedactionLog } from '../../../src/lib/metadata/redaction-log.ts';
import { completeNotebook } from '../../../src/lib/notebook/complete.ts';
import { applyEdit } from '../../../src/lib/notebook/edit.ts';
import type { CellId, Notebook, SqlCell } from '../../../src/lib/notebook/notebook-types.ts';
import { parseNotebook } from '../../../src/lib/notebook/text-parse.ts';
import { writeNotebook } from '../../../src/lib/notebook/text-write.ts';
import { detectText } from '../../../src/lib/sensitivity/detect-text.ts';

const TEXT = `---
sluice: 1
title: Steps
sources:
  users:
    file: users.csv
---

\`\`\`step name=filled kind=impute-mean of=users
column: salary
\`\`\`

\`\`\`step name=joined kind=join of=filled fold
with: users
on: { id: id }
take: [ email, city ]
\`\`\`

\`\`\`step name=few kind=filter of=joined
where: [ { column: city, is: "=", value: Lviv }, { column: age, is: ">=", value: 18 } ]
\`\`\`
`;

function open(text: string): Notebook {
  let next = 0;
  return completeNotebook(unwrap(parseNotebook(text)), () => `c${(next += 1)}`);
}

function cellNamed(notebook: Notebook, name: string): SqlCell {
  const found = notebook.cells.find((cell): cell is SqlCell => cell.kind === 'sql' && cell.name === name);
  if (!found) throw new Error(`no cell ${name}`);
  return found;
}

const problemOf = (text: string) => {
  const parsed = parseNotebook(text);
  return parsed.ok ? 'read' : parsed.error.message;
};

describe('a step cell', () => {
  it('is a SQL cell whose SQL is derived', () => {
    const cell = cellNamed(open(TEXT), 'filled');
    expect(cell.step).toEqual({ kind: 'impute-mean', of: 'users', parameters: { column: 'salary' } });
    expect(cell.sql).toBe(
      'SELECT * REPLACE (impute_value(salary, (SELECT avg(null_if_not_finite(salary)) FROM users)) AS salary)\nFROM users',
    );
  });

  it('comes back as the same text, read or made anew', () => {
    const spec = unwrap(parseNotebook(TEXT));
    expect(writeNotebook(spec)).toBe(TEXT);
    const { written: _, ...bare } = spec;
    const formed = writeNotebook(bare);
    expect(unwrap(parseNotebook(formed)).cells).toEqual(spec.cells);
    expect(formed).toContain('```step name=joined kind=join of=filled fold\nwith: users\n');
  });

  it('that is broken names line and mend', () => {
    expect(problemOf('```step name=a of=b\n```\n')).toMatch(/^Line \d+: a step says its kind/);
    expect(problemOf('```step kind=fly of=b\n```\n')).toContain('there is no step called “fly”');
    expect(problemOf('```step kind=sample of=b\nkey: id\nshare: 3\n```\n')).toBe(
      'Line 3: “share” must be a number from 0 to 1.',
    );
    expect(problemOf('```step kind=hash\ncolumn: a\n```\n')).toContain('a step says what it works on');
    expect(problemOf('```step kind=hash of=b\n- a\n```\n')).toContain('a step holds “name: value” lines');
  });

  it('follows the names of what it reads, in its settings and its SQL', () => {
    const notebook = open(TEXT);
    const renamed = unwrap(
      applyEdit(notebook, {
        kind: 'rename-source',
        name: 'users',
        newName: 'people',
        rewritten: new Map<CellId, string>(),
      }),
    );
    expect(cellNamed(renamed, 'filled').sql).toContain('FROM people');
    expect(cellNamed(renamed, 'joined').step?.parameters['with']).toBe('people');
    expect(writeNotebook(renamed)).toContain('kind=impute-mean of=people');
  });

  it('is changed as a step, and becomes SQL where asked for or typed over', () => {
    const notebook = open(TEXT);
    const { id } = cellNamed(notebook, 'filled');
    const step = { kind: 'impute-median', of: 'users', parameters: { column: 'salary' } } as const;
    const changed = unwrap(applyEdit(notebook, { kind: 'change-step', id, step }));
    expect(cellNamed(changed, 'filled').sql).toContain('median(null_if_nan(salary))');
    const refused = applyEdit(notebook, { kind: 'change-step', id, step: { ...step, parameters: {} } });
    expect(refused.ok ? '' : refused.error.message).toBe('the step impute-median needs “column”.');
    const turned = unwrap(applyEdit(changed, { kind: 'change-step', id, step: null }));
    expect(cellNamed(turned, 'filled').step).toBeUndefined();
    expect(cellNamed(turned, 'filled').sql).toBe(cellNamed(changed, 'filled').sql);
    const typed = unwrap(applyEdit(changed, { kind: 'change-text', id, text: 'SELECT 1' }));
    expect(cellNamed(typed, 'filled')).not.toHaveProperty('step');
    expect(writeNotebook(typed)).toContain('```sql name=filled\nSELECT 1\n```');
  });

  it('that names a person leaves as SQL without the name, and keeps its settings otherwise', () => {
    const text = TEXT.replace('value: Lviv', 'value: ada@example.org');
    const clean = cleanSpec(unwrap(parseNotebook(text)), new RedactionLog(detectText));
    const left = writeNotebook(clean);
    expect(left).not.toContain('ada@example.org');
    expect(left).toContain('```sql name=few');
    expect(left).toContain('```step name=joined kind=join of=filled fold');
  });

  it('is left where a setting that the statement does not use holds a value; bounds of inputs go likewise', () => {
    const text = TEXT.replace(
      'sources:',
      'inputs:\n  most: { type: number, value: 3, min: 1, max: 4111111111111111, step: 1 }\n  span: { type: range, min: 5555555555554444, value: [1, 2] }\nsources:',
    ).concat(
      '\n```step name=clipped kind=outliers of=users\ncolumn: salary\nmethod: iqr\naction: clip\nkeep: [4111111111111111]\n```\n',
    );
    const spec = unwrap(parseNotebook(text));
    expect(
      spec.cells.flatMap((cell) => (cell.kind === 'sql' && cell.step ? [cell.step.kind] : [])),
    ).toContain('outliers');
    const left = writeNotebook(cleanSpec(spec, new RedactionLog(detectText)));
    expect(left).not.toMatch(/4111111111111111|5555555555554444/);
    expect(left).toContain('```sql name=clipped');
    expect(left).toContain('min: 1');
    expect(left).toContain('```step name=joined kind=join of=filled fold');
  });
});
