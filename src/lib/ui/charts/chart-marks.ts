// The marks of each kind of chart, as Observable Plot takes them; must not know scales or where they are shown.
import type * as PlotModule from '@observablehq/plot';
import type { ChartData, ChartPoint } from '../../chart/chart-data-types.ts';
import { addsUp, isHorizontal, onAxis, pointWords } from './chart-shape.ts';

export type Plot = typeof PlotModule;
type Mark = PlotModule.Markish;

export interface Scene {
  readonly plot: Plot;
  readonly data: ChartData;
  readonly colour: (point: ChartPoint) => string;
  readonly opacity: (point: ChartPoint) => number;
}

function shared({ data, plot: _plot, opacity }: Scene) {
  return {
    title: (point: ChartPoint) => pointWords(data, point),
    ariaLabel: (point: ChartPoint) => pointWords(data, point),
    fillOpacity: opacity,
    tip: { fill: 'var(--raised)', stroke: 'var(--line-strong)', fontSize: 12 } as const,
  };
}

function barMarks(scene: Scene): Mark[] {
  const { plot, data, colour } = scene;
  const at = (point: ChartPoint) => onAxis(data.x, point.x);
  const common = { ...shared(scene), fill: colour, z: 'series', order: null };
  if (data.x.kind !== 'category') {
    const ends = { x1: at, x2: (point: ChartPoint) => onAxis(data.x, point.x2 ?? point.x) };
    const isBin = data.points.some(({ x2 }) => x2 !== undefined);
    return [
      isBin
        ? plot.rectY(data.points, { ...common, ...ends, y: 'y', inset: 0.5 })
        : plot.ruleX(data.points, { ...shared(scene), x: at, y: 'y', stroke: colour, strokeWidth: 4 }),
      plot.ruleY([0]),
    ];
  }
  const isApart = data.series !== null && !addsUp(data);
  if (isHorizontal(data)) {
    const place = isApart ? { fy: at, y: 'series' } : { y: at };
    return [plot.barX(data.points, { ...common, ...place, x: 'y' }), plot.ruleX([0])];
  }
  const place = isApart ? { fx: at, x: 'series' } : { x: at };
  return [plot.barY(data.points, { ...common, ...place, y: 'y' }), plot.ruleY([0])];
}

function lineMarks(scene: Scene): Mark[] {
  const { plot, data, colour } = scene;
  const at = (point: ChartPoint) => onAxis(data.x, point.x);
  const place = { x: at, y: 'y', z: 'series' };
  const fewPoints = data.points.length <= 60;
  if (data.mark === 'area')
    return [
      addsUp(data)
        ? plot.areaY(data.points, { ...place, fill: colour, fillOpacity: 0.75 })
        : plot.areaY(data.points, { x: at, z: 'series', y1: 0, y2: 'y', fill: colour, fillOpacity: 0.3 }),
      plot.dot(data.points, {
        ...place,
        ...shared(scene),
        ...(addsUp(data) ? plot.stackY(place as object) : {}),
        fill: colour,
        r: fewPoints ? 2.5 : 0.75,
      } as object),
      plot.ruleY([0]),
    ];
  return [
    plot.line(data.points, { ...place, stroke: colour, strokeWidth: 1.75 }),
    plot.dot(data.points, { ...place, ...shared(scene), fill: colour, r: fewPoints ? 2.5 : 0.75 }),
  ];
}

function boxMarks({ plot, data, opacity }: Scene): Mark[] {
  const isFlat = isHorizontal(data);
  const at = (point: ChartPoint) => String(point.x);
  const part = (key: 'low' | 'q1' | 'median' | 'q3' | 'high') => (point: ChartPoint) => point.box?.[key] ?? 0;
  const tip = shared({ plot, data, opacity, colour: () => '' });
  const stroke = 'currentColor';
  if (isFlat)
    return [
      plot.ruleY(data.points, { y: at, x1: part('low'), x2: part('high'), stroke }),
      plot.barX(data.points, { ...tip, y: at, x1: part('q1'), x2: part('q3'), fill: 'var(--chart-1)' }),
      plot.tickX(data.points, { y: at, x: part('median'), stroke: 'var(--raised)', strokeWidth: 2 }),
    ];
  return [
    plot.ruleX(data.points, { x: at, y1: part('low'), y2: part('high'), stroke }),
    plot.barY(data.points, { ...tip, x: at, y1: part('q1'), y2: part('q3'), fill: 'var(--chart-1)' }),
    plot.tickY(data.points, { x: at, y: part('median'), stroke: 'var(--raised)', strokeWidth: 2 }),
  ];
}

function heatMarks(scene: Scene): Mark[] {
  const { plot, data, colour } = scene;
  const xs = {
    at: (point: ChartPoint) => onAxis(data.x, point.x),
    end: (point: ChartPoint) => onAxis(data.x, point.x2 ?? point.x),
  };
  const ys = {
    at: (point: ChartPoint) => onAxis(data.y, point.y),
    end: (point: ChartPoint) => onAxis(data.y, point.y2 ?? point.y),
  };
  const common = { ...shared(scene), fill: colour, inset: 0.5 };
  const [isXBin, isYBin] = [data.x.kind !== 'category', data.y.kind !== 'category'];
  if (isXBin && isYBin)
    return [plot.rect(data.points, { ...common, x1: xs.at, x2: xs.end, y1: ys.at, y2: ys.end })];
  if (isXBin) return [plot.barX(data.points, { ...common, x1: xs.at, x2: xs.end, y: ys.at })];
  if (isYBin) return [plot.barY(data.points, { ...common, x: xs.at, y1: ys.at, y2: ys.end })];
  return [plot.cell(data.points, { ...common, x: xs.at, y: ys.at })];
}

function scatterMarks(scene: Scene): Mark[] {
  const { plot, data, colour } = scene;
  const place = {
    x: (point: ChartPoint) => onAxis(data.x, point.x),
    y: (point: ChartPoint) => onAxis(data.y, point.y),
  };
  const symbol = data.series === null ? {} : { symbol: 'series' as const };
  // Dots that lie on each other show it; those that are not chosen step back further.
  const fillOpacity = (point: ChartPoint) => 0.65 * scene.opacity(point) ** 2;
  return [plot.dot(data.points, { ...shared(scene), ...place, ...symbol, fill: colour, r: 3, fillOpacity })];
}

export function marksOf(scene: Scene): Mark[] {
  switch (scene.data.mark) {
    case 'bar':
    case 'histogram':
      return barMarks(scene);
    case 'line':
    case 'area':
      return lineMarks(scene);
    case 'box':
      return boxMarks(scene);
    case 'heatmap':
      return heatMarks(scene);
    case 'scatter':
      return scatterMarks(scene);
  }
}
