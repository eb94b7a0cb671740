// The columns of a grid as they are shown: order, widths, which are drawn and which are seen; must not know rows' values or the session.
import { createVirtualizer } from '@tanstack/svelte-virtual';
import { untrack } from 'svelte';
import { get } from 'svelte/store';
import type { OutputColumnView } from '../../session/cell-run-types.ts';
import type { ResultLook } from '../../session/look-view-types.ts';
import { isBlurredColumn } from './blurred-columns.ts';
import { arrangeColumns, columnsInView, startsOf } from './column-order.ts';
import type { GridRows } from './grid-rows.svelte.ts';
import type { Row } from './page-cache.ts';
import { columnWidth, isNumberType } from './value-text.ts';

/** Up to here all columns are drawn. */
const WIDE = 40;
/** Fixed columns leave at least this share of the width to the others. */
const FIXED_SHARE = 0.6;
const OVERSCAN = 4;
/** Under the name there is a button, and bars want room to be hit. */
const LEAST_WITH_MENU = 124;
const MENU_WIDTH = 20;
/** Rows that decide about widths. */
const SAMPLE_ROWS = 60;

type RowsThere = Pick<GridRows, 'areHere' | 'at'>;

interface ColumnsParts {
  readonly columns: () => readonly OutputColumnView[];
  readonly look: () => ResultLook | null;
  readonly gutter: () => number;
  readonly viewport: () => HTMLElement | undefined;
  /** Whether sensitive columns are made unreadable. */
  readonly isBlurring: () => boolean;
  /** Root font size over 16 px. */
  readonly zoom: number;
}

const NOTHING_SET = { hidden: [], pinned: [] };

/** Make it while a component is being initialised; call `attach` and `draw` in effects. */
export class GridColumns {
  readonly #parts: ColumnsParts;
  readonly #virtual;
  /** By place in the relation. */
  #widths: readonly number[] = $state.raw([]);
  #scrollLeft = $state(0);
  #viewWidth = $state(0);
  #isOnScreen = $state(false);
  /** The result whose rows have made the widths. */
  #fitted: string | null = null;
  #drawnVirtually: readonly number[] = $state.raw([]);

