// The fault table as a page: aligned Markdown; knows no case.

/** Rows of cells under a head, each column as wide as its widest cell. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '\\<')),
  );
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [first = [], ...rest] = cells;
  return [line(first), rule, ...rest.map(line)].join('\n');
}

export interface TableSection {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

const INTRODUCTION = `# Publishing, broken on purpose

What a person sees, what is in the bucket, and what a later try does, for everything that can go wrong between the publisher's page and a store. Written by \`tests/e2e/faults.spec.ts\`, which runs each case in Chromium, through the real page, against a real S3 server with a proxy in between that spoils requests; the test fails where a row changes.

- **What the person sees**: the words of the page. Each comes with advice, not shown here; \`<store>\` and \`<bucket>\` stand for the names they show.
- **In the bucket**: asked past the page and the proxy, every file of a commit read and its SHA-256 computed. A commit whose files are missing or differ never appears.
- **Ledger = server**: the page's list of requests against what the proxy counted, request by request and byte by byte. Where a request broke off, the ledger counts its body in full and the server at most that. A browser may send such a request once more by itself, where a kept connection turns out to be closed: the ledger then has one line and the server two.
- **Later try**: the fault is gone, and the same button is pressed again (or what the words advise is done).
`;

/** The whole page. */
export function formatPage(head: readonly string[], sections: readonly TableSection[]): string {
  const parts = sections.map(({ title, rows }) => `## ${title}\n\n${formatTable(head, rows)}\n`);
  return [INTRODUCTION, ...parts].join('\n');
}
