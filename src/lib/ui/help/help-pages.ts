// The pages of the help: the guide in `docs/`, bundled with the app and loaded when first asked; must not know how a page is drawn.

export interface HelpPage {
  /** File name without `.md`. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** Pages in the order in which one reads them; a page that is not named here comes after them. */
const GROUPS: readonly { readonly title: string; readonly pages: readonly string[] }[] = [
  { title: 'Start', pages: ['getting-started', 'sample'] },
  {
    title: 'Work',
    pages: ['import', 'notebook', 'profile', 'steps', 'suggestions', 'macros', 'checks', 'charts', 'inputs'],
  },
  { title: 'Publish and share', pages: ['gate', 'publishing', 'sharing', 'audit-log', 'security'] },
];
const REST = 'Reference';

/** For those who build Sluice, not for those who use it. */
const FILES = import.meta.glob<string>(
  [
    '../../../../docs/*.md',
    '!../../../../docs/benchmarks.md',
    '!../../../../docs/gate-cases.md',
    '!../../../../docs/publishing-faults.md',
    '!../../../../docs/s3.md',
  ],
  { query: '?raw', import: 'default' },
);

function idOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.md$/, '');
}

export function titleOf(text: string, id: string): string {
  return (/^# (.+)$/m.exec(text)?.[1] ?? id).replaceAll('`', '');
}

/** Every page with its text. Rejects where a part of the app cannot be had. */
export async function loadHelpPages(): Promise<readonly HelpPage[]> {
  return Promise.all(
    Object.entries(FILES).map(async ([path, load]) => {
      const [id, text] = [idOf(path), await load()];
      return { id, title: titleOf(text, id), text };
    }),
  );
}

export interface HelpGroup {
  readonly title: string;
  readonly pages: readonly HelpPage[];
}

export function groupPages(pages: readonly HelpPage[]): readonly HelpGroup[] {
  const byId = new Map(pages.map((page) => [page.id, page]));
  const named = GROUPS.map(({ title, pages: ids }) => ({
    title,
    pages: ids.flatMap((id) => byId.get(id) ?? []),
  }));
  const placed = new Set(GROUPS.flatMap((group) => group.pages));
  const rest = pages
    .filter((page) => !placed.has(page.id))
    .toSorted((a, b) => a.title.localeCompare(b.title));
  return [...named, { title: REST, pages: rest }].filter((group) => group.pages.length > 0);
}
