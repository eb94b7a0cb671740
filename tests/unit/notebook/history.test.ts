import { describe, expect, it } from 'vitest';
import {
  canRedo,
  canUndo,
  HISTORY_LIMIT,
  recordStep,
  redo,
  settleHistory,
  startHistory,
  undo,
} from '../../../src/lib/notebook/history.ts';

describe('history', () => {
  it('goes back and forth', () => {
    const history = recordStep(recordStep(startHistory('a'), 'b'), 'c');
    const back = undo(undo(history));
    expect([back.present, canUndo(back), canRedo(back)]).toEqual(['a', false, true]);
    expect(undo(back)).toBe(back);
    expect(redo(redo(back))).toEqual(history);
    expect(redo(history)).toBe(history);
  });

  it('forgets what was undone once a new step is made', () => {
    const history = recordStep(undo(recordStep(startHistory('a'), 'b')), 'c');
    expect(history).toEqual({ past: ['a'], present: 'c', future: [], openKey: null });
  });

  it('joins typing in one cell into one step, until something else happens', () => {
    let history = startHistory('');
    for (const text of ['S', 'SE', 'SEL']) history = recordStep(history, text, 'text:1');
    expect(history.past).toEqual(['']);
    history = recordStep(history, 'other', 'text:2');
    history = recordStep(settleHistory(history), 'other again', 'text:2');
    expect(history.past).toEqual(['', 'SEL', 'other']);
    expect(recordStep(undo(history), 'typed after undo', 'text:2').past).toEqual(['', 'SEL', 'other']);
  });

  it('takes no step where nothing changed', () => {
    const history = startHistory({});
    expect(recordStep(history, history.present, 'key')).toBe(history);
  });

  it('keeps a bounded number of steps', () => {
    let history = startHistory(0);
    for (let step = 1; step <= HISTORY_LIMIT + 50; step++) history = recordStep(history, step);
    expect([history.past.length, history.past[0]]).toEqual([HISTORY_LIMIT, 50]);
  });
});
