// Sharing a notebook without its data: what is listed, what the link holds, and what the one who opens it sees and does.
import { inflateRawSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { encodeLink } from '../../src/lib/share/link-code.ts';
import { addCell, cell, confirmImport, runCell, writeSql } from './workbench.ts';

const CSV = [
  'id,email,full_name,amount',
  '1,ottokar@example.org,Ottokar Zwetschke,10',
  '2,berta@example.org,Berta Quitte,20',
  '3,cosima@example.org,Cosima Mispel,30',
  '',
].join('\n');
const OTHER_CSV = CSV.replace('amount', 'total').replace('id,', 'extra,');
const FILE = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };

function decode(link: string): { text: string; sources: { name: string }[] } {
  const code = link.split('#link=1.')[1] ?? '';
  const bytes = Buffer.from(code, 'base64url').subarray(8);
  return JSON.parse(inflateRawSync(bytes).toString('utf8')) as { text: string; sources: { name: string }[] };
}

async function openBuffer(page: Page, file: typeof FILE, button: RegExp): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).first().click();
  await (await chooser).setFiles(file);
}

async function makeNotebook(page: Page): Promise<void> {
  await page.goto('/');
  await openBuffer(page, FILE, /^Open files/);
  await confirmImport(page);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('3 rows', {
    timeout: 90_000,
  });
  await addCell(page, 'SQL cell');
  const region = page.getByRole('region', { name: /^Cell cell_1$/ });
  await expect(region).toBeVisible();
  await writeSql(
    page,
    'cell_1',
    "SELECT sum(amount) AS total_amount FROM people WHERE email <> 'berta@example.org' -- says Ottokar Zwetschke",
  );
  await expect(page.getByRole('status', { name: 'Saved state' })).toContainText('Saved');
}

