import * as Plot from '@observablehq/plot';
import { largest } from '../../core/extremes.js';
import { numberText } from '../../statistics/number-text.js';
import { shortened, spread, textWidth } from '../label-layout.js';
import { COLOURS, seriesStyle } from '../palette.js';
import { FIGURE_WIDTH, type ReportPlot } from '../report-plot.js';
import type { HistoryTrial } from '../report-model.js';
import { runningBest } from './running-best.js';
import { shownRange } from './shown-range.js';

const HEIGHT = 340;
const MARGIN = { top: 28, bottom: 42 };
const LABEL_GAP = 15;

/** Scores of all trials in the order of the search, the best so far, and the controls as lines. */
export const bestSoFar: ReportPlot = {
  name: 'best-so-far',
  title: 'Best score so far',
  section: 'search',
  summary:
    'Each dot is a trial, scored on the search-validation part; the line is the best of the trials that trained ' +
    'longest. The best of many noisy scores flatters itself: read the verdict from the test part, not from here.',
  draw: ({ history, metric }) => {
    const scored = history.trials.filter((trial): trial is Scored => Number.isFinite(trial.value));
    if (scored.length === 0) {
      return {
        state: 'empty',
        sentence: `None of ${history.trials.length} trials has a score yet, so there is no best one to draw.`,
      };
    }
    const full = largest(scored.map(({ fidelity }) => fidelity));
    const arms = [...new Set(scored.map(({ arm }) => arm))];
    const style = new Map(arms.map((arm, index) => [arm, seriesStyle(index)]));
    const lines = arms.map((arm) =>
      runningBest(
        scored.filter((trial) => trial.arm === arm && trial.fidelity === full),
        largest(history.trials.filter((trial) => trial.arm === arm).map(({ trial }) => trial)),
        metric.direction,
      ),
    );

    const controls = history.controls.filter(({ value }) => Number.isFinite(value));
    const domain = shownRange(
      scored.map(({ value }) => value),
      [...controls.map(({ value }) => value), ...lines.flat().map(({ value }) => value)],
    );
    const shown = scored.filter(({ value }) => value >= domain[0] && value <= domain[1]);
    const names = controls.map(({ name }) => shortened(name, 30));
    const perPixel = (domain[1] - domain[0]) / (HEIGHT - MARGIN.top - MARGIN.bottom);
    const places = spread(
      controls.map(({ value }) => value),
      LABEL_GAP * perPixel,
      domain,
    );
    const last = Math.max(1, largest(history.trials.map(({ trial }) => trial)));

    const without = history.trials.length - scored.length;
    const outside = scored.length - shown.length;
    const partial = shown.filter(({ fidelity }) => fidelity < full).length;
    return {
      state: 'drawn',
      panels: [
        {
          description: `Best ${metric.key} so far over ${history.trials.length} trials; ${arms
            .map((arm, index) => `${arm} reached ${numberText(lines[index]!.at(-1)?.value ?? NaN)}`)
            .join(', ')}.`,
          options: {
            width: FIGURE_WIDTH,
            height: HEIGHT,
            marginLeft: 62,
            marginTop: MARGIN.top,
            marginBottom: MARGIN.bottom,
            marginRight: Math.max(20, 22 + textWidth(names)),
            x: {
              label: 'trial',
              labelAnchor: 'center',
              domain: [0, last],
              tickFormat: (value: number) => String(value),
              interval: 1,
              ticks: 8,
            },
            y: { label: metric.key, domain, grid: true },
            marks: [
              Plot.ruleY(controls, { y: 'value', stroke: COLOURS.control, strokeDasharray: '4 3' }),
              Plot.dot(shown, {
                x: 'trial',
                y: 'value',
                r: 2.6,
                stroke: ({ arm }: Scored) => style.get(arm)!.stroke,
                fill: ({ arm, fidelity }: Scored) => (fidelity < full ? 'none' : style.get(arm)!.stroke),
                strokeOpacity: 0.45,
                fillOpacity: 0.35,
              }),
              ...arms.map((arm, index) =>
                Plot.line(lines[index], {
                  x: 'trial',
                  y: 'value',
                  curve: 'step-after',
                  stroke: style.get(arm)!.stroke,
                  strokeDasharray: style.get(arm)!.dash,
                  strokeWidth: 2.2,
                }),
              ),
              Plot.link(controls, {
                x1: last,
                x2: last,
                y1: 'value',
                y2: (_: unknown, index: number) => places[index]!,
                stroke: COLOURS.control,
                strokeOpacity: 0.6,
                dx: 2,
              }),
              Plot.text(controls, {
                x: last,
                y: (_: unknown, index: number) => places[index]!,
                text: (_: unknown, index: number) => names[index]!,
                textAnchor: 'start',
                dx: 8,
                fill: COLOURS.ink,
              }),
            ],
          },
        },
      ],
      legend: arms.map((arm) => ({ name: arm, style: style.get(arm)! })),
      remarks: [
        without === 0 ? '' : `${without} of ${history.trials.length} trials have no score.`,
        outside === 0
          ? ''
          : `${outside === 1 ? '1 score lies' : `${outside} scores lie`} outside the range shown.`,
        partial === 0 ? '' : 'Hollow dots trained for a part of the steps only.',
        controls.length === 0 ? '' : 'Dashed grey lines are controls.',
      ].filter((remark) => remark !== ''),
    };
  },
};

type Scored = HistoryTrial & { readonly value: number };
