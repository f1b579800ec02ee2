import * as Plot from '@observablehq/plot';
import { numberText } from '../../statistics/number-text.js';
import { COLOURS } from '../palette.js';
import { FIGURE_WIDTH, PANEL_GAP, type ReportPlot } from '../report-plot.js';

/** How much a sample counts, by its own loss. */
export const sampleWeights: ReportPlot = {
  name: 'sample-weights',
  title: 'How much a sample counts',
  section: 'found-loss',
  summary:
    'Weight of a sample by its own loss, as a multiple of the threshold: a quantile of the losses last seen, which ' +
    'may move over training (see the parameters).',
  draw: ({ sampleWeights: weights }) => {
    if (weights === undefined || weights.length === 0) {
      return {
        state: 'empty',
        sentence: 'No curriculum weighs the samples: all that are in use count alike.',
      };
    }
    const weightNear = (ratio: number): string =>
      numberText(
        weights.reduce((a, b) => (Math.abs(b.ratio - ratio) < Math.abs(a.ratio - ratio) ? b : a)).weight,
      );
    return {
      state: 'drawn',
      panels: [
        {
          description: `Weight of a sample by its loss: ${weightNear(0)} without loss, ${weightNear(0.5)} at half the threshold, ${weightNear(2)} at twice the threshold.`,
          options: {
            width: (FIGURE_WIDTH - PANEL_GAP) / 2,
            height: 220,
            marginLeft: 48,
            marginBottom: 42,
            marginTop: 16,
            x: { label: 'loss of the sample / threshold', ticks: 5 },
            y: { label: null, domain: [0, 1], grid: true, ticks: 5 },
            marks: [
              Plot.ruleX([1], { stroke: COLOURS.control, strokeDasharray: '4 3' }),
              Plot.line(weights, { x: 'ratio', y: 'weight', stroke: COLOURS.found, strokeWidth: 2.2 }),
            ],
          },
        },
      ],
      legend: [],
      remarks: [],
    };
  },
};
