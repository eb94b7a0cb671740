// The page on which the engines of the browser are measured; must not know who drives it.
import { locateEngineAssets } from '../../../src/lib/session/engine-assets.ts';
import { loadMacroLibrary } from '../../../src/lib/session/macro-library.ts';
import type { HexPads, Side } from '../side.ts';
import type { BenchPage, PageSideName } from './bench-contract.ts';
import { runJob } from './job.ts';
import { RawSide } from './raw-side.ts';
import { readPads, SluiceSide } from './sluice-side.ts';

function takeFile(): File {
  const input = document.querySelector<HTMLInputElement>('#customers');
  const file = input?.files?.[0];
  if (file === undefined) throw new Error('No file was chosen.');
  return file;
}

const assets = locateEngineAssets();
const sluice = new SluiceSide(assets, takeFile);
const sides: Readonly<Record<PageSideName, Side>> = {
  sluice,
  raw: new RawSide(assets, takeFile, 'buffer'),
  rawHandle: new RawSide(assets, takeFile, 'handle'),
};

const bench: BenchPage = {
  facts: () => ({
    isIsolated: globalThis.crossOriginIsolated,
    hardwareThreads: navigator.hardwareConcurrency,
  }),
  side: (name) => sides[name],
  previewColumns: () => sluice.previewColumns(),
  detect: (table) => sluice.detect(table),
  macroScripts: () => loadMacroLibrary().macros.map((macro) => macro.script),
  runJob: (pads: HexPads) => runJob(takeFile(), readPads(pads)),
};

window.bench = bench;
