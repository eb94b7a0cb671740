// Seeded random notebooks and Markdown made of what is hard to keep whole; for tests only.
import type { InputSpec } from '../../../src/lib/notebook/inputs/input-types.ts';
import type {
  CellSpec,
  CheckSpec,
  ColumnDeclaration,
  NotebookSpec,
  SourceSpec,
} from '../../../src/lib/notebook/notebook-types.ts';

export type Random = () => number;

/** mulberry32: the same numbers between 0 and 1 for the same seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

function many<T>(random: Random, most: number, make: (index: number) => T): T[] {
  return Array.from({ length: Math.floor(random() * (most + 1)) }, (_, index) => make(index));
}

const HARD_LINES = [
  '', '', ' ', '\t', 'words', '# Heading', '---', '***', '```', '````', '~~~', '```sql', '```sql name=a', '```SQL',
  '```js', '~~~~ sql', '    ```sql', '  ```', '- item', '  ```sql', '1. one', '   ```', '> quote', '> ```sql',
  '<!--', '-->', '<!-- cell -->', '<!-- cell --> x', '<div>', '</div>', '<pre>', '</pre>', '<span>', '<?', '?>', '<![CDATA[',
  '```markdown cell', '```publish of=a', '```step name=z', 'a `b` c', '\r', 'x\r', '\uFEFF', '\u2028', '😀 é', '$name', 'a: b',
  '`'.repeat(9), '- - -', '-\tx', '\\```sql', '<a href="x">', 'title: x',
]; // prettier-ignore

export function hardText(random: Random): string {
  return many(random, 7, () => pick(random, HARD_LINES)).join('\n');
}

const HARD_STRINGS = [
  'plain', '', ' ', 'a b', '1', '1.0', '0x1f', '1e3', 'true', 'null', '~', 'yes', '- x', '? x', ': x', 'a: b', '# c', 'x # c', '"q"', "'q'",
  '[a', '{a', '&a', '*a', '!a', '%a', '@a', '`a', '|', '>', 'line\nbreak', '\n', 'end\n\n', '\ttab', '---', '...', 'a\n---\nb', '\u0000', '\u0085',
  '\u2028', '😀', '\uFEFF', 'é', '__proto__', 'constructor', '<<', '2016-01-01', 'a'.repeat(300), 'x '.repeat(100), '\\', '\r\n', ',', ';', '\t',
]; // prettier-ignore

const hard = (random: Random): string => pick(random, HARD_STRINGS);

function hardRecord<T>(random: Random, make: () => T): Record<string, T> {
  return Object.fromEntries(many(random, 3, () => [hard(random), make()]));
}

function hardValue(random: Random, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 2 ? 4 : 6));
  if (kind === 0) return hard(random);
  if (kind === 1) return pick(random, [0, -1, 1.5, 1e21, 1e-7, 9007199254740991]);
  if (kind === 2) return pick(random, [true, false, null]);
  if (kind === 3) return pick(random, [[], {}]);
  if (kind === 4) return many(random, 3, () => hardValue(random, depth + 1));
  return hardRecord(random, () => hardValue(random, depth + 1));
}

function maybe<T>(random: Random, key: string, make: () => T): Record<string, T> {
  return random() < 0.5 ? {} : { [key]: make() };
}

function hardSource(random: Random): SourceSpec {
  return {
    file: hard(random).replace(/[/\\]/g, '') || 'a.csv',
    ...maybe(random, 'sha256', () => pick(random, ['0', '12', 'e0']).repeat(64).slice(0, 64)),
    import: {
      format: 'csv',
      ...maybe(random, 'delimiter', () => hard(random)),
      ...maybe(random, 'quote', () => hard(random)),
      ...maybe(random, 'header', () => random() < 0.5),
      ...maybe(random, 'skipRows', () => Math.floor(random() * 5)),
      ...maybe(random, 'nullText', () => many(random, 3, () => hard(random))),
      ...maybe(random, 'types', () => hardRecord(random, () => hard(random))),
    },
    ...maybe(random, 'columns', () => hardRecord(random, () => hardDeclaration(random))),
  };
}

function hardDeclaration(random: Random): ColumnDeclaration {
  return {
    ...maybe(random, 'sensitivity', () => pick(random, ['none', 'quasi', 'direct', 'secret'] as const)),
    ...maybe(random, 'meaning', () => hard(random)),
  };
}

/** Texts that a check takes: never blank. */
function hardSetting(random: Random): string {
  return `x${hard(random)}`;
}