  readonly #order = $derived.by(() => {
    const { columns, look, gutter } = this.#parts;
    return arrangeColumns(
      columns().map(({ name }) => name),
      look() ?? NOTHING_SET,
      this.#widths,
      this.#viewWidth === 0 ? Infinity : this.#viewWidth * FIXED_SHARE - gutter(),
    );
  });
  /** In the order shown. */
  readonly shown: readonly OutputColumnView[] = $derived.by(() => {
    const all = this.#parts.columns();
    return this.#order.shown.flatMap((index) => all[index] ?? []);
  });
  readonly starts: readonly number[] = $derived.by(() =>
    startsOf(this.#order, this.#widths, this.#parts.gutter()),
  );
  readonly isNumber: readonly boolean[] = $derived(this.shown.map(({ type }) => isNumberType(type)));
  /** By place in the order shown, and as names. */
  readonly isBlurred: readonly boolean[] = $derived.by(() => {
    const isBlurring = this.#parts.isBlurring();
    return this.shown.map(({ sensitivity }) => isBlurring && isBlurredColumn(sensitivity));
  });
  readonly blurred: readonly string[] = $derived(
    this.shown.filter((_, at) => this.isBlurred[at] === true).map(({ name }) => name),
  );
  readonly hasSensitive: boolean = $derived.by(() =>
    this.#parts.columns().some(({ sensitivity }) => isBlurredColumn(sensitivity)),
  );
  readonly fixed: readonly number[] = $derived(Array.from({ length: this.#order.fixed }, (_, at) => at));
  readonly drawn: readonly number[] = $derived.by(() => {
    const { fixed, shown } = this.#order;
    if (shown.length > WIDE) return this.#drawnVirtually.filter((at) => at >= fixed && at < shown.length);
    return Array.from({ length: shown.length - fixed }, (_, at) => at + fixed);
  });
  readonly #seen = $derived.by(() => {
    const [first, last] = columnsInView(this.#order, this.starts, this.#scrollLeft, this.#viewWidth);
    return `${first} ${last}`;
  });
  /** Names of the columns of which something is seen; none while the grid is off the screen. */
  readonly seen: readonly string[] = $derived.by(() => {
    if (!this.#isOnScreen) return [];
    const [first = 0, last = -1] = this.#seen.split(' ').map(Number);
    return [...this.shown.slice(0, this.#order.fixed), ...this.shown.slice(Math.max(0, first), last + 1)].map(
      ({ name }) => name,
    );
  });

  constructor(parts: ColumnsParts) {
    this.#parts = parts;
    this.#virtual = createVirtualizer<HTMLElement, HTMLElement>({
      count: 0,
      horizontal: true,
      getScrollElement: () => parts.viewport() ?? null,
      estimateSize: (at) => (this.starts[at + 1] ?? 0) - (this.starts[at] ?? 0),
      overscan: OVERSCAN,
    });
  }

  /** Places in the relation, in the order shown. */
  get order(): readonly number[] {
    return this.#order.shown;
  }
  get totalWidth(): number {
    return this.starts.at(-1) ?? this.#parts.gutter();
  }
  get fixedWidth(): number {
    return this.starts[this.#order.fixed] ?? this.#parts.gutter();
  }

  /** Widths follow the first rows that arrive, once for each result (`made`), until then the names: call in an effect. */
  fit(made: string, rows: RowsThere, first: number): void {
    const { areHere } = rows;
    const columns = this.#parts.columns();
    if (this.#fitted === made) return;
    untrack(() => {
      if (!areHere && this.#widths.length === columns.length) return;
      if (areHere) this.#fitted = made;
      const some = Array.from({ length: SAMPLE_ROWS }, (_, index) => rows.at(first + index));
      this.#measure(some.filter((row) => row !== null));
    });
  }

  #measure(rows: readonly Row[]): void {
    const { zoom } = this.#parts;
    const least = this.#parts.look() === null ? 0 : LEAST_WITH_MENU;
    this.#widths = this.#parts.columns().map((column, index) => {
      const head = {
        name: column.name,
        type: column.type,
        badge: column.badge,
        hasTag: (column.sensitivity ?? 'none') !== 'none',
      };
      const width = columnWidth(
        head,
        rows.map((row) => row[index] ?? null),
      );
      return Math.round(zoom * Math.max(least, width + (least === 0 ? 0 : MENU_WIDTH)));
    });
  }

  /** Follows scrolling and size until the returned function is called. */
  attach(element: HTMLElement): () => void {
    const follow = (): void => {
      this.#scrollLeft = element.scrollLeft;
      this.#viewWidth = element.clientWidth;
    };
    const sizes = new ResizeObserver(follow);
    sizes.observe(element);
    const sight = new IntersectionObserver(([entry]) => (this.#isOnScreen = entry?.isIntersecting ?? false));
    sight.observe(element);
    element.addEventListener('scroll', follow, { passive: true });
    const unsubscribe = this.#virtual.subscribe((virtual) => {
      this.#drawnVirtually = virtual.getVirtualItems().map(({ index }) => index);
    });
    follow();
    return () => {
      sizes.disconnect();
      sight.disconnect();
      element.removeEventListener('scroll', follow);
      unsubscribe();
    };
  }

  /** Where there are many columns: which of them have to be drawn. */
  draw(): void {
    const options = { count: this.order.length, paddingStart: this.#parts.gutter() };
    const sizes = this.starts;
    if (this.#parts.viewport() === undefined || sizes.length < 2) return;
    untrack(() => {
      get(this.#virtual).setOptions(options);
      get(this.#virtual).measure();
    });
  }

  /** Scrolls sideways as little as is needed to have the column wholly in view. */
  reveal(at: number): void {
    const element = this.#parts.viewport();
    if (element === undefined || at < this.#order.fixed) return;
    const left = this.starts[at] ?? 0;
    const right = this.starts[at + 1] ?? left;
    if (left - this.fixedWidth < element.scrollLeft) element.scrollLeft = left - this.fixedWidth;
    else if (right > element.scrollLeft + element.clientWidth)
      element.scrollLeft = right - element.clientWidth;
  }
}
