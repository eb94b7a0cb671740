#!/usr/bin/env node
// The `sluice` command: finds the pinned Node, which runs TypeScript as it is, and hands over.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const entryUrl = new URL('../src/headless/sluice.ts', import.meta.url);
const entry = fileURLToPath(entryUrl);
const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const isRecent = Number(process.versions.node.split('.')[0]) >= 24;

if (isRecent) {
  await import(entryUrl.href);
} else if (existsSync(pinned)) {
  const { status } = spawnSync(pinned, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 5;
} else {
  console.error('sluice needs Node 24: run `npm install` in the project, or install Node 24.');
  process.exitCode = 5;
}
