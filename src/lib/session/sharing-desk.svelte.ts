// Sharing the open notebook, and notebooks that others shared; must not know how findings or links are made.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { CellSpec } from '../notebook/notebook-types.ts';
import { writeChartBody } from '../notebook/chart-body.ts';
import { describeInput } from '../notebook/inputs/input-form.ts';
import { decodeLink, encodeLink, LINK_MARK, LONGEST_ADDRESS } from '../share/link-code.ts';
import { MOST_CELLS, openShared, openSharedText, type OpenedShare } from '../share/open-shared.ts';
import { shareNotebook, type SharePlan } from '../share/share-notebook.ts';
import type { AuditLog } from './audit-view-types.ts';
import { checkText } from './check-text.ts';
import { gatherShare, type Gathered, type GatherParts } from './share-gathering.ts';
import type { IncomingNotebook, SharedCellView, ShareView, Sharing } from './sharing-types.ts';

interface SharingParts extends GatherParts {
  readonly audit: AuditLog;
  readonly registry: MacroRegistry;
  readonly announce: (text: string) => void;
  /** Opens a text as a new notebook of this browser; false where it could not. */
  readonly openText: (text: string, from: 'a file' | 'a link') => Promise<boolean>;
}

const EMPTY_SHARE: ShareView = {
  state: 'looking',
  findings: [],
  cellCount: 0,
  sources: [],
  withDigests: false,
  digestCount: 0,
  link: null,
  linkLength: 0,
  linkLimit: LONGEST_ADDRESS,
  notes: [],
  problem: null,
};

function viewCell(cell: CellSpec): SharedCellView {
  if (cell.kind === 'sql') return { kind: 'sql', name: cell.name ?? null, text: cell.sql };
  if (cell.kind === 'markdown') return { kind: 'markdown', name: null, text: cell.text };
  if (cell.kind === 'foreign') return { kind: 'foreign', name: cell.info, text: cell.text };
  if (cell.kind === 'chart') return { kind: 'chart', name: cell.of, text: writeChartBody(cell) };
  if (cell.kind === 'check') return { kind: 'check', ...checkText(cell) };
  const { of, namespace, module, description } = cell;
  return {
    kind: 'publish',
    name: `${namespace}/${module}`,
    text: `of ${of}${description ? `\n${description}` : ''}`,
  };
}

export class SharingDesk implements Sharing {
  readonly #parts: SharingParts;
  #share: ShareView | null = $state.raw(null);
  #incoming: IncomingNotebook | null = $state.raw(null);
  #linkProblem: Problem | null = $state.raw(null);
  #opened: OpenedShare | null = null;
  #gathered: Gathered | null = null;
  #plan: SharePlan | null = null;
  #kept: ReadonlySet<string> = new Set();
  #turn = 0;

  constructor(parts: SharingParts) {
    this.#parts = parts;
  }

  get share(): ShareView | null {
    return this.#share;
  }
  get incoming(): IncomingNotebook | null {
    return this.#incoming;
  }
  get linkProblem(): Problem | null {
    return this.#linkProblem;
  }

  // --- out -----------------------------------------------------------------------------------------------------------

