// The embedded sample: invented customers and a notebook that makes them safe; must not know how it is opened.
import notebookText from '../../../static/samples/customers.sluice.md?raw';
import type { Problem } from '../base/result.ts';

export const SAMPLE_NOTEBOOK: string = notebookText;
const FILE_NAME = 'customers.csv';

/** Fetched from the app's own origin; works offline once the app is cached. */
export async function fetchSample(): Promise<File | Problem> {
  const problem = {
    code: 'sample-missing',
    message: 'The sample could not be read.',
    hint: 'Reload the page and try again.',
  };
  try {
    const response = await fetch(new URL(`samples/${FILE_NAME}`, document.baseURI));
    return response.ok ? new File([await response.blob()], FILE_NAME, { type: 'text/csv' }) : problem;
  } catch {
    return problem;
  }
}
