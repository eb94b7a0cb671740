// Which files are the DEMO sample, by their bytes; must not know where a source comes from or what is done with it.

/** Lower-case hex SHA-256 by file name; `scripts/generate-sample.mjs` makes the files. */
export const DEMO_FILES: Readonly<Record<string, string>> = {
  'customers.csv': '95435c14ba15bd014fd2d2f6048c6a05653f9baab23e0bf10066032716e3f405',
  'orders.csv': '910551d0222e1143651a6a41b0bbd1ff75ac9fd47b349660c3a2f96a2576f96f',
};

const DIGESTS: ReadonlySet<string> = new Set(Object.values(DEMO_FILES));

/** `sha256` in lower-case hex; null, of a file that is not there yet, is none. */
export function isDemoSource(sha256: string | null | undefined): boolean {
  return typeof sha256 === 'string' && DIGESTS.has(sha256);
}
