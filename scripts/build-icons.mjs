// Draws the PNG icons of the manifest from the SVG ones with the browser of the tests; run after an icon changed.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { ensureBrowser } from './setup.mjs';

const staticPath = (name) => fileURLToPath(new URL(`../static/${name}`, import.meta.url));

const executablePath = ensureBrowser();
const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath && { executablePath }) });
for (const name of ['icon', 'icon-maskable']) {
  for (const size of [192, 512]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const picture = readFileSync(staticPath(`${name}.svg`), 'utf8');
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${picture}`);
    await page.screenshot({ path: staticPath(`${name}-${size}.png`), omitBackground: true });
    await page.close();
  }
}
await browser.close();
