import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/lib/gate/gate-types.ts';
import type { Cell, CellId } from '../../../src/lib/notebook/notebook-types.ts';
import type { RiskReport } from '../../../src/lib/risk/risk-types.ts';
import type { CellRun } from '../../../src/lib/session/cell-run-types.ts';
import type { SourceView } from '../../../src/lib/session/source-view-types.ts';
import {
  cellVerbOf,
  isForControl,
  isPressed,
  spellKey,
  spellVerb,
  type FocusedControl,
} from '../../../src/lib/ui/notebook/cell-shortcuts.ts';
import { describeRun, nameCells, resultSize } from '../../../src/lib/ui/notebook/cell-words.ts';
import { searchPalette } from '../../../src/lib/ui/palette/palette-search.ts';
import {
  columnsOfRelation,
  publishableRelations,
  splitWords,
} from '../../../src/lib/ui/publish/publish-columns.ts';
import { groupFindings, riskFigures, summarizeVerdict } from '../../../src/lib/ui/publish/verdict-words.ts';

const id = (text: string): CellId => text as CellId;
const cells: readonly Cell[] = [
  { kind: 'markdown', id: id('a'), text: '' },
  { kind: 'sql', id: id('b'), name: 'safe', sql: '' },
  { kind: 'markdown', id: id('c'), text: '' },
  {
    kind: 'publish',
    id: id('d'),
    of: 'safe',
    namespace: 'hr',
    module: 'users',
    formats: ['parquet'],
    order: [],
  },
  { kind: 'foreign', id: id('e'), info: 'step name=x', text: '' },
];
const newRun: CellRun = {
  state: 'new',
  elapsedMs: null,
  startedAtMs: null,
  rowCount: null,
  columns: [],
  problem: null,
  progress: null,
  reads: [],
  generation: 0,
};

describe('cells in words', () => {
  it('each have a name of their own', () => {
    expect(nameCells(cells)).toEqual([
      'Text cell 1',
      'Cell safe',
      'Text cell 2',
      'Publish cell hr/users',
      'Kept cell step',
    ]);
  });

  it('state their result exactly', () => {
    const columns = [{ name: 'a', type: 'BIGINT', sensitivity: null, badge: null, direct: [], indirect: [] }];
    const size = { rowCount: 1_000_000, columns, elapsedMs: 24 };
    expect(resultSize(size)).toBe(`${(1_000_000).toLocaleString()} rows · 1 column · 24 ms`);
  });

  it('tell their state and, running, for how long', () => {
    expect(describeRun(newRun, 0)).toEqual({ word: 'not run', detail: null });
    expect(describeRun({ ...newRun, state: 'running', startedAtMs: 500 }, 900)).toEqual({
      word: 'running',
      detail: '400 ms',
    });
  });
});

describe('the keys of a cell', () => {
  const press = (
    key: string,
    held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  ) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  });

  it('are Ctrl here and Cmd on Apple keyboards', () => {
    expect(cellVerbOf(press('Enter', { ctrlKey: true }), false)).toBe('run');
    expect(cellVerbOf(press('Enter', { metaKey: true }), true)).toBe('run');
    expect(cellVerbOf(press('Enter', { ctrlKey: true }), true)).toBeNull();
    expect(cellVerbOf(press('D', { ctrlKey: true, shiftKey: true }), false)).toBe('duplicate');
    expect(cellVerbOf(press('Enter'), false)).toBeNull();
    expect(isPressed('Alt-ArrowUp', press('ArrowUp', { altKey: true, shiftKey: true }), false)).toBe(false);
  });

  it('are left to a field that has the focus, but for those that run', () => {
    const isLeft = (key: string, held: Parameters<typeof press>[1], control: FocusedControl) => {
      const verb = cellVerbOf(press(key, held), false);
      if (verb === null) throw new Error('It is no key of a cell.');
      return isForControl(verb, press(key, held), control);
    };
    const [alt, mod, modShift] = [{ altKey: true }, { ctrlKey: true }, { ctrlKey: true, shiftKey: true }];
    for (const control of ['field', 'button', 'grid', null] as const) {
      expect(isLeft('ArrowDown', alt, control)).toBe(control === 'field');
      expect(isLeft('Backspace', modShift, control)).toBe(control === 'field');
      expect(isLeft('Enter', alt, control)).toBe(control !== null);
      expect(isLeft('Enter', mod, control)).toBe(false);
    }
  });

  it('are spelled as on the keyboard', () => {
    expect([
      spellKey('Mod-Shift-d', false),
      spellKey('Mod-Shift-d', true),
      spellVerb('moveUp', false),
    ]).toEqual(['Ctrl+Shift+D', '⌘⇧D', 'Alt+↑']);
  });
});

