import * as Plot from '@observablehq/plot';
import { countText } from '../../statistics/number-text.js';
import { COLOURS } from '../palette.js';
import { FIGURE_WIDTH, PANEL_GAP, type Panel, type ReportPlot } from '../report-plot.js';
import type { FrontModel, FrontPoint } from '../report-model.js';
import { shownRange } from './shown-range.js';

/** The trials in the plane of the primary metric and each other objective, the front of the search as a line. */
export const paretoFront: ReportPlot = {
  name: 'pareto-front',
  title: 'Pareto front',
  section: 'search',
  summary:
    'Each dot is a trial that trained to the end, scored on the search-validation part. The line joins the trials of the ' +
    'search that no other one of it dominates: what is gained in one objective costs another. The ends of a front of ' +
    'noisy scores flatter themselves; the verdict is about the primary metric on the test part alone.',
  applies: ({ front }) => front !== undefined,
  draw: ({ front }) => {
    if (front === undefined || front.points.length === 0) {
      return {
        state: 'empty',
        sentence: 'No trial has a score in several objectives, so there is no front to draw.',
      };
    }
    const others = front.objectives.length - 1;
    const width = others === 1 ? 560 : (FIGURE_WIDTH - PANEL_GAP) / 2;
    const panels = Array.from({ length: others }, (_, index) => panelOf(front, index + 1, width));
    const outside = front.points.length - Math.min(...panels.map(({ shown }) => shown));
    const missed = front.points.filter(({ feasible }) => !feasible).length;
    return {
      state: 'drawn',
      panels: panels.map(({ panel }) => panel),
      legend: [],
      remarks: [
        'Hollow dots are trials of controls.',
        ...(missed === 0
          ? []
          : [
              `Crosses miss a constraint (${front.constraints ?? 'of the experiment'}): ${countText(missed, 'trial')}.`,
            ]),
        ...(outside === 0
          ? []
          : [`${outside === 1 ? '1 trial lies' : `${outside} trials lie`} outside the range shown.`]),
      ],
    };
  },
};

function panelOf(
  front: FrontModel,
  other: number,
  width: number,
): { readonly panel: Panel; readonly shown: number } {
  const x = ({ scores }: FrontPoint): number => scores[0]!;
  const y = ({ scores }: FrontPoint): number => scores[other]!;
  const line = front.points
    .filter(({ role, onFront }) => role === 'search' && onFront)
    .sort((a, b) => x(a) - x(b) || y(a) - y(b));
  const [first, second] = [front.objectives[0]!, front.objectives[other]!];
  const domains = [
    shownRange(front.points.map(x), line.map(x)),
    shownRange(front.points.map(y), line.map(y)),
  ] as const;
  const shown = front.points.filter((point) => inside(x(point), domains[0]) && inside(y(point), domains[1]));
  const label = ({ key, direction }: FrontModel['objectives'][number]): string =>
    `${key} (${direction === 'maximize' ? 'higher' : 'lower'} is better)`;
  const panel: Panel = {
    ...(front.objectives.length > 2 ? { title: second.key } : {}),
    description: `${second.key} against ${first.key} of ${countText(front.points.length, 'trial')}; ${countText(line.length, 'trial')} of the search on its Pareto front.`,
    options: {
      ...{ width, height: 380, marginLeft: 66, marginBottom: 46, marginTop: 28, marginRight: 24 },
      x: { label: label(first), domain: domains[0], ticks: 6, grid: true },
      y: { label: label(second), domain: domains[1], ticks: 6, grid: true },
      marks: [
        // Joined in two dimensions only: the front of more is no line.
        Plot.line(front.objectives.length === 2 ? line : [], {
          x,
          y,
          stroke: COLOURS.found,
          strokeWidth: 1.6,
        }),
        Plot.dot(
          shown.filter(({ feasible }) => feasible),
          {
            x,
            y,
            r: ({ role, onFront }: FrontPoint) => (role === 'search' && onFront ? 5 : 3),
            fill: ({ role }: FrontPoint) => (role === 'search' ? COLOURS.found : COLOURS.paper),
            fillOpacity: ({ onFront }: FrontPoint) => (onFront ? 1 : 0.45),
            stroke: ({ role }: FrontPoint) => (role === 'search' ? COLOURS.found : COLOURS.control),
            strokeWidth: 1.2,
          },
        ),
        Plot.dot(
          shown.filter(({ feasible }) => !feasible),
          {
            ...{ x, y, symbol: 'times', r: 4 },
            stroke: ({ role }: FrontPoint) => (role === 'search' ? COLOURS.found : COLOURS.control),
          },
        ),
      ],
    },
  };
  return { panel, shown: shown.length };
}

const inside = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high;
