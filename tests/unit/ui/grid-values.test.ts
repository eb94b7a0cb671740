import { describe, expect, it } from 'vitest';
import type { Page } from '../../../src/lib/engine/contract.ts';
import { copyRows } from '../../../src/lib/ui/grid/copy-rows.ts';
import { moveInGrid, parseRowNumber, selectionBetween } from '../../../src/lib/ui/grid/grid-move.ts';
import {
  cellText,
  columnWidth,
  isNumberType,
  showsSought,
  toTsv,
  valueText,
} from '../../../src/lib/ui/grid/value-text.ts';

describe('a value in a grid', () => {
  it('of a number type is right-aligned', () => {
    const numbers = ['BIGINT', 'UTINYINT', 'HUGEINT', 'DOUBLE', 'FLOAT', 'DECIMAL(18,3)', 'integer'];
    const others = [
      'VARCHAR',
      'DATE',
      'TIMESTAMP',
      'BOOLEAN',
      'INTERVAL',
      'STRUCT(a INTEGER)',
      'INTEGER[]',
      'POINT_2D',
    ];
    expect([numbers.every(isNumberType), others.some(isNumberType)]).toEqual([true, false]);
  });

  it('is one line, with NULL as a word', () => {
    expect(cellText(null)).toBe('NULL');
    expect(cellText('a\r\nb\nc\td')).toBe('a↵b↵c⇥d');
    expect(cellText(false)).toBe('false');
    expect(cellText('x'.repeat(10_000))).toHaveLength(300);
    expect(valueText('x'.repeat(10_000))).toHaveLength(10_000);
  });

  it('is marked where it holds what is sought, by its signs too, and never for the word NULL', () => {
    expect([showsSought('a\r\nB', 'a↵b'), showsSought('a\tb', '⇥'), showsSought('a↵b', 'a↵')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([showsSought(1.5, '1.5'), showsSought(true, 'ru'), showsSought(null, 'null')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('gives its column a width within bounds', () => {
    const header = { name: 'n', type: 'BIGINT', hasTag: false, badge: null };
    expect(columnWidth(header, [1])).toBe(76);
    expect(columnWidth({ ...header, name: 'n'.repeat(200) }, [])).toBe(320);
  });
});

describe('tab-separated text', () => {
  it('quotes what would break it and leaves NULL empty', () => {
    expect(
      toTsv(
        ['a', 'b\tc'],
        [
          [1, null],
          ['x "y"', 'line\nbreak'],
          ['', true],
        ],
      ),
    ).toBe('a\t"b\tc"\n1\t\n"x ""y"""\t"line\nbreak"\n\ttrue');
  });

  it('holds the selected rectangle, gathered in pages', async () => {
    const asked: number[][] = [];
    const load = (offset: number, limit: number): Promise<Page> => {
      asked.push([offset, limit]);
      const rows = Array.from({ length: limit }, (_, index) => [offset + index, 'b', 'c']);
      return Promise.resolve({ columns: [], offset, rows });
    };
    const copied = await copyRows(
      { top: 5, bottom: 1_204, columns: [0, 1], names: ['n', 'b'], format: 'tsv' },
      { load, areSameRows: () => true },
    );
    expect(asked).toEqual([
      [5, 1_000],
      [1_005, 200],
    ]);
    expect(copied).toMatchObject({ rows: 1_200 });
    expect('text' in copied ? copied.text.split('\n').slice(0, 2) : copied).toEqual(['n\tb', '5\tb']);
  });

  it('is refused for more rows than a clipboard should hold', async () => {
    const load = (): Promise<Page> => Promise.reject(new Error('must not be asked'));
    const answer = await copyRows(
      { top: 0, bottom: 9_999_999, columns: [0], names: null, format: 'tsv' },
      { load, areSameRows: () => true },
    );
    expect(answer).toMatchObject({ code: 'copy-too-large' });
  });
});

describe('moving in a grid', () => {
  const extent = { rowCount: 100, columnCount: 5, pageRows: 14 };
  const press = (key: string, far = false) => ({ key, ctrlKey: far, metaKey: false, altKey: false });
  const from = { row: 50, column: 2 };

  it('follows the keys of the grid pattern', () => {
    const to = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'].map(
      (key) => moveInGrid(from, press(key), extent),
    );
    expect(to).toEqual([
      { row: 49, column: 2 },
      { row: 51, column: 2 },
      { row: 50, column: 1 },
      { row: 50, column: 3 },
      { row: 36, column: 2 },
      { row: 64, column: 2 },
      { row: 50, column: 0 },
      { row: 50, column: 4 },
    ]);
  });

  it('goes to the corners with Ctrl and stops at the edges, the header above all', () => {
    expect(moveInGrid(from, press('Home', true), extent)).toEqual({ row: 0, column: 0 });
    expect(moveInGrid(from, press('End', true), extent)).toEqual({ row: 99, column: 4 });
    expect(moveInGrid({ row: 0, column: 0 }, press('ArrowUp'), extent)).toEqual({ row: -1, column: 0 });
    expect(moveInGrid({ row: -1, column: 0 }, press('ArrowUp'), extent)).toEqual({ row: -1, column: 0 });
    expect(moveInGrid({ row: 99, column: 4 }, press('PageDown'), extent)).toEqual({ row: 99, column: 4 });
  });

  it('leaves other keys alone', () => {
    expect(moveInGrid(from, press('a'), extent)).toBeNull();
    expect(moveInGrid(from, { ...press('ArrowUp'), altKey: true }, extent)).toBeNull();
  });

  it('selects the rectangle between two cells', () => {
    expect(selectionBetween({ row: 7, column: 3 }, { row: -1, column: 1 })).toEqual({
      top: 0,
      bottom: 7,
      left: 1,
      right: 3,
    });
  });

  it('reads row numbers as people write them', () => {
    const texts = ['900,000', '900 000', '900.000', "900'000", '1', '0', '99999999', 'x', '', '-3'];
    expect(texts.map((text) => parseRowNumber(text, 1_000_000))).toEqual([
      899_999,
      899_999,
      899_999,
      899_999,
      0,
      0,
      999_999,
      null,
      null,
      null,
    ]);
    expect(parseRowNumber('1', 0)).toBeNull();
  });
});