function hardCheck(random: Random): CellSpec {
  const checks = many(random, 3, () =>
    pick<CheckSpec>(random, [
      { kind: 'not_null', parameters: { column: hardSetting(random), fail: pick(random, [0, 3, '1%']) } },
      {
        kind: 'in_set',
        parameters: {
          column: hardSetting(random),
          values: [hard(random), pick(random, [true, -1.5, '12345678901234567890'])],
          mostly: pick(random, [0.5, '95%']),
        },
      },
      {
        kind: 'expression_true',
        parameters: { expression: hardSetting(random), where: hardSetting(random) },
      },
      { kind: 'drift_from', parameters: { baseline: { columns: { [hard(random)]: hard(random) } } } },
    ]),
  );
  return {
    kind: 'check',
    of: pick(random, ['a', '', 'a b', '"', '`', '=']),
    checks,
    ...maybe(random, 'attributes', () => pick(random, ['pinned', 'title="a b"'])),
  };
}

function hardChart(random: Random, index: number): CellSpec {
  return {
    kind: 'chart',
    of: pick(random, ['a', '', 'a b', '"', '`', '=']),
    mark: pick(random, ['bar', 'line', 'heatmap'] as const),
    ...maybe(random, 'name', () => `c${index}`),
    ...maybe(random, 'x', () => hard(random)),
    ...maybe(random, 'y', () => hard(random)),
    ...maybe(random, 'aggregate', () => pick(random, ['count', 'mean'] as const)),
    ...maybe(random, 'series', () => hard(random)),
    ...maybe(random, 'bins', () => pick(random, [2, 200])),
    ...maybe(random, 'title', () => hard(random)),
    ...maybe(random, 'attributes', () => pick(random, ['pinned', 'title="a b"'])),
    ...maybe(random, 'extra', () => ({ later: hardValue(random, 0) })),
  };
}

function hardCell(random: Random, index: number): CellSpec {
  const kind = Math.floor(random() * 6);
  if (kind === 5) return hardChart(random, index);
  if (kind === 4) return hardCheck(random);
  if (kind === 0) return { kind: 'markdown', text: hardText(random) };
  if (kind === 1) {
    return {
      kind: 'sql',
      ...maybe(random, 'name', () => `n${index}`),
      sql: hardText(random),
      ...maybe(random, 'attributes', () => pick(random, ['pinned', 'title="a b"', '{1,3} x', '`tick`'])),
    };
  }
  if (kind === 2) {
    const info = pick(random, [
      'input',
      'input of=a',
      `input name=i${index}`,
      'input kind="a b"',
      'input `x`',
    ]);
    return { kind: 'foreign', info, text: hardText(random) };
  }
  return {
    kind: 'publish',
    of: pick(random, ['a', '', 'a b', '"', '`', '\n', '=']),
    namespace: hard(random),
    module: hard(random),
    formats: many(random, 2, () => pick(random, ['parquet', 'csv', 'json'] as const)),
    order: many(random, 2, () => hard(random)),
    ...maybe(random, 'destination', () => hard(random)),
    ...maybe(random, 'description', () => hard(random)),
    ...maybe(random, 'keywords', () => many(random, 2, () => hard(random))),
    ...maybe(random, 'extra', () => ({ later: hardValue(random, 0) })),
  };
}

function hardInput(random: Random): InputSpec {
  const text = (): string | null => (random() < 0.3 ? null : hard(random));
  const number = (): number | null => pick(random, [null, 0, -1.5, 9007199254740991]);
  return {
    ...pick<InputSpec>(random, [
      { type: 'text', value: text() },
      { type: 'number', value: number(), min: -2 },
      { type: 'date', value: pick(random, [null, '2016-02-29']) },
      { type: 'range', value: { min: null, max: number() } },
      { type: 'date-range', value: { min: '2016-01-01', max: null } },
      { type: 'select', value: text(), options: { of: hard(random), column: hard(random) } },
      {
        type: 'multi-select',
        value: many(random, 3, () => hard(random)),
        options: [hard(random), 2016],
      },
    ]),
    ...maybe(random, 'label', () => hard(random)),
  };
}

/** A notebook of hard strings and texts; not in normal form. */
export function hardNotebook(random: Random): NotebookSpec {
  return {
    title: hard(random),
    timezone: pick(random, ['UTC', 'Europe/Kyiv']),
    sources: Object.fromEntries(many(random, 2, (index) => [`s${index}`, hardSource(random)])),
    policy: {
      k: pick(random, [1, 5, 11]),
      quasi: many(random, 2, () => hard(random)),
      ...maybe(random, 'dismissed', () => hardRecord(random, () => hard(random))),
    },
    ...maybe(random, 'inputs', () =>
      Object.fromEntries([
        ['i', hardInput(random)],
        ...many(random, 2, (index) => [`j${index}`, hardInput(random)] as const),
      ]),
    ),
    cells: many(random, 6, (index) => hardCell(random, index)),
    extra: Object.fromEntries(many(random, 2, (index) => [`extra${index}`, hardValue(random, 0)])),
  };
}
