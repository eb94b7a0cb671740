// Opening files: what was guessed, what a person changes, what could not be read, and that nothing is lost.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { expect, test, type Page } from '@playwright/test';
import { confirmImport, openFiles } from './workbench.ts';

const USERS = fileURLToPath(new URL('../data/users.csv', import.meta.url));

interface NamedText {
  readonly name: string;
  readonly text: string | Buffer;
}

async function openText(page: Page, { name, text }: NamedText): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: /^(Open files|Add files)/ })
    .first()
    .click();
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

test('the preview follows a changed option, and broken lines are listed by number', async ({ page }) => {
  await page.goto('/');
  await openText(page, { name: 'broken.csv', text: 'id;name\n1;Ada\n2;Ben;surplus\n3;Cleo\n' });
  const dialog = page.getByRole('dialog', { name: 'Import broken.csv' });
  await expect(dialog.getByRole('columnheader', { name: /name/ })).toBeVisible({ timeout: 90_000 });
  await dialog.getByLabel('Delimiter').selectOption({ label: 'Comma ,' });
  await expect(dialog.getByRole('columnheader', { name: /id;name/ })).toBeVisible();
  await dialog.getByLabel('Delimiter').selectOption({ label: 'Semicolon ;' });
  await expect(dialog.getByRole('columnheader', { name: /name/ })).toBeVisible();
  await expect(dialog).toContainText('3The line has too many values');
  await confirmImport(page);
  const sources = page.getByRole('navigation', { name: 'Sources' });
  await expect(sources).toContainText('2 rows');
  await sources.getByRole('button', { name: /^broken/ }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(
    '3The line has too many values',
  );
});

test('a pasted table: what its values speak for is offered, and read on a click', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Paste a table' }).click();
  const paste = page.getByRole('dialog', { name: 'Paste a table' });
  await paste.getByLabel('Table or JSON').fill('name;price\nAda;1,50\nBen;NA\nCleo;2,25\n');
  await paste.getByRole('button', { name: 'Read it' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import pasted.txt' });
  const offer = (words: RegExp) => dialog.getByRole('paragraph').filter({ hasText: words });
  await offer(/^Read the comma as the decimal sign/)
    .getByRole('button', { name: 'Do so' })
    .click();
  await offer(/^Read “NA” as NULL/)
    .getByRole('button', { name: 'Do so' })
    .click();
  await expect(dialog.getByRole('cell', { name: '2.25' })).toBeVisible();
  await expect(dialog.getByRole('cell', { name: 'NULL' })).toBeVisible();
  await confirmImport(page);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('3 rows');
});

test('JSON, Parquet, Excel and a packed file are told by their content and read whole', async ({ page }) => {
  const workbook = await writeXlsx({
    sheets: [
      {
        name: 'People',
        rows: [
          ['id', 'born', 'zip'],
          [1, new Date(Date.UTC(1990, 4, 6)), '01234'],
          [2, null, '99999'],
        ],
      },
    ],
  });
  const golden = new URL('../golden/module/output/data/', import.meta.url);
  const [part = ''] = readdirSync(golden).filter((name) => name.endsWith('.parquet'));
  const files: readonly (readonly [name: string, content: Buffer, rows: string])[] = [
    ['movies.json', readFileSync(new URL('../data/movies.json', import.meta.url)), '3,201 rows'],
    ['people.xlsx', Buffer.from(workbook), '2 rows'],
    ['golden.parquet', readFileSync(new URL(part, golden)), '23 rows'],
    ['lines.ndjson.gz', gzipSync('{"a":{"b":1}}\n{"a":{"b":2}}\n{"a":null}\n'), '3 rows'],
  ];
  await page.goto('/');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open files' }).first().click();
  await (
    await chooser
  ).setFiles(files.map(([name, buffer]) => ({ name, mimeType: 'application/octet-stream', buffer })));
  const sources = page.getByRole('navigation', { name: 'Sources' });
  for (const [name] of files) {
    const dialog = page.getByRole('dialog', { name: `Import ${name}` });
    const preview = dialog.getByRole('region', { name: 'Preview of the first rows' });
    await expect(preview).toBeVisible({ timeout: 60_000 });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog).toBeHidden();
  }
  for (const [name, , rows] of files)
    await expect(sources.getByRole('listitem').filter({ hasText: name })).toContainText(rows, {
      timeout: 60_000,
    });
});

test('sources, cells and title survive a reload', async ({ page }) => {
  await page.goto('/');
  await openFiles(page, [USERS]);
  await confirmImport(page);
  const sources = page.getByRole('navigation', { name: 'Sources' });
  await expect(sources).toContainText('1,000 rows', { timeout: 60_000 });
  await page.getByLabel('Notebook title').fill('Kept');
  await page.getByLabel('Notebook title').blur();
  await expect(page.getByRole('status', { name: 'Saved state' })).toContainText('Saved');
  await page.reload();
  await expect(page.getByLabel('Notebook title')).toHaveValue('Kept', { timeout: 60_000 });
  await expect(sources).toContainText('1,000 rows', { timeout: 90_000 });
  await expect(sources).toContainText('6 direct');
});

test('files that cannot be read say why, and work goes on', async ({ page }) => {
  await page.goto('/');
  const hostile: readonly NamedText[] = [
    { name: 'empty.csv', text: '' },
    {
      name: 'binary.csv',
      text: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0, 0, 0, 255, 254, 0, 10, 0]),
    },
  ];
  for (const file of hostile) {
    await openText(page, file);
    const dialog = page.getByRole('dialog', { name: `Import ${file.name}` });
    await expect(dialog.getByRole('alert')).toBeVisible({ timeout: 90_000 });
    await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  }
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('1,000 rows', {
    timeout: 60_000,
  });
});

test('a dropped file is opened, wherever on the page it falls', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try the sample' })).toBeEnabled();
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['id,email\n1,ada@example.com\n'], 'dropped.csv', { type: 'text/csv' }));
    return data;
  });
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.getByRole('main').dispatchEvent(type, { dataTransfer: transfer });
  await expect(page.getByRole('dialog', { name: 'Import dropped.csv' })).toBeVisible();
});

test('Import pressed right after a change of the options imports with that change', async ({ page }) => {
  await page.goto('/');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open files' }).click();
  const rows = Array.from({ length: 2000 }, (_, i) => `${i},${i % 3 === 0 ? 'gone' : i}`);
  const buffer = Buffer.from(['id,size', ...rows, ''].join('\n'));
  await (await chooser).setFiles({ name: 'sizes.csv', mimeType: 'text/csv', buffer });
  const dialog = page.getByRole('dialog', { name: 'Import sizes.csv' });
  await expect(dialog.getByRole('region', { name: 'Preview of the first rows' })).toBeVisible({
    timeout: 90_000,
  });
  await dialog.getByLabel('Texts that mean NULL').fill('gone');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
  const sources = page.getByRole('navigation', { name: 'Sources' });
  await expect(sources).toContainText('2,000 rows', { timeout: 60_000 });
  await sources.getByRole('button', { name: /^sizes/ }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(/size\s*BIGINT/);
});
