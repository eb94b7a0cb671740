// A screen in every theme, wide and narrow: no accessibility finding (WCAG 2.2 AA), and its pictures; must not know screens.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

const PICTURES = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const WIDE = { width: 1440, height: 900 };
/** A phone held upright. */
const NARROW = { width: 390, height: 844 };

const THEMES = ['light', 'dark', 'high-contrast-light', 'high-contrast-dark'] as const;
type Theme = (typeof THEMES)[number];

async function inspectAs(page: Page, name: string, theme: Theme, suffix: string): Promise<void> {
  // As the theme menu sets it, without closing what is open.
  await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    targets: nodes.map((node) => node.target.join(' ')),
  }));
  expect.soft(found, `${name}${suffix}, ${theme}`).toEqual([]);
  if (!process.env['SLUICE_PICTURES'] || theme.startsWith('high')) return;
  await mkdir(PICTURES, { recursive: true });
  const mark = theme === 'dark' ? '-dark' : '';
  await page.screenshot({ path: `${PICTURES}${name}${suffix}${mark}.png` });
}

/**
 * Colours do not depend on the width: the narrow screen is held against two themes. With `SLUICE_PICTURES` set, takes them.
 * `subject`: what has to be on the pictures, whatever the width.
 */
export async function inspectScreen(page: Page, name: string, subject?: Locator): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await subject?.scrollIntoViewIfNeeded();
  for (const theme of THEMES) await inspectAs(page, name, theme, '');
  await page.setViewportSize(NARROW);
  await subject?.scrollIntoViewIfNeeded();
  for (const theme of ['light', 'dark'] as const) await inspectAs(page, name, theme, '-narrow');
  await page.setViewportSize(WIDE);
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
}

/** Where the test's window is of another size than the pictures'. */
export async function widen(page: Page): Promise<void> {
  await page.setViewportSize(WIDE);
}
