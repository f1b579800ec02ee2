import * as Plot from '@observablehq/plot';
import { largest, smallest } from '../../core/extremes.js';
import { countText, fixedText, numberText } from '../../statistics/number-text.js';
import { kendall } from '../../statistics/kendall.js';
import { COLOURS } from '../palette.js';
import type { ReportPlot } from '../report-plot.js';

/** Whether a good score in the search was a good score again on fresh seeds and data. */
export const searchAgainstSelection: ReportPlot = {
  name: 'search-against-selection',
  title: 'Did the search scores hold?',
  section: 'search',
  summary:
    'Each point is a candidate that reached the selection stage, trained again on fresh seeds and scored on other ' +
    'data. Numbers are ranks of the leaderboard. Points on the worse side of the dashed line (equal scores) lost ' +
    'what chance had given them in the search.',
  draw: ({ leaderboard, metric }) => {
    const points = leaderboard.flatMap(({ rank, role, stages }) =>
      stages.search === undefined || stages.selection === undefined
        ? []
        : [{ rank, role, search: stages.search.mean, selection: stages.selection.mean }],
    );
    const finite = points.filter(
      ({ search, selection }) => Number.isFinite(search) && Number.isFinite(selection),
    );
    if (finite.length === 0) {
      return { state: 'empty', sentence: 'No candidate has been through the selection stage yet.' };
    }
    const searches = finite.map(({ search }) => search);
    const selections = finite.map(({ selection }) => selection);
    const agreement = kendall(searches, selections);
    const x = padded(searches);
    const y = padded(selections);
    const low = Math.max(x[0], y[0]);
    const high = Math.min(x[1], y[1]);
    return {
      state: 'drawn',
      panels: [
        {
          description: `Selection score against search score of ${countText(finite.length, 'candidate')}; rank correlation ${numberText(agreement, 2)}.`,
          options: {
            width: 520,
            height: 400,
            marginLeft: 62,
            marginBottom: 46,
            marginTop: 28,
            marginRight: 24,
            x: { label: `search ${metric.key}`, domain: x, ticks: 6, grid: true },
            y: { label: `selection ${metric.key}`, domain: y, ticks: 6, grid: true },
            marks: [
              // The line of equal scores, as far as it runs through the picture.
              Plot.link(low < high ? [{ low, high }] : [], {
                x1: 'low',
                y1: 'low',
                x2: 'high',
                y2: 'high',
                stroke: COLOURS.control,
                strokeDasharray: '4 3',
              }),
              Plot.dot(finite, {
                x: 'search',
                y: 'selection',
                r: ({ role }: Point) => (role === 'winner' ? 7 : 5),
                fill: ({ role }: Point) => (role === 'control' ? COLOURS.paper : COLOURS.found),
                fillOpacity: ({ role }: Point) => (role === 'winner' ? 1 : 0.55),
                stroke: ({ role }: Point) => (role === 'control' ? COLOURS.control : COLOURS.found),
                strokeWidth: 1.5,
              }),
              Plot.text(finite, {
                x: 'search',
                y: 'selection',
                text: ({ rank }: Point) => String(rank),
                dx: 9,
                dy: -8,
                textAnchor: 'start',
                fill: COLOURS.ink,
                stroke: COLOURS.paper,
                strokeWidth: 3,
              }),
            ],
          },
        },
      ],
      legend: [],
      remarks: [
        ...(Number.isNaN(agreement)
          ? []
          : [`Rank correlation (Kendall’s τ_b) ${fixedText(agreement, 2)} over ${finite.length} points.`]),
        ...(finite.some(({ role }) => role === 'control') ? ['Hollow points are controls.'] : []),
      ],
    };
  },
};

interface Point {
  readonly rank: number;
  readonly role: string;
}

function padded(values: readonly number[]): [number, number] {
  const low = smallest(values);
  const high = largest(values);
  const air = high > low ? 0.1 * (high - low) : Math.max(1e-3, 0.05 * Math.abs(high));
  return [low - air, high + air];
}
