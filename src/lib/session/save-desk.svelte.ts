// Results as files on this machine: one is written at a time, and the log is told; must not know formats or dialogs.
import { fail, type Problem, type Result } from '../base/result.ts';
import type { Engine } from '../engine/contract.ts';
import type { SavedFile, SaveSettings } from '../engine/save-types.ts';
import { shownRowsSql } from '../filter/row-view.ts';
import { readSetting, writeSetting } from '../store/database.ts';
import type { AuditLog } from './audit-view-types.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import { BUILT_IN_PRESETS, fileKindOf, readPresets } from './save-facts.ts';
import type { SavePreset, SaveTarget, SaveWish, Saving, WrittenResult } from './save-view-types.ts';

const PRESETS_SETTING = 'save-presets';

/** More than this is not put on a clipboard. */
const MOST_CLIPBOARD_BYTES = 32 << 20;

interface SaveParts {
  readonly host: EngineHost;
  readonly audit: AuditLog;
  readonly announce: (text: string) => void;
  readonly report: (problem: Problem | null) => void;
}

export class SaveDesk implements Saving {
  readonly #parts: SaveParts;
  #target: SaveTarget | null = $state.raw(null);
  #fraction: number | null = $state.raw(null);
  #problem: Problem | null = $state.raw(null);
  #written: WrittenResult | null = $state.raw(null);
  #own: readonly SavePreset[] = $state.raw([]);
  #saveId: string | null = $state.raw(null);
  #tables = 0;

  constructor(parts: SaveParts) {
    this.#parts = parts;
  }

  get target(): SaveTarget | null {
    return this.#target;
  }
  get fraction(): number | null {
    return this.#fraction;
  }
  get isWriting(): boolean {
    return this.#saveId !== null;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get written(): WrittenResult | null {
    return this.#written;
  }
  get presets(): readonly SavePreset[] {
    return [...BUILT_IN_PRESETS, ...this.#own];
  }

  open(target: SaveTarget): void {
    this.#target = target;
    this.#problem = null;
    this.#written = null;
    void this.#readOwn();
  }

  close(): void {
    void this.cancel();
    this.#target = null;
  }

  async write(wish: SaveWish): Promise<WrittenResult | null> {
    const target = this.#target;
    if (target === null || this.isWriting) return null;
    const saveId = crypto.randomUUID();
    this.#saveId = saveId;
    this.#fraction = null;
    this.#problem = null;
    this.#written = null;
    const saved = await this.#save(target, wish, saveId);
    if (this.#saveId !== saveId) return null;
    this.#saveId = null;
    const fits = saved.ok && (wish.to === 'file' || saved.value.bytes.byteLength <= MOST_CLIPBOARD_BYTES);
    if (!saved.ok || !fits) {
      this.#problem = saved.ok ? tooLarge(saved.value.bytes.byteLength) : saved.error;
      return null;
    }
    const kind = fileKindOf(wish.settings);
    this.#written = {
      fileName: `${target.name}.${kind.extension}`,
      content: new Blob([saved.value.bytes], { type: kind.mediaType }),
      rowCount: saved.value.rowCount,
      notes: saved.value.notes,
    };
    this.#note(
      target,
      wish.columns,
      wish.to === 'clipboard' ? 'clipboard' : kind.extension,
      saved.value.rowCount,
    );
    return this.#written;
  }

  async #save(target: SaveTarget, wish: SaveWish, saveId: string): Promise<Result<SavedFile>> {
    const { host } = this.#parts;
    const ready = await host.ready();
    if (!ready.ok) return ready;
    const { relation, columns, shown } = target;
    const { condition = null, sort = [] } = wish.scope === 'shown' ? (shown ?? {}) : {};
    if (condition === null && sort.length === 0) return this.#saveTable(ready.value, relation, wish, saveId);
    this.#tables += 1;
    const into = `sluice_save_${this.#tables}`;
    const sql = shownRowsSql({ relation, columns }, condition, sort, wish.columns);
    const made = await host.guard(ready.value.run({ runId: saveId, sql, into }));
    const saved = made.ok ? await this.#saveTable(ready.value, into, wish, saveId) : made;
    // Of a cancelled run too, which may have ended with its table there.
    void ready.value.drop({ relation: into });
    return saved;
  }

  async #saveTable(
    engine: Engine,
    relation: string,
    { columns, settings }: SaveWish,
    saveId: string,
  ): Promise<Result<SavedFile>> {
    if (this.#saveId !== saveId) return fail({ code: 'engine-cancelled', message: 'It was cancelled.' });
    const request = { saveId, relation, columns, settings };
    return this.#parts.host.guard(
      engine.save(request, ({ fraction }) => {
        if (this.#saveId === saveId) this.#fraction = fraction;
      }),
    );
  }

  #note(target: SaveTarget, columns: readonly string[], format: string, rows: number): void {
    const sensitive = target.columns.filter(
      ({ name, sensitivity }) => columns.includes(name) && sensitivity !== 'none',
    ).length;
    this.#parts.audit.note({
      action: 'result-saved',
      subject: target.name,
      details: { format, rows, columns: columns.length, sensitive },
    });
    this.#parts.announce(`${rows.toLocaleString()} rows written.`);
  }

  async cancel(): Promise<void> {
    const id = this.#saveId;
    if (id === null) return;
    this.#saveId = null;
    this.#fraction = null;
    const ready = await this.#parts.host.ready();
    if (ready.ok) await ready.value.cancel({ id });
  }

  async keep(name: string, settings: SaveSettings): Promise<void> {
    const others = this.#own.filter((preset) => preset.name !== name);
    await this.#store([...others, { name, settings, isOwn: true }]);
  }

  async forget(name: string): Promise<void> {
    await this.#store(this.#own.filter((preset) => preset.name !== name));
  }

  async #store(own: readonly SavePreset[]): Promise<void> {
    this.#own = own;
    const plain = own.map(({ name, settings }) => ({ name, settings: { ...settings } }));
    const stored = await writeSetting(PRESETS_SETTING, plain);
    this.#parts.report(stored.ok ? null : stored.error);
  }

  async #readOwn(): Promise<void> {
    const stored = await readSetting(PRESETS_SETTING);
    if (stored.ok) this.#own = readPresets(stored.value);
  }
}

function tooLarge(bytes: number): Problem {
  return {
    code: 'save-clipboard-size',
    message: `The text has ${(bytes / (1 << 20)).toFixed(0)} MiB; at most ${MOST_CLIPBOARD_BYTES >> 20} MiB are put on the clipboard.`,
    hint: 'Save it as a file, or leave columns out.',
  };
}
