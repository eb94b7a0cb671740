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

/** By mouse or pen: a finger scrolls the page. By keyboard the table behind the chart does the same. */
export function makeBrush(svg: SVGSVGElement, request: BrushRequest): void {
  const { data, scale, onarea } = request;
  const { across, up } = layoutOf(data);
  const { width, height } = svg.viewBox.baseVal;
  const limits = {
    across: limitsOf(scale(across?.scale ?? 'x'), { from: 0, to: width }),
    up: limitsOf(scale(up?.scale ?? 'y'), { from: 0, to: height }),
  };
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  shape.setAttribute('class', 'brush');
  shape.setAttribute('pointer-events', 'none');
  let start: { x: number; y: number } | null = null;
  let dragged: { across: Span; up: Span } | null = null;
  /** Until after the click that a drag ends with, also one that was given up. */
  let passesClicks = false;

  function end(): void {
    start = null;
    dragged = null;
    shape.remove();
    window.removeEventListener('keydown', giveUp, { capture: true });
  }
  function giveUp(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    passesClicks = true;
    end();
  }

  svg.addEventListener('pointerdown', (event) => {
    passesClicks = false;
    if (event.button !== 0 || event.pointerType === 'touch') return;
    start = placeIn(svg, event);
  });
  svg.addEventListener('pointermove', (event) => {
    if (!start) return;
    const at = placeIn(svg, event);
    if (!dragged && Math.hypot(at.x - start.x, at.y - start.y) < LEAST_DRAG) return;
    if (!dragged) {
      svg.setPointerCapture(event.pointerId);
      svg.append(shape);
      window.addEventListener('keydown', giveUp, { capture: true });
    }
    dragged = {
      across: across ? spanOf(start.x, at.x, limits.across) : limits.across,
      up: up ? spanOf(start.y, at.y, limits.up) : limits.up,
    };
    const { across: x, up: y } = dragged;
    for (const [name, value] of Object.entries({
      x: x.from,
      y: y.from,
      width: x.to - x.from,
      height: y.to - y.from,
    }))
      shape.setAttribute(name, String(value));
  });
  svg.addEventListener('pointerup', () => {
    if (!dragged) return;
    const spans = dragged;
    const area: { x: AxisPart | null; y: AxisPart | null } = { x: null, y: null };
    for (const [axis, span] of [
      [across, spans.across],
      [up, spans.up],
    ] as const) {
      const drawn = axis && scale(axis.scale);
      if (axis && drawn) area[axis.role] = partOf(data, axis.role, drawn, span);
    }
    end();
    passesClicks = true;
    onarea(area);
  });
  svg.addEventListener('pointercancel', end);
  // The click that follows is the end of the drag, not a choice of the mark under it.
  const passOver = (event: MouseEvent): void => {
    start = null;
    if (passesClicks) event.stopImmediatePropagation();
    passesClicks = false;
  };
  svg.addEventListener('click', passOver, { capture: true });
}
