import * as Plot from '@observablehq/plot';
import { numberText } from '../../statistics/number-text.js';
import { COLOURS } from '../palette.js';
import { FIGURE_WIDTH, PANEL_GAP, type Panel, type ReportPlot } from '../report-plot.js';
import type { ScheduleCurve } from '../found-loss-curves.js';

/** Each parameter of the found loss over training, each on its own scale. */
export const schedules: ReportPlot = {
  name: 'schedules',
  title: 'Parameters over training',
  section: 'found-loss',
  summary: 'Parameters of the found loss over training progress τ, from the first step (0) to the last (1).',
  draw: ({ schedules: curves }) => {
    const drawn = curves
      .map((curve) => ({ ...curve, points: curve.points.filter(({ value }) => Number.isFinite(value)) }))
      .filter(({ points }) => points.length > 0);
    if (drawn.length === 0) {
      return { state: 'empty', sentence: 'No parameter of the found loss changes over training.' };
    }
    const replayed = drawn.filter((curve) => curve.replayed === true).map(({ parameter }) => parameter);
    return {
      state: 'drawn',
      panels: drawn.map(panel),
      legend: [],
      remarks: replayed.length === 0 ? [] : [remark(replayed)],
    };
  },
};

function remark(parameters: readonly string[]): string {
  const verb = parameters.length === 1 ? 'follows' : 'follow';
  return `${parameters.join(', ')} ${verb} the validation loss, so each training has its own curve; drawn is the first test seed.`;
}

function panel({ parameter, points }: ScheduleCurve): Panel {
  const values = points.map(({ value }) => value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  // A constant has no range of its own: show it in the middle of a range of its size.
  const flat = high === low ? Math.max(Math.abs(high), 1e-3) / 2 : 0.05 * (high - low);
  return {
    title: parameter,
    description: `${parameter} goes from ${numberText(values[0]!)} to ${numberText(values.at(-1)!)} between ${numberText(low)} and ${numberText(high)}.`,
    options: {
      width: Math.floor((FIGURE_WIDTH - 2 * PANEL_GAP) / 3),
      height: 190,
      marginLeft: 48,
      marginBottom: 42,
      marginTop: 12,
      x: {
        label: 'progress τ',
        domain: [0, 1],
        ticks: [0, 0.5, 1],
        tickFormat: (value: number) => String(value),
      },
      y: { label: null, domain: [low - flat, high + flat], grid: true, ticks: 5 },
      marks: [Plot.line(points, { x: 'progress', y: 'value', stroke: COLOURS.found, strokeWidth: 2.2 })],
    },
  };
}
