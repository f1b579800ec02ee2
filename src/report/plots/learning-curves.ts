import * as Plot from '@observablehq/plot';
import { numberText } from '../../statistics/number-text.js';
import { seriesStyle } from '../palette.js';
import { FIGURE_WIDTH, PANEL_GAP, type Panel, type ReportPlot } from '../report-plot.js';
import type { LearningCurve } from '../report-model.js';

/** Training loss and validation score of the finalists over the steps. */
export const learningCurves: ReportPlot = {
  name: 'learning-curves',
  title: 'Learning curves of the finalists',
  section: 'search',
  summary:
    'Training loss is the loss that each finalist minimises itself, so its height differs between losses and only ' +
    'its course can be compared. The validation score is the same measure for all.',
  draw: ({ learningCurves: curves, metric }) => {
    const drawn = curves.filter(({ points }) => points.length > 0);
    if (drawn.length === 0) {
      return {
        state: 'empty',
        sentence: 'No finalist has been trained yet, so there are no learning curves.',
      };
    }
    return {
      state: 'drawn',
      panels: [
        panel(drawn, 'training loss', ({ trainLoss }) => trainLoss),
        panel(drawn, `validation ${metric.key}`, ({ validationScore }) => validationScore),
      ],
      legend: drawn.map(({ name }, index) => ({ name, style: seriesStyle(index) })),
      remarks: [],
    };
  },
};

type Point = LearningCurve['points'][number];

function panel(curves: readonly LearningCurve[], label: string, value: (point: Point) => number): Panel {
  const finite = curves.map(({ name, points }) => ({
    name,
    points: points.filter((point) => Number.isFinite(value(point))),
  }));
  return {
    title: label,
    description: `${label} over training steps; at the end ${finite
      .map(
        ({ name, points }) =>
          `${name} ${points.length === 0 ? 'has none' : numberText(value(points.at(-1)!))}`,
      )
      .join(', ')}.`,
    options: {
      width: (FIGURE_WIDTH - PANEL_GAP) / 2,
      height: 270,
      marginLeft: 56,
      marginBottom: 42,
      marginTop: 16,
      x: { label: 'training step', ticks: 5, tickFormat: (step: number) => String(step) },
      y: { label: null, grid: true, nice: true },
      // The best comes first and is drawn last, on top.
      marks: finite
        .map(({ points }, index) =>
          Plot.line(points, {
            x: 'step',
            y: value,
            stroke: seriesStyle(index).stroke,
            strokeDasharray: seriesStyle(index).dash,
            strokeWidth: index === 0 ? 2.4 : 1.7,
          }),
        )
        .reverse(),
    },
  };
}
