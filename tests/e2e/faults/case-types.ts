// What a fault case is and what it ends with, as plain data.
import type { FaultRule } from '../../s3/fault-rules.ts';
import type { ActName } from './acts.ts';

export interface Setting {
  /** The right key unless told. */
  readonly key?: 'unknown' | 'wrong secret' | 'may not write';
  /** A bucket with the right CORS rule unless told. */
  readonly bucket?: 'missing' | 'no CORS' | 'no exposed headers';
}

export interface Outcome {
  /** The bold words of the page, those of a warning after them. */
  readonly person: string;
  /** State of the receipt. */
  readonly receipt: string;
  readonly bucket: string;
  readonly ledger: string;
  /** Empty where the first try succeeded. */
  readonly later: string;
}

export interface FaultCase {
  readonly name: string;
  readonly setting?: Setting;
  readonly rules?: readonly FaultRule[];
  readonly act?: ActName;
  /** The store is silent somewhere: the page's minute of waiting runs 40 times as fast. */
  readonly isSilent?: boolean;
  /** What the person does afterwards; `again` unless told. */
  readonly later?: 'again' | 'another key' | 'another destination' | 'next version';
  readonly expected: Omit<Outcome, 'later'> & { readonly later?: string };
}
