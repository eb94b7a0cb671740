// How soon a letter typed in a notebook of a hundred cells is painted; must not know the app's code.
import type { Page } from 'playwright';
import { cell } from '../e2e/workbench.ts';

const CELLS = 100;
const LETTERS = 60;

export interface KeystrokeReport {
  readonly medianMs: number;
  /** 95 of 100 are sooner. */
  readonly p95Ms: number;
}

declare global {
  interface Window {
    paintTimes: number[];
  }
}

/** SQL cells of ten lines, each reading the one before it, with words between. */
function writeLongNotebook(): string {
  const cells = Array.from({ length: CELLS }, (_, index) => {
    const from = index === 0 ? '(SELECT 1 AS n)' : `c_${index - 1}`;
    const lines = Array.from({ length: 8 }, (__, line) => `  n + ${line} AS column_${line},`);
    return `Step ${index}.\n\n\`\`\`sql name=c_${index}\nSELECT\n${lines.join('\n')}\n  n\nFROM ${from}\n\`\`\`\n`;
  });
  return `---\nsluice: 1\ntitle: Long\ntimezone: UTC\n---\n${cells.join('\n')}`;
}

/** Runs in the page: from the key's own time stamp until the frame after it has been handed over. */
function watchPaints(): void {
  window.paintTimes = [];
  const note = (event: KeyboardEvent): void => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.paintTimes.push(performance.now() - event.timeStamp);
      channel.port2.postMessage(null);
    });
  };
  window.addEventListener('keydown', note, { capture: true });
}

/** On the start page; leaves the long notebook open. */
export async function measureKeystrokes(page: Page): Promise<KeystrokeReport> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open notebook' }).click();
  const buffer = Buffer.from(writeLongNotebook());
  await (await chooser).setFiles({ name: 'long.sluice.md', mimeType: 'text/markdown', buffer });
  const editor = cell(page, `c_${CELLS / 2}`).getByRole('textbox', { name: `SQL of c_${CELLS / 2}` });
  await editor.scrollIntoViewIfNeeded();
  await editor.click();
  await editor.press('ControlOrMeta+End');
  await page.evaluate(watchPaints);
  // Spaces and letters, at the pace of a quick writer, across pauses in which the notebook is analysed and saved.
  for (let index = 0; index < LETTERS; index++)
    await page.keyboard.type(index % 6 === 5 ? ' ' : 'x', { delay: 60 });
  const times = (await page.evaluate(() => window.paintTimes)).sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  return { medianMs: at(0.5), p95Ms: at(0.95) };
}
