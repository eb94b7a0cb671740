// Choosing a part of a chart by dragging over it; must not know what it filters by.
import type { AxisPart, ChartArea } from '../../chart/chart-area-types.ts';
import type { ChartData } from '../../chart/chart-data-types.ts';
import { addsUp, categories, isHorizontal } from './chart-shape.ts';

/** What Observable Plot tells of a scale it drew with. */
interface DrawnScale {
  readonly range?: Iterable<unknown>;
  readonly bandwidth?: number;
  apply(value: unknown): unknown;
  invert?(value: unknown): unknown;
}

export interface BrushRequest {
  readonly data: ChartData;
  readonly scale: (name: string) => DrawnScale | undefined;
  readonly onarea: (area: ChartArea) => void;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Nearer than this a press is a click. CSS pixels. */
const LEAST_DRAG = 5;

function isApart(data: ChartData): boolean {
  return data.mark === 'bar' && data.series !== null && !addsUp(data) && data.x.kind === 'category';
}

/** Which of the chart's axes lie across and which up, and the scales they are drawn with. */
function layoutOf(data: ChartData) {
  const isFlat = isHorizontal(data);
  const apart = isApart(data);
  const isPlane = data.mark === 'scatter' || data.mark === 'heatmap';
  return {
    across: isFlat ? null : { role: 'x' as const, scale: apart ? 'fx' : 'x' },
    up: isFlat
      ? { role: 'x' as const, scale: apart ? 'fy' : 'y' }
      : isPlane
        ? { role: 'y' as const, scale: 'y' }
        : null,
  };
}

function partOf(data: ChartData, role: 'x' | 'y', scale: DrawnScale, span: Span): AxisPart {
  if (data[role].kind === 'category') {
    const names = categories(data.points, role).filter((name) => {
      const start = Number(scale.apply(name));
      return start < span.to && start + (scale.bandwidth ?? 0) > span.from;
    });
    return { names };
  }
  const ends = [span.from, span.to].map((pixel) => Number(scale.invert?.(pixel)));
  return { from: Math.min(...ends), to: Math.max(...ends) };
}

function limitsOf(scale: DrawnScale | undefined, otherwise: Span): Span {
  const range = [...(scale?.range ?? [])].filter((end) => typeof end === 'number');
  return range.length === 0 ? otherwise : { from: Math.min(...range), to: Math.max(...range) };
}

function clamp(value: number, { from, to }: Span): number {
  return Math.min(to, Math.max(from, value));
}

function spanOf(a: number, b: number, limits: Span): Span {
  const [from, to] = [clamp(Math.min(a, b), limits), clamp(Math.max(a, b), limits)];
  return { from, to };
}

/** In the drawing's own units, also where the page shows it smaller. */
function placeIn(svg: SVGSVGElement, { clientX, clientY }: PointerEvent): { x: number; y: number } {
  const box = svg.getBoundingClientRect();
  const { width, height } = svg.viewBox.baseVal;
  return {
    x: ((clientX - box.left) * width) / box.width,
    y: ((clientY - box.top) * height) / box.height,
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

class Brush {
  readonly #svg: SVGSVGElement;
  readonly #request: BrushRequest;
  readonly #layout: ReturnType<typeof layoutOf>;
  readonly #limits: { readonly across: Span; readonly up: Span };
  readonly #shape = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  #start: Place | null = null;
  #dragged: { readonly across: Span; readonly up: Span } | null = null;
  /** Until after the click that a drag ends with, also one that was given up. */
  #passesClicks = false;

  constructor(svg: SVGSVGElement, request: BrushRequest) {
    this.#svg = svg;
    this.#request = request;
    this.#layout = layoutOf(request.data);
    const { across, up } = this.#layout;
    const { width, height } = svg.viewBox.baseVal;
    this.#limits = {
      across: limitsOf(request.scale(across?.scale ?? 'x'), { from: 0, to: width }),
      up: limitsOf(request.scale(up?.scale ?? 'y'), { from: 0, to: height }),
    };
    this.#shape.setAttribute('class', 'brush');
    this.#shape.setAttribute('pointer-events', 'none');
  }

  start(event: PointerEvent): void {
    this.#passesClicks = false;
    if (event.button !== 0 || event.pointerType === 'touch') return;
    this.#start = placeIn(this.#svg, event);
  }

  move(event: PointerEvent): void {
    const start = this.#start;
    if (!start) return;
    const at = placeIn(this.#svg, event);
    if (!this.#dragged && Math.hypot(at.x - start.x, at.y - start.y) < LEAST_DRAG) return;
    if (!this.#dragged) {
      this.#svg.setPointerCapture(event.pointerId);
      this.#svg.append(this.#shape);
      window.addEventListener('keydown', this.#giveUp, { capture: true });
    }
    const { across, up } = this.#layout;
    this.#dragged = {
      across: across ? spanOf(start.x, at.x, this.#limits.across) : this.#limits.across,
      up: up ? spanOf(start.y, at.y, this.#limits.up) : this.#limits.up,
    };
    this.#show(this.#dragged);
  }

  #show({ across, up }: { readonly across: Span; readonly up: Span }): void {
    const box = { x: across.from, y: up.from, width: across.to - across.from, height: up.to - up.from };
    for (const [name, value] of Object.entries(box)) this.#shape.setAttribute(name, String(value));
  }

  drop(): void {
    if (!this.#dragged) return;
    const area = this.#areaOf(this.#dragged);
    this.end();
    this.#passesClicks = true;
    this.#request.onarea(area);
  }

  #areaOf(dragged: { readonly across: Span; readonly up: Span }): ChartArea {
    const { data, scale } = this.#request;
    const area: { x: AxisPart | null; y: AxisPart | null } = { x: null, y: null };
    for (const way of ['across', 'up'] as const) {
      const axis = this.#layout[way];
      const drawn = axis && scale(axis.scale);
      if (axis && drawn) area[axis.role] = partOf(data, axis.role, drawn, dragged[way]);
    }
    return area;
  }

  end(): void {
    this.#start = null;
    this.#dragged = null;
    this.#shape.remove();
    window.removeEventListener('keydown', this.#giveUp, { capture: true });
  }

  readonly #giveUp = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#passesClicks = true;
    this.end();
  };

  /** The click that follows is the end of the drag, not a choice of the mark under it. */
  passOver(event: MouseEvent): void {
    this.#start = null;
    if (this.#passesClicks) event.stopImmediatePropagation();
    this.#passesClicks = false;
  }
}

/** By mouse or pen: a finger scrolls the page. By keyboard the table behind the chart does the same. */
export function makeBrush(svg: SVGSVGElement, request: BrushRequest): void {
  const brush = new Brush(svg, request);
  svg.addEventListener('pointerdown', (event) => brush.start(event));
  svg.addEventListener('pointermove', (event) => brush.move(event));
  svg.addEventListener('pointerup', () => brush.drop());
  svg.addEventListener('pointercancel', () => brush.end());
  svg.addEventListener('click', (event) => brush.passOver(event), { capture: true });
}
