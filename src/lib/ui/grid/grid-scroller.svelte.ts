// Holds where a grid is scrolled to, in rows far beyond what an element can be tall; must not know rows' contents.
import { followScroll, revealRow, rowsInView, scaleScroll, toPhysical, toVirtual } from './scroll-scale.ts';
import type { ScrollPosition, ScrollScale } from './scroll-scale.ts';

/** Quiet time after which the scrollbar is put back in step with the rows. */
const SETTLE_MS = 160;

export class GridScroller {
  readonly #rowHeight: number;
  #headerHeight: number;
  #element: HTMLElement | null = null;
  #rowCount = $state(0);
  #viewport = $state(0);
  #position = $state.raw<ScrollPosition>({ virtual: 0, physical: 0 });
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #scale = $derived.by(() => this.#makeScale());

  constructor(options: { readonly rowHeight: number; readonly headerHeight: number }) {
    this.#rowHeight = options.rowHeight;
    this.#headerHeight = options.headerHeight;
  }

  get scale(): ScrollScale {
    return this.#scale;
  }

  /** Whole rows that fit into the viewport. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#viewport / this.#rowHeight));
  }

  rows(overscan: number): { readonly first: number; readonly last: number } {
    return rowsInView(this.#scale, this.#position.virtual, overscan);
  }

  /** Where row `row` has to be drawn, in px below the top of the spacer. */
  top(row: number): number {
    return this.#position.physical + row * this.#rowHeight - this.#position.virtual;
  }

  /** Follows the element's size and scrolling until the returned function is called. */
  attach(element: HTMLElement): () => void {
    this.#element = element;
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(element);
    const onScroll = (): void => this.#follow();
    element.addEventListener('scroll', onScroll, { passive: true });
    this.#resize();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#element = null;
    };
  }

  /** In px; rows begin below it. */
  setHeaderHeight(headerHeight: number): void {
    this.#headerHeight = headerHeight;
    this.#resize();
  }

  /** Takes over the number of rows; what is out of reach now is clamped. */
  setRowCount(rowCount: number): void {
    this.#rowCount = rowCount;
    this.#resync();
  }

  /** Scrolls as little as is needed to have the row wholly in view. */
  reveal(row: number): void {
    this.#scrollTo(revealRow(this.#scale, this.#position.virtual, Math.max(0, row)));
  }

  /** Scrolls so that the row stands a third down the viewport. */
  showRow(row: number): void {
    this.#scrollTo(row * this.#rowHeight - this.#viewport / 3);
  }

  #makeScale(): ScrollScale {
    return scaleScroll(this.#rowCount, this.#rowHeight, this.#viewport);
  }

  #scrollTo(virtual: number): void {
    const element = this.#element;
    if (element === null || virtual === this.#position.virtual) return;
    const end = Math.max(0, this.#scale.virtualHeight - this.#viewport);
    const target = Math.min(Math.max(virtual, 0), end);
    element.scrollTop = toPhysical(this.#scale, target);
    this.#position = { virtual: target, physical: element.scrollTop };
  }

  #resize(): void {
    if (this.#element === null) return;
    this.#viewport = Math.max(0, this.#element.clientHeight - this.#headerHeight);
  }

  #resync(): void {
    const physical = this.#element?.scrollTop ?? 0;
    this.#position = { virtual: toVirtual(this.#scale, physical), physical };
  }

  #follow(): void {
    if (this.#element === null) return;
    this.#position = followScroll(this.#scale, this.#position, this.#element.scrollTop);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), SETTLE_MS);
  }

  #settle(): void {
    const element = this.#element;
    if (element === null) return;
    const wanted = toPhysical(this.#scale, this.#position.virtual);
    if (Math.abs(wanted - this.#position.physical) <= 1) return;
    element.scrollTop = wanted;
    this.#position = { virtual: this.#position.virtual, physical: element.scrollTop };
  }
}
