// What the bench page offers to the script that drives it; must not know how it is done.
import type { Column, HexPads, Side } from '../side.ts';
import type { Blockage } from './blockage.ts';

/** `raw` copies the file into its memory and has the product's threads; `rawHandle` reads it through a handle, with one. */
export type PageSideName = 'sluice' | 'raw' | 'rawHandle';

export interface PageFacts {
  readonly isIsolated: boolean;
  readonly hardwareThreads: number;
}

/** What the product's detection found and asked for. */
export interface Detection {
  readonly elapsedMs: number;
  /** Every statement it sent, in order. */
  readonly statements: readonly string[];
  /** `column: entity (sensitivity)` of each column. */
  readonly findings: readonly string[];
}

export interface JobStage {
  readonly name: string;
  readonly elapsedMs: number;
  readonly blockage: Blockage;
}

export interface JobReport {
  readonly totalMs: number;
  readonly stages: readonly JobStage[];
  /** Path of the module in the library and what it holds. */
  readonly module: string;
  readonly rows: number;
  readonly dataBytes: number;
  readonly dataSha256: string;
}

export interface BenchPage {
  facts(): PageFacts;
  side(name: PageSideName): Side;
  /** Column types the product gives the file. */
  previewColumns(): Promise<readonly Column[]>;
  detect(table: string): Promise<Detection>;
  macroScripts(): readonly string[];
  runJob(pads: HexPads): Promise<JobReport>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}
