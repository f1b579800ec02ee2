import * as Plot from '@observablehq/plot';
import { numberText } from '../../statistics/number-text.js';
import { COLOURS, type SeriesStyle } from '../palette.js';
import { FIGURE_WIDTH, PANEL_GAP, type Panel, type ReportPlot } from '../report-plot.js';
import type { LossShape, LossShapeSeries } from '../found-loss-curves.js';

/** Value and gradient of the found loss beside the reference. */
export const lossShape: ReportPlot = {
  name: 'loss-shape',
  title: 'Shape of the found loss',
  section: 'found-loss',
  summary:
    'What the loss charges (left) and how hard it pulls (right), beside the reference. Where the gradient is ' +
    'nearer to zero than that of the reference, samples count less.',
  draw: ({ lossShape: shape }) => {
    if (shape === undefined || shape.series.every(({ points }) => points.length === 0)) {
      return { state: 'empty', sentence: 'There is no found loss with a one-dimensional picture to draw.' };
    }
    return {
      state: 'drawn',
      panels: [panel(shape, 'value', 'loss'), panel(shape, 'gradient', 'gradient of the loss')],
      legend: shape.series.map((series) => ({ name: legendName(series), style: styleOf(series, shape) })),
      remarks: [],
    };
  },
};

function panel(shape: LossShape, channel: 'value' | 'gradient', label: string): Panel {
  return {
    title: label,
    description: `${label} over the ${shape.axis} of ${shape.series.map(legendName).join(', ')}.`,
    options: {
      width: (FIGURE_WIDTH - PANEL_GAP) / 2,
      height: 280,
      marginLeft: 50,
      marginBottom: 42,
      marginTop: 16,
      x: { label: shape.axis, ticks: 6 },
      y: { label: null, grid: true, nice: true },
      marks: [
        Plot.ruleY([0], { stroke: COLOURS.faint }),
        ...shape.series.map((series) => {
          const style = styleOf(series, shape);
          return Plot.line(
            series.points.filter((point) => Number.isFinite(point[channel])),
            {
              x: 'x',
              y: channel,
              stroke: style.stroke,
              strokeDasharray: style.dash,
              strokeOpacity: style.opacity,
              strokeWidth: 2.2,
            },
          );
        }),
      ],
    },
  };
}

function legendName({ name, progress }: LossShapeSeries): string {
  return progress === undefined ? name : `${name}, τ = ${numberText(progress, 3)}`;
}

/** The reference is dashed grey; the found loss is one colour, fainter early in training. */
function styleOf(series: LossShapeSeries, shape: LossShape): SeriesStyle {
  if (series.role === 'reference') return { stroke: COLOURS.control, dash: '6 3', opacity: 1 };
  const found = shape.series.filter(({ role }) => role === 'found');
  const place = found.indexOf(series);
  const dashes = ['2 3', '8 3', 'none'];
  const part = found.length === 1 ? 1 : place / (found.length - 1);
  return {
    stroke: COLOURS.found,
    dash: dashes[Math.round(part * (dashes.length - 1))]!,
    opacity: 0.5 + 0.5 * part,
  };
}
