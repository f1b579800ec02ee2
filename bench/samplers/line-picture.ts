import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as Plot from '@observablehq/plot';
import { spread, textWidth } from '../../src/report/label-layout.js';
import { plotToSvg } from '../../src/report/plot-to-svg.js';

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface LinePicture {
  readonly title: string;
  readonly x: { readonly label: string; readonly log: boolean };
  readonly y: { readonly label: string; readonly log: boolean };
  readonly series: readonly Series[];
}

/** Okabe & Ito 2008, on white; a dash pattern tells apart those of one colour. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#b0568f', '#c98500', '#4aa3d8', '#1b1f24'];
const DASHES = ['none', '7 3', '2 3', '9 3 2 3'];
const WIDTH = 860;
const HEIGHT = 460;
const MARGIN = { top: 50, bottom: 44, left: 58 };
const LABEL_GAP = 15;

/** One line for each series, named at its right end. A picture that stands alone: colours and background are in it. */
export function linePicture({ title, x, y, series }: LinePicture): string {
  const drawn = series.filter(({ points }) => points.length > 0);
  const all = drawn.flatMap(({ points }) => points);
  const right = Math.max(...all.map((point) => point.x));
  const low = Math.min(...all.map((point) => point.y));
  const high = Math.max(...all.map((point) => point.y));
  const warp = y.log ? Math.log : (value: number): number => value;
  const unwarp = y.log ? Math.exp : (value: number): number => value;
  const range = [warp(low), warp(high)] as const;
  const perPixel = (range[1] - range[0]) / (HEIGHT - MARGIN.top - MARGIN.bottom);
  const ends = drawn.map(({ points }) => points.at(-1)!);
  const places = spread(
    ends.map((end) => warp(end.y)),
    LABEL_GAP * perPixel,
    range,
  ).map(unwarp);
  const colour = (index: number): string => COLOURS[index % COLOURS.length]!;
  const dash = (index: number): string => DASHES[Math.floor(index / COLOURS.length) % DASHES.length]!;
  const svg = plotToSvg(
    {
      ...{ width: WIDTH, height: HEIGHT, marginTop: MARGIN.top, marginBottom: MARGIN.bottom },
      ...{ marginLeft: MARGIN.left, marginRight: 24 + textWidth(drawn.map(({ name }) => name)) },
      x: {
        label: x.label,
        labelAnchor: 'center',
        type: x.log ? 'log' : 'linear',
        tickFormat: '~g',
        grid: true,
      },
      y: {
        label: null,
        type: y.log ? 'log' : 'linear',
        domain: [low, high],
        grid: true,
        tickFormat: '~g',
      },
      marks: [
        Plot.text([title], { frameAnchor: 'top-left', dx: -50, dy: -44, fontSize: 14, fontWeight: 600 }),
        Plot.text([`↑ ${y.label}`], { frameAnchor: 'top-left', dx: -50, dy: -20 }),
        ...drawn.map(({ points }, index) =>
          Plot.line(points, {
            ...{ x: 'x', y: 'y', stroke: colour(index), strokeWidth: 1.9 },
            strokeDasharray: dash(index),
          }),
        ),
        Plot.link(ends, {
          ...{ x1: 'x', x2: right, y1: 'y', y2: (_: unknown, index: number) => places[index]! },
          ...{ stroke: (_: unknown, index: number) => colour(index), strokeOpacity: 0.35 },
        }),
        Plot.text(drawn, {
          ...{ x: right, y: (_: unknown, index: number) => places[index]! },
          ...{ text: 'name', textAnchor: 'start', dx: 6 },
          fill: (_: unknown, index: number) => colour(index),
        }),
      ],
    },
    `${title}: ${drawn.map(({ name }, index) => `${name} ends at ${ends[index]!.y.toPrecision(3)}`).join(', ')}.`,
  );
  const head = '<svg xmlns="http://www.w3.org/2000/svg" ';
  const ground = `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`;
  return svg.markup.replace(/<svg (?:xmlns="[^"]*" )?/, head).replace(/>/, ` color="#1b1f24">${ground}`);
}

/** Writes a picture as `name.svg`; nothing where there is nothing to draw. */
export function writePicture(folder: string, name: string, picture: LinePicture): void {
  if (picture.series.every(({ points }) => points.length === 0)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.svg`), `${linePicture(picture)}\n`);
}
