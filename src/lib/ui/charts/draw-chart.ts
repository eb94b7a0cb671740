// Draws a chart as one SVG with Observable Plot, which is loaded when the first chart is drawn; must not know where it is shown.
import type { ChartArea } from '../../chart/chart-area-types.ts';
import type { ChartData, ChartPoint } from '../../chart/chart-data-types.ts';
import { makeBrush } from './chart-brush.ts';
import { marksOf, type Plot, type Scene } from './chart-marks.ts';
import { addsUp, categories, colourOf, isHorizontal } from './chart-shape.ts';

export interface DrawRequest {
  readonly data: ChartData;
  /** CSS pixels. */
  readonly width: number;
  readonly isChosen: (point: ChartPoint) => boolean;
  readonly onchoose: (point: ChartPoint) => void;
  /** A part of the chart was dragged over. */
  readonly onarea: (area: ChartArea) => void;
  /** A press beside the marks. */
  readonly onempty: () => void;
}

const compactFormat = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
const HEIGHT = 340;
const LONGEST_LABEL = 22;
const CHARACTER_PX = 6.4;

function shorten(text: string): string {
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
}

function scaleOf(data: ChartData, role: 'x' | 'y') {
  const axis = data[role];
  if (axis.kind === 'category')
    return {
      type: 'band' as const,
      domain: [...categories(data.points, role)],
      tickFormat: shorten,
      label: axis.label,
    };
  if (axis.kind === 'time') return { type: 'utc' as const, label: axis.label };
  return {
    type: 'linear' as const,
    label: axis.label,
    nice: data.mark === 'scatter',
    ...compact(data.points, role),
  };
}

/** Large and small numbers in a form that fits: `1.5M`, `2e-7`. */
function compact(points: readonly ChartPoint[], role: 'x' | 'y') {
  const all = points.flatMap((point) => [point[role], point.box?.high, point.box?.low]);
  const most = all.reduce<number>((a, b) => (typeof b === 'number' ? Math.max(a, Math.abs(b)) : a), 0);
  if (most >= 1e15 || (most > 0 && most < 1e-3)) return { tickFormat: '.2~e' };
  if (most >= 10_000) return { tickFormat: (value: number) => compactFormat.format(value) };
  const isWhole = all.every((value) => value === undefined || Number.isInteger(value));
  // No ticks at halves where there are only whole numbers.
  return role === 'y' && isWhole && most < 5 ? { ticks: Math.max(1, most) } : {};
}

function optionsOf(data: ChartData, width: number) {
  const isFlat = isHorizontal(data);
  const beside = isFlat ? 'x' : data.y.kind === 'category' ? 'y' : null;
  const names = beside === null ? [] : categories(data.points, beside).map(shorten);
  const marginLeft = Math.round(
    Math.max(56, names.reduce((most, name) => Math.max(most, name.length), 0) * CHARACTER_PX + 24),
  );
  const isApart = data.mark === 'bar' && data.series !== null && !addsUp(data) && data.x.kind === 'category';
  const [x, y] = [scaleOf(data, 'x'), { ...scaleOf(data, 'y'), grid: data.mark !== 'heatmap' }];
  const flipped = { x: { ...scaleOf(data, 'y'), grid: true }, y: scaleOf(data, 'x') };
  const axes = isFlat ? flipped : { x, y };
  const rows = categories(data.points, 'x').length * (isApart ? (data.series?.values.length ?? 1) : 1);
  const facet = {
    ...(isFlat ? { axis: 'left' as const } : {}),
    label: data.x.label,
    domain: categories(data.points, 'x'),
    tickFormat: shorten,
  };
  const inner = { axis: null, domain: data.series?.values ?? [] };
  return {
    width,
    height: isFlat ? Math.max(160, Math.min(900, rows * (isApart ? 12 : 22) + 70)) : HEIGHT,
    marginLeft,
    marginBottom: 40,
    marginRight: 24,
    ...(isApart && isFlat
      ? { fy: facet, x: flipped.x, y: inner }
      : isApart
        ? { fx: facet, x: inner, y }
        : axes),
  };
}

/**
 * The elements of marks know which point they are of by the index that Plot binds to them. A press brings up the tip, which
 * may then lie under the pointer: what counts is the mark that was pressed.
 */
function makeChoosable(svg: SVGSVGElement, { data, onchoose, onempty }: DrawRequest): void {
  const pointUnder = (target: EventTarget | null): ChartPoint | null => {
    const index: unknown = target instanceof Element ? Reflect.get(target, '__data__') : null;
    const isMark = target instanceof Element && target.hasAttribute('aria-label');
    return isMark && typeof index === 'number' ? (data.points[index] ?? null) : null;
  };
  // The library names its layers; a name needs a role.
  for (const layer of svg.querySelectorAll('g[aria-label]')) layer.setAttribute('role', 'group');
  for (const element of svg.querySelectorAll<SVGElement>('[aria-label]:not(g)')) {
    const canChoose = (pointUnder(element)?.clauses.length ?? 0) > 0;
    // A name without a role is none to a screen reader; what can be chosen is an image with a name.
    if (canChoose) element.setAttribute('role', 'img');
    else element.removeAttribute('aria-label');
    if (canChoose) element.style.cursor = 'pointer';
  }
  let pressed: ChartPoint | null = null;
  svg.addEventListener('pointerdown', ({ target }) => (pressed = pointUnder(target)), { capture: true });
  svg.addEventListener('click', ({ target }) => {
    const point = pressed ?? pointUnder(target);
    pressed = null;
    if (point && point.clauses.length > 0) onchoose(point);
    else if (!point && target === svg) onempty();
  });
}

/** Loads Plot where that was not done yet. The SVG takes its colours from the page's tokens. */
export async function drawChart(request: DrawRequest): Promise<SVGSVGElement> {
  const plot = await import('@observablehq/plot');
  const { data, width, isChosen } = request;
  const hasChosen = data.points.some(isChosen);
  const scene: Scene = {
    plot,
    data,
    colour: colourOf(data),
    opacity: (point) => (hasChosen && !isChosen(point) ? 0.35 : 1),
  };
  const drawn = plot.plot({
    ...optionsOf(data, width),
    color: { type: 'identity' },
    marks: marksOf(scene),
    style: {
      background: 'transparent',
      color: 'var(--ink-2)',
      fontFamily: 'var(--font-ui)',
      fontSize: '12px',
    },
    className: 'chart-plot',
  } as Parameters<Plot['plot']>[0]);
  const svg = drawn instanceof SVGSVGElement ? drawn : drawn.querySelector('svg');
  if (!svg) throw new Error('Plot made no SVG.');
  makeBrush(svg, { data, scale: (name) => drawn.scale(name as 'x'), onarea: request.onarea });
  makeChoosable(svg, request);
  return svg;
}
