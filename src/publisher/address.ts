// What the page's address asks to be shown; it never makes anything happen.

export type AddressWish =
  { readonly show: 'jobs' } | { readonly show: 'job'; readonly jobId: string } | { readonly show: 'setup' };

/** `#job=<id>` or `#setup`, and nothing else. */
export function readAddress(hash: string): AddressWish {
  if (hash === '#setup') return { show: 'setup' };
  const jobId = /^#job=([A-Za-z0-9][A-Za-z0-9-]{0,63})$/.exec(hash)?.[1];
  return jobId === undefined ? { show: 'jobs' } : { show: 'job', jobId };
}
