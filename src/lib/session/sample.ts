// The embedded sample: invented customers and orders, and a notebook that makes them safe; must not know how it is opened.
import { unzipSync } from 'fflate';
import notebookText from '../../../static/samples/customers.sluice.md?raw';
import { fail, succeed, type Result } from '../base/result.ts';

export const SAMPLE_NOTEBOOK: string = notebookText;
const PACKED = 'samples/demo.zip';

/** By file name. Fetched from the app's own origin; works offline once the app is cached. */
export async function fetchSample(): Promise<Result<ReadonlyMap<string, File>>> {
  const missing = fail({
    code: 'sample-missing',
    message: 'The sample could not be read.',
    hint: 'Reload the page and try again.',
  });
  try {
    const response = await fetch(new URL(PACKED, document.baseURI));
    if (!response.ok) return missing;
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const unpacked = Object.entries(files).map(
      ([name, bytes]) =>
        [name, new File([bytes as Uint8Array<ArrayBuffer>], name, { type: 'text/csv' })] as const,
    );
    return succeed(new Map(unpacked));
  } catch {
    return missing;
  }
}
