// `sluice init FOLDER [--sample]`: a new notebook, or the DEMO sample with its two files; must not write over anything.
import { unzipSync } from 'fflate';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formNotebook } from '../../lib/notebook/text-parse.ts';
import { wrongUse, type CommandOutcome } from '../command-outcome.ts';

const SAMPLES = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'static', 'samples');

const FIRST_CELL = `# Untitled notebook
Name a file under \`sources\`, or give it with \`--source name=PATH\`. Cells of SQL read it by that name.`;

function newNotebook(): Readonly<Record<string, Uint8Array>> {
  const text = formNotebook({
    title: 'Untitled notebook',
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    sources: {},
    policy: { k: 5, quasi: [] },
    cells: [{ kind: 'markdown', text: FIRST_CELL }],
    extra: {},
  });
  return { 'notebook.sluice.md': new TextEncoder().encode(text) };
}

function sampleNotebook(): Readonly<Record<string, Uint8Array>> {
  const name = 'customers.sluice.md';
  return {
    [name]: readFileSync(join(SAMPLES, name)),
    ...unzipSync(readFileSync(join(SAMPLES, 'demo.zip'))),
  };
}

/** @throws ProblemError where one of the files is there already. */
export function initNotebook(
  folder: string,
  { sample = false }: { readonly sample?: boolean },
): CommandOutcome {
  const files = sample ? sampleNotebook() : newNotebook();
  const present = Object.keys(files).find((name) => existsSync(join(folder, name)));
  if (present !== undefined)
    throw wrongUse(
      `${join(folder, present)} exists already.`,
      'Name another folder: nothing is written over.',
    );
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes, { flag: 'wx' });
  const written = Object.keys(files).map((name) => join(folder, name));
  const note = sample ? ['DEMO: invented data; modules of it are refused by every destination.'] : [];
  return {
    exitCode: 0,
    json: { files: written, isDemo: sample },
    text: [...written.map((path) => `Wrote ${path}`), ...note].join('\n'),
  };
}
