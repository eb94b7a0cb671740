import { describe, expect, it } from 'vitest';
import {
  followScroll,
  MAX_SPACER_PX,
  revealRow,
  rowsInView,
  scaleScroll,
  toPhysical,
  toVirtual,
} from '../../../src/lib/ui/grid/scroll-scale.ts';

const ROW = 28;
const VIEW = 392;
const small = scaleScroll(1_000, ROW, VIEW);
const huge = scaleScroll(10_000_000, ROW, VIEW);

describe('a list that fits', () => {
  it('scrolls one to one', () => {
    expect(small.spacerHeight).toBe(28_000);
    expect(toVirtual(small, 12_345)).toBe(12_345);
    expect(toPhysical(small, 12_345)).toBe(12_345);
  });

  it('clamps to its ends', () => {
    expect(toVirtual(small, -5)).toBe(0);
    expect(toVirtual(small, 99_999)).toBe(28_000 - VIEW);
  });
});

describe('a list taller than an element can be', () => {
  it('gets a spacer a browser can lay out', () => {
    expect(huge.virtualHeight).toBe(280_000_000);
    expect(huge.spacerHeight).toBe(MAX_SPACER_PX);
  });

  it('reaches its first and last row', () => {
    expect(toVirtual(huge, 0)).toBe(0);
    expect(toVirtual(huge, MAX_SPACER_PX - VIEW)).toBe(280_000_000 - VIEW);
    expect(rowsInView(huge, toVirtual(huge, MAX_SPACER_PX - VIEW), 0).last).toBe(9_999_999);
  });

  it('is one to one near both ends', () => {
    expect(toVirtual(huge, 999_000)).toBe(999_000);
    expect(toVirtual(huge, MAX_SPACER_PX - VIEW - 500)).toBe(280_000_000 - VIEW - 500);
  });

  it('maps back and forth without losing a pixel of the virtual list', () => {
    for (const virtual of [0, 999_999, 1_000_001, 123_456_789, 200_000_000, 279_999_000]) {
      expect(toVirtual(huge, toPhysical(huge, virtual))).toBeCloseTo(virtual, 3);
    }
  });

  it('never goes backwards while the scrollbar goes forwards', () => {
    let before = -1;
    for (let physical = 0; physical <= MAX_SPACER_PX; physical += 9_973) {
      const virtual = toVirtual(huge, physical);
      expect(virtual).toBeGreaterThanOrEqual(before);
      before = virtual;
    }
  });

  it('takes a turn of the wheel at its length and a drag of the scrollbar by scale', () => {
    const before = { virtual: 140_000_000, physical: toPhysical(huge, 140_000_000) };
    expect(followScroll(huge, before, before.physical + 120)).toEqual({
      virtual: 140_000_120,
      physical: before.physical + 120,
    });
    const dragged = followScroll(huge, before, before.physical + 100_000);
    expect(dragged.virtual).toBe(toVirtual(huge, before.physical + 100_000));
    expect(dragged.virtual - before.virtual).toBeGreaterThan(4_000_000);
  });

  it('arrives at the end even by a short move', () => {
    const end = MAX_SPACER_PX - VIEW;
    expect(followScroll(huge, { virtual: 200_000_000, physical: end - 10 }, end).virtual).toBe(
      280_000_000 - VIEW,
    );
  });
});

describe('rows in view', () => {
  it('are the visible ones and the overscan, within the list', () => {
    expect(rowsInView(small, 0, 8)).toEqual({ first: 0, last: 21 });
    expect(rowsInView(small, 2_800, 8)).toEqual({ first: 92, last: 121 });
    expect(rowsInView(small, 28_000 - VIEW, 8)).toEqual({ first: 978, last: 999 });
  });

  it('are none where there are no rows', () => {
    expect(rowsInView(scaleScroll(0, ROW, VIEW), 0, 8)).toEqual({ first: 0, last: -1 });
  });

  it('stay few before the viewport is measured', () => {
    expect(rowsInView(scaleScroll(1_000_000, ROW, 0), 0, 8)).toEqual({ first: 0, last: 7 });
  });
});

describe('revealing a row', () => {
  it('moves as little as needed', () => {
    expect(revealRow(small, 280, 12)).toBe(280);
    expect(revealRow(small, 280, 3)).toBe(84);
    expect(revealRow(small, 0, 20)).toBe(21 * ROW - VIEW);
    expect(revealRow(huge, 0, 9_999_999)).toBe(280_000_000 - VIEW);
  });
});