  async open(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#kept = new Set();
    this.#plan = null;
    this.#share = EMPTY_SHARE;
    const gathered = await gatherShare(this.#parts);
    if (turn !== this.#turn) return;
    this.#gathered = gathered;
    await this.#refresh();
  }

  close(): void {
    this.#turn += 1;
    this.#share = null;
    this.#gathered = null;
    this.#plan = null;
  }

  async #refresh(withDigests = this.#share?.withDigests ?? false): Promise<void> {
    const gathered = this.#gathered;
    if (!gathered) return;
    const turn = (this.#turn += 1);
    const { spec } = gathered.request;
    const made = shareNotebook({ ...gathered.request, kept: this.#kept, withDigests });
    const base = {
      ...EMPTY_SHARE,
      withDigests,
      notes: gathered.notes,
      cellCount: spec.cells.length,
      digestCount: Object.values(spec.sources).filter((source) => source.sha256 !== undefined).length,
    };
    if (!made.ok) {
      this.#plan = null;
      this.#share = { ...base, state: 'failed', problem: made.error };
      return;
    }
    const link = `${location.origin}${location.pathname}${LINK_MARK}${await encodeLink(made.value.shared)}`;
    if (turn !== this.#turn) return;
    this.#plan = made.value;
    this.#share = {
      ...base,
      state: 'ready',
      findings: made.value.findings.map((each) => ({ ...each, isKept: this.#kept.has(each.id) })),
      sources: made.value.shared.sources,
      link: link.length > LONGEST_ADDRESS ? null : link,
      linkLength: link.length,
    };
  }

  async keep(id: string, isKept: boolean): Promise<void> {
    this.#kept = new Set(isKept ? [...this.#kept, id] : [...this.#kept].filter((each) => each !== id));
    await this.#refresh();
  }

  includeDigests(withDigests: boolean): Promise<void> {
    return this.#refresh(withDigests);
  }

  #record(way: 'link' | 'file', characters: number): void {
    const findings = this.#share?.findings ?? [];
    const kept = findings.filter((each) => each.isKept).length;
    this.#parts.audit.note({
      action: 'notebook-shared',
      subject: null,
      details: { way, characters, takenOut: findings.length - kept, kept },
    });
  }

  async copyLink(): Promise<Problem | null> {
    const link = this.#share?.link;
    if (!link) return { code: 'share-link-long', message: 'There is no link to copy.' };
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      return {
        code: 'share-clipboard',
        message: 'The browser did not let the link into the clipboard.',
        hint: 'Select the link below and copy it by hand, or save the notebook as a file.',
      };
    }
    this.#record('link', link.length);
    this.#parts.announce('The link is copied.');
    return null;
  }

  makeFile(): { readonly fileName: string; readonly text: string } | null {
    if (!this.#plan) return null;
    const text = this.#plan.fileText;
    const { title } = this.#parts.desk.notebook;
    const isTitleShared = !this.#share?.findings.some((each) => each.where === 'title' && !each.isKept);
    const stem = (isTitleShared ? title : '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '');
    this.#record('file', text.length);
    return { fileName: `${stem || 'notebook'}.sluice.md`, text };
  }

  // --- in ------------------------------------------------------------------------------------------------------------

  /** Looks at the address, now and whenever its fragment changes. */
  async start(): Promise<void> {
    addEventListener('hashchange', () => void this.#look());
    if (location.hash.startsWith(LINK_MARK)) await this.#look();
  }

  async #look(): Promise<void> {
    const { hash } = location;
    if (!hash.startsWith(LINK_MARK)) {
      if (this.#incoming?.via !== 'file') this.#forget();
      return;
    }
    this.close();
    const shared = await decodeLink(hash.slice(LINK_MARK.length));
    if (location.hash !== hash) return;
    const opened: Result<OpenedShare> = shared.ok ? openShared(shared.value) : shared;
    this.#show('link', opened);
  }

  #show(via: 'link' | 'file', opened: Result<OpenedShare>): void {
    this.#opened = opened.ok ? opened.value : null;
    this.#linkProblem = opened.ok ? null : opened.error;
    if (!opened.ok) {
      this.#incoming = null;
      return;
    }
    const { spec, sources, calls, publishes } = opened.value;
    const fits: Result<null> =
      spec.cells.length <= MOST_CELLS
        ? succeed(null)
        : fail({
            code: 'share-too-many-cells',
            message: `This notebook has ${spec.cells.length} cells; at most ${MOST_CELLS} can be opened at once.`,
            hint: 'Ask for a smaller one.',
          });
    this.#incoming = {
      via,
      title: spec.title,
      sources,
      cells: spec.cells.map(viewCell),
      inputs: Object.entries(spec.inputs ?? {}).map(([name, input]) => describeInput(name, input)),
      macros: [...calls].filter((name) => this.#parts.registry.find(name) !== undefined).sort(),
      publishes,
      problem: fits.ok ? null : fits.error,
    };
  }

  /** True where the text is a notebook that was shared as a file: then it waits for consent. */
  takeText(text: string): boolean {
    const opened = openSharedText(text);
    if (opened) this.#show('file', succeed(opened));
    return opened !== null;
  }

  async accept(): Promise<void> {
    const [opened, incoming] = [this.#opened, this.#incoming];
    if (!opened || !incoming || incoming.problem) return;
    this.#clearAddress();
    if (!(await this.#parts.openText(opened.text, incoming.via === 'link' ? 'a link' : 'a file'))) return;
    this.#forget();
    this.#parts.audit.note({
      action: 'shared-notebook-accepted',
      subject: null,
      details: { way: incoming.via, cells: incoming.cells.length, sources: incoming.sources.length },
    });
  }

  discard(): void {
    this.#forget();
    this.#clearAddress();
  }

  /** The link leaves the address, so that neither a reload nor the way back asks again. */
  #clearAddress(): void {
    const { id } = this.#parts.desk;
    if (location.hash.startsWith(LINK_MARK))
      history.replaceState(history.state, '', id === null ? location.pathname : `#notebook=${id}`);
  }

  #forget(): void {
    this.#opened = null;
    this.#incoming = null;
    this.#linkProblem = null;
  }
}
