// From a dropped CSV to a verified module, and the very same bytes from the command.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { expect, test } from '@playwright/test';
import {
  PASSPHRASE,
  addCell,
  cell,
  confirmImport,
  createKey,
  openFiles,
  renameCell,
  runCell,
  writeSql,
} from './workbench.ts';

const run = promisify(execFile);
const project = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const USERS = project('tests/data/users.csv');

const STATISTICS = `SELECT country, avg(salary) AS mean_salary, ln(avg(salary)) AS log_salary
FROM users GROUP BY country`;
const SAFE = `SELECT hmac_sha256(u.email) AS user_token, truncate_date(u.birthdate, 'decade') AS birth_decade,
  bucket_number(u.salary, 100000) AS salary_band, s.mean_salary, s.log_salary
FROM users u JOIN statistics s ON u.country = s.country
WHERE u.country = 'China' AND u.salary IS NOT NULL
  AND truncate_date(u.birthdate, 'decade') BETWEEN DATE '1960-01-01' AND DATE '1990-01-01'`;

test('a raw table is refused, a protected one is published, verified, and made again by the command', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('1,000');

  await addCell(page, 'publish cell');
  const publishCell = page.getByRole('region', { name: /^Publish cell/ });
  await publishCell.getByRole('button', { name: 'Check' }).click();
  const verdict = page.getByRole('dialog', { name: /^Publish / });
  await expect(verdict.getByRole('heading', { name: 'Blocked' })).toBeVisible({ timeout: 60_000 });
  const findings = verdict.getByRole('region', { name: 'Findings' });
  for (const column of ['first_name', 'last_name', 'email', 'ip_address', 'cc', 'birthdate'])
    await expect(findings.getByRole('heading', { name: column, exact: true })).toBeVisible();
  await expect(findings).toContainText('users.email');
  await expect(verdict.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled();
  await verdict.getByRole('button', { name: 'Back to the notebook' }).click();

  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', STATISTICS);
  await renameCell(page, 'cell_1', 'statistics');
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', SAFE);
  await renameCell(page, 'cell_1', 'safe');
  await runCell(page, 'safe');
  const keyPath = await createKey(page);
  await expect(cell(page, 'safe')).toContainText('done', { timeout: 60_000 });
  await cell(page, 'safe').evaluate((region) => region.scrollIntoView({ block: 'end' }));
  await expect(page.getByRole('grid', { name: 'Result of safe' })).toBeVisible();

  await publishCell.getByLabel('Relation to publish').selectOption('safe');
  await publishCell.getByLabel('Namespace').fill('hr');
  await publishCell.getByLabel('Module').fill('users');
  await publishCell.getByLabel('Module').blur();
  for (const column of ['birth_decade']) {
    await publishCell.getByRole('checkbox', { name: new RegExp(column) }).check();
  }
  await publishCell.getByRole('button', { name: 'Check' }).click();
  await expect(verdict.getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 60_000 });
  await verdict.getByRole('button', { name: 'Publish', exact: true }).click();
  await verdict.getByRole('button', { name: 'Open the module page' }).click({ timeout: 60_000 });

  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByRole('region', { name: 'Verification' })).toContainText('The module is valid', {
    timeout: 60_000,
  });
  const zip = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download zip' }).click();
  const published = unzipSync(await readFile(await (await zip).path()));
  const inBrowser = Object.entries(published).filter(([path]) => path.includes('data/'));
  expect(inBrowser.length).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Notebook', exact: true }).click();
  const text = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save notebook as file' }).click();
  const folder = await mkdtemp(join(tmpdir(), 'sluice-'));
  const notebook = join(folder, 'users.sluice.md');
  await writeFile(notebook, await readFile(await (await text).path()));
  const { stdout } = await run(
    process.execPath,
    [
      project('bin/sluice.mjs'),
      'run',
      notebook,
      '--source',
      `users=${USERS}`,
      '--key-file',
      keyPath,
      '--publish',
      join(folder, 'modules'),
      '--json',
    ],
    { env: { ...process.env, SLUICE_KEY_PASSPHRASE: PASSPHRASE } },
  );
  const outcome = JSON.parse(stdout);
  expect(outcome.passed).toBe(true);
  const data = join(folder, 'modules', 'hr', 'users', 'v', '1.0.0', 'data');
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const fromCommand = await Promise.all(
    (await readdir(data)).map(async (name) => [name, digest(await readFile(join(data, name)))]),
  );
  const fromBrowser = inBrowser.map(([path, bytes]) => [path.split('/').at(-1), digest(bytes)]);
  expect(fromCommand.sort()).toEqual(fromBrowser.sort());

  const verified = await run(process.execPath, [
    project('bin/sluice.mjs'),
    'verify',
    join(data, '..'),
    '--json',
  ]);
  expect(JSON.parse(verified.stdout).valid).toBe(true);
});