describe('finding a command', () => {
  const entries = [
    'Run all cells',
    'Run stale cells',
    'Go to recent',
    'Add a SQL cell',
    'Duplicate recent',
  ].map((words) => ({ words }));
  const found = (query: string): string[] => searchPalette(entries, query).map((entry) => entry.words);

  it('puts earlier matches first, keeps the order among equals, and needs every word', () => {
    expect(found('')).toEqual(entries.map((entry) => entry.words));
    expect(found('re go')).toEqual(['Go to recent']);
    expect(found('cell')).toEqual(['Run all cells', 'Run stale cells', 'Add a SQL cell']);
    expect(found('xyz')).toEqual([]);
  });
});

describe('a verdict in words', () => {
  const finding = (column: string | null, severity: 'block' | 'warn', message: string): Finding => ({
    rule: 'lineage',
    severity,
    column,
    path: null,
    message,
    mend: { text: '' },
  });
  const findings = [
    finding('a', 'warn', '1'),
    finding(null, 'block', '2'),
    finding('b', 'block', '3'),
    finding('a', 'block', '4'),
  ];

  it('groups findings by column, blocks first, the whole data set last', () => {
    expect(
      groupFindings(findings).map((group) => [
        group.column,
        group.blocks,
        group.findings.map((each) => each.message),
      ]),
    ).toEqual([
      ['a', 1, ['4', '1']],
      ['b', 1, ['3']],
      [null, 1, ['2']],
    ]);
  });

  it('counts the reasons', () => {
    expect(
      summarizeVerdict({ verdict: 'blocked', findings, rules: [], files: [], risk: null, quality: [] }),
    ).toBe('3 reasons in 2 columns why this must not leave. Nothing was published. 1 warning to read.');
  });

  it('marks the figures of risk that are beyond the limit', () => {
    const risk: RiskReport = {
      rows: 1000,
      classes: 571,
      k: 1,
      prosecutorMax: 1,
      prosecutorAverage: 0.571,
      recordsAtRisk: 0.312,
      uniqueness: 0,
      lDiversity: null,
      tCloseness: null,
      nullTreatment: 'own-value',
    };
    expect(riskFigures(risk, 5).map(({ name, value, isBeyond }) => [name, value, isBeyond])).toEqual([
      ['k', '1', true],
      ['Highest risk', '100 %', true],
      ['Average risk', '57 %', false],
      ['Rows at risk', '31 %', true],
      ['Unique rows', '0 %', false],
    ]);
    const empty = { ...risk, rows: 0, classes: 0, k: 0, prosecutorMax: 0, recordsAtRisk: 0 };
    expect(riskFigures(empty, 5).filter((figure) => figure.isBeyond)).toEqual([]);
  });
});

describe('what can be published', () => {
  const column = {
    name: 'x',
    type: 'BIGINT',
    finding: null,
    declared: null,
    sensitivity: 'none' as const,
    entity: null,
  };
  const source: SourceView = {
    name: 'users',
    spec: { file: 'users.csv', import: { format: 'csv' } },
    state: 'bound',
    rowCount: 1,
    sizeBytes: 1,
    sha256: null,
    isDemo: false,
    columns: [column],
    rejected: [],
    rejectedCount: 0,
    progress: null,
    problem: null,
  };

  it('is every SQL cell and every source, each once', () => {
    expect(publishableRelations([source, { ...source, name: 'safe' }], cells)).toEqual([
      { name: 'safe', kind: 'cell' },
      { name: 'users', kind: 'source' },
    ]);
  });

  it('has columns once it was imported or run', () => {
    expect(columnsOfRelation('users', [source], cells, () => newRun)).toEqual([column]);
    expect(columnsOfRelation('safe', [source], cells, () => newRun)).toBeNull();
    expect(columnsOfRelation('gone', [source], cells, () => newRun)).toBeNull();
  });

  it('has keywords split at commas', () => {
    expect(splitWords(' a, b ,,a, c d ')).toEqual(['a', 'b', 'c d']);
  });
});
