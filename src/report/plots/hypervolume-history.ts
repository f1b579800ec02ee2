import * as Plot from '@observablehq/plot';
import { largest } from '../../core/extremes.js';
import { listText, numberText } from '../../statistics/number-text.js';
import { seriesStyle } from '../palette.js';
import { FIGURE_WIDTH, type ReportPlot } from '../report-plot.js';

/** How much of the objective space each arm dominates over its trials. */
export const hypervolumeHistory: ReportPlot = {
  name: 'hypervolume-history',
  title: 'Hypervolume so far',
  section: 'search',
  summary:
    'What the trials of each arm dominate, as part of the box between the best of each objective and the reference ' +
    'point, on the search-validation part. It never falls; a line that is flat for long has found what there is. ' +
    'All arms share the box, which their fronts span, so lines can be compared within one study alone.',
  applies: ({ front }) => front !== undefined,
  draw: ({ front }) => {
    const arms = (front?.hypervolumes ?? []).filter(({ points }) => points.length > 0);
    if (front === undefined || front.reference === undefined || arms.length === 0) {
      return {
        state: 'empty',
        sentence:
          'No trial keeps the constraints with a score in every objective, so there is no volume to draw.',
      };
    }
    const last = Math.max(1, largest(arms.flatMap(({ points }) => points.map(({ trial }) => trial))));
    const style = new Map(arms.map(({ arm }, index) => [arm, seriesStyle(index)]));
    const reference = front.objectives.map(
      ({ key }, index) => `${key} ${numberText(front.reference![index]!)}`,
    );
    return {
      state: 'drawn',
      panels: [
        {
          description: `Part of the objective space that is dominated; ${arms
            .map(({ arm, points }) => `${arm} reached ${numberText(points.at(-1)!.share, 2)}`)
            .join(', ')}.`,
          options: {
            ...{
              width: FIGURE_WIDTH,
              height: 280,
              marginLeft: 62,
              marginTop: 28,
              marginBottom: 42,
              marginRight: 24,
            },
            x: {
              label: 'trial',
              labelAnchor: 'center',
              domain: [0, last],
              tickFormat: (value: number) => String(value),
              interval: 1,
              ticks: 8,
            },
            y: { label: 'share of the box', domain: [0, 1], grid: true },
            marks: arms.map(({ arm, points }) =>
              Plot.line(points, {
                x: 'trial',
                y: 'share',
                curve: 'step-after',
                stroke: style.get(arm)!.stroke,
                strokeDasharray: style.get(arm)!.dash,
                strokeWidth: 2.2,
              }),
            ),
          },
        },
      ],
      legend: arms.map(({ arm }) => ({ name: arm, style: style.get(arm)! })),
      remarks: [`Reference point: ${listText(reference)}.`],
    };
  },
};