async function share(page: Page) {
  await page.getByRole('button', { name: 'Share notebook' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this notebook' });
  await expect(dialog.getByRole('heading', { name: 'Pass it on' })).toBeVisible({ timeout: 60_000 });
  return dialog;
}

async function openElsewhere(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

test('a notebook goes from one browser to another without its data', async ({ page, browser, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const requests: string[] = [];
  context.on('request', (request) => requests.push(`${request.url()} ${request.postData() ?? ''}`));
  await makeNotebook(page);
  const dialog = await share(page);
  const found = dialog.getByRole('list', { name: 'Found in the notebook' });
  await expect(found).toContainText("'berta@example.org'");
  await expect(found).toContainText('Ottokar Zwetschke');
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const held = decode(link);
  expect(held.text).toContain("email <> '[EMAIL_ADDRESS]'");
  expect(JSON.stringify(held)).not.toMatch(/ottokar|zwetschke|berta|quitte|cosima|[0-9a-f]{64}/i);
  expect(held.sources).toEqual([
    {
      name: 'people',
      file: 'people.csv',
      columns: [
        { name: 'id', type: 'BIGINT' },
        { name: 'email', type: 'VARCHAR' },
        { name: 'full_name', type: 'VARCHAR' },
        { name: 'amount', type: 'BIGINT' },
      ],
    },
  ]);

  await found.getByRole('checkbox', { name: /^Keep 'berta@example.org'/ }).check();
  await expect(dialog.getByRole('heading', { name: '1 goes along' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  const keptLink = await page.evaluate(() => navigator.clipboard.readText());
  expect(decode(keptLink).text).toContain("email <> 'berta@example.org'");
  expect(decode(keptLink).text).not.toContain('Zwetschke');

  const other = await openElsewhere(browser, 'about:blank');
  other.context().on('request', (request) => requests.push(`${request.url()} ${request.postData() ?? ''}`));
  await other.goto(keptLink);
  await expect(other.getByRole('heading', { name: 'Someone shared a notebook with you' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(other.getByRole('list', { name: 'Columns expected of people' })).toContainText(
    'amount BIGINT',
  );
  await expect(other.getByRole('article', { name: /^SQL/ })).toContainText('sum(amount)');
  expect(await other.evaluate(() => performance.getEntriesByName('sluice:page').length)).toBe(0);
  await expect(other.getByRole('main', { name: 'Notebook', exact: true })).toBeHidden();
  await other.getByRole('button', { name: 'Open this notebook' }).click();
  await expect(other.getByRole('main', { name: 'Notebook', exact: true })).toBeVisible();
  expect(other.url()).toMatch(/#notebook=/);
  await expect(cell(other, 'cell_1')).toBeVisible();

  await openBuffer(
    other,
    { ...FILE, name: 'mine.csv', buffer: Buffer.from(OTHER_CSV) },
    /^Bind file to people/,
  );
  const bind = other.getByRole('dialog', { name: 'Bind mine.csv to people' });
  const differences = bind.getByRole('list', { name: 'Differences of people' });
  await expect(differences).toContainText('Missing', { timeout: 60_000 });
  await differences.getByLabel('Take amount from').selectOption('total');
  await expect(differences).toContainText('Taken');
  await differences.getByLabel('Take id from').selectOption('extra');
  await expect(bind.getByRole('columnheader', { name: /amount/ })).toBeVisible();
  await expect(bind.getByRole('heading', { name: /The columns that people expects/ })).toBeVisible();
  await bind.getByRole('button', { name: 'Bind file' }).click();
  await expect(other.getByRole('navigation', { name: 'Sources' })).toContainText('3 rows', {
    timeout: 60_000,
  });
  await other.getByRole('button', { name: 'Run all' }).click();
  await expect(cell(other, 'cell_1').getByRole('grid')).toContainText('40', { timeout: 60_000 });

  await other.reload();
  await expect(cell(other, 'cell_1')).toBeVisible({ timeout: 60_000 });
  await expect(other.getByRole('heading', { name: 'Someone shared a notebook with you' })).toBeHidden();
  const code = keptLink.split('#link=')[1] ?? '';
  expect(requests.length).toBeGreaterThan(0);
  expect(requests.filter((request) => request.includes('link=') || request.includes(code))).toEqual([]);
  await other.context().close();
});

test('a missing column is left out, and the cell that needs it says so', async ({
  page,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await makeNotebook(page);
  const dialog = await share(page);
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  const other = await openElsewhere(browser, await page.evaluate(() => navigator.clipboard.readText()));
  await other.getByRole('button', { name: 'Open this notebook' }).click();
  await openBuffer(
    other,
    { ...FILE, name: 'mine.csv', buffer: Buffer.from(OTHER_CSV) },
    /^Bind file to people/,
  );
  const bind = other.getByRole('dialog', { name: 'Bind mine.csv to people' });
  await expect(bind.getByRole('list', { name: 'Differences of people' })).toContainText('Missing', {
    timeout: 60_000,
  });
  await bind.getByRole('button', { name: 'Bind file' }).click();
  await expect(other.getByRole('navigation', { name: 'Sources' })).toContainText('3 rows', {
    timeout: 60_000,
  });
  await other.getByRole('button', { name: 'Run all' }).click();
  await expect(cell(other, 'cell_1')).toContainText(/amount/i, { timeout: 60_000 });
  await expect(
    cell(other, 'cell_1')
      .getByRole('group', { name: 'Problem' })
      .or(cell(other, 'cell_1').getByRole('alert'))
      .first(),
  ).toBeVisible();
  await other.context().close();
});

test('a notebook too long for a link becomes a file, which asks in the same way', async ({
  page,
  browser,
}) => {
  await makeNotebook(page);
  await addCell(page, 'SQL cell');
  const noise = Array.from({ length: 3_000 }, (_, n) => ((n * 2_654_435_761) >>> 0).toString(36)).join(' ');
  await writeSql(page, 'cell_2', `SELECT '${noise}' AS noise`);
  const dialog = await share(page);
  await expect(dialog).toContainText('As a link it would have');
  await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeHidden();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as file' }).click();
  const path = await (await download).path();
  const text = await readFile(path, 'utf8');
  expect(text).toContain('expects:');
  expect(text).not.toMatch(/zwetschke|berta/i);
  const other = await openElsewhere(browser, page.url().split('#')[0] ?? '');
  await openBuffer(
    other,
    { name: 'shared.sluice.md', mimeType: 'text/markdown', buffer: Buffer.from(text) },
    /^Open notebook/,
  );
  await expect(other.getByRole('heading', { name: 'Someone shared a notebook with you' })).toBeVisible();
  await other.getByRole('button', { name: 'Discard' }).click();
  await expect(other.getByRole('main', { name: 'Start' })).toBeVisible();
  await other.context().close();
});

/** What pages hand to each engine worker, as text. */
function recordEngineOrders(): void {
  const orders: string[] = [];
  Reflect.set(globalThis, 'engineOrders', orders);
  const posting = Reflect.get(Worker.prototype, 'postMessage');
  const urls = new WeakMap<Worker, string>();
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      urls.set(this, String(url));
    }
  };
  const asText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
  Reflect.set(Worker.prototype, 'postMessage', function (this: Worker, ...sent: readonly unknown[]): void {
    if (urls.get(this)?.includes('engine.worker')) orders.push(JSON.stringify(sent[0], asText));
    Reflect.apply(posting, this, sent);
  });
}

const ordersWith = (page: Page, word: string): Promise<number> =>
  page.evaluate(
    (wanted) =>
      (Reflect.get(globalThis, 'engineOrders') as string[]).filter((order) => order.includes(wanted)).length,
    word,
  );

test('a hostile notebook shows its tricks, is shown in parts, and gives the engine nothing before consent', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => errors.push(dialog.message()));
  await page.addInitScript(recordEngineOrders);
  const head = [
    '---\nsluice: 1\ntitle: "Wages \u202egnp.exe"\n---\n',
    '<script>globalThis.attacked = true;</script>\n<img src=x onerror="alert(1)">\n[here](javascript:alert(2)) ![p](https://evil.example/p.png)\n',
    "```sql name=first\nSELECT 'a\u202eb\u200bc\u2066' AS telltale\n```\n",
  ];
  const many = Array.from({ length: 998 }, (_, n) => `\`\`\`sql name=c${n}\nSELECT ${n} AS n\n\`\`\`\n`);
  const link = async (parts: readonly string[]): Promise<string> =>
    `/#link=${await encodeLink({ format: 'sluice-link/1', text: parts.join('\n'), sources: [] })}`;
  await page.goto(await link([...head, ...many]));
  const heading = page.getByRole('heading', { name: 'Someone shared a notebook with you' });
  await expect(heading).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('main')).toContainText('⟨U+202E⟩');
  await expect(page.getByRole('main')).toContainText("'a⟨U+202E⟩b⟨U+200B⟩c⟨U+2066⟩'");
  await expect(page.getByRole('main')).toContainText('1,000 cells');
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(50);
  expect(await page.getByRole('main').innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
  expect(await page.evaluate(() => Reflect.has(globalThis, 'attacked'))).toBe(false);
  await expect(page.getByRole('main').getByRole('img')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'here' })).toHaveCount(0);
  await page.getByRole('button', { name: /^Show more cells/ }).click();
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(100);
  expect(await ordersWith(page, 'telltale')).toBe(0);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('main', { name: 'Start' })).toBeVisible();

  await page.goto('about:blank');
  await page.goto(await link(head));
  await expect(heading).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Open this notebook' }).click();
  await expect(cell(page, 'first')).toBeVisible({ timeout: 60_000 });
  expect(await ordersWith(page, 'telltale')).toBe(0);
  await runCell(page, 'first');
  await expect(cell(page, 'first')).toContainText('done', { timeout: 60_000 });
  expect(await ordersWith(page, 'telltale')).toBeGreaterThan(0);
  expect(await page.evaluate(() => Reflect.has(globalThis, 'attacked'))).toBe(false);
  expect(errors).toEqual([]);
});

test('broken and hostile links say what they are', async ({ page }) => {
  for (const [code, words] of [
    ['1.AAAA', 'This link is not whole'],
    ['9.AAAA', 'newer Sluice'],
    ['nonsense', 'does not hold a notebook'],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(`/#link=${code}`);
    await expect(page.getByRole('alert')).toContainText(words, { timeout: 60_000 });
    await page.getByRole('button', { name: 'Go on without it' }).click();
    await expect(page.getByRole('main', { name: 'Start' })).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');
  }
});
