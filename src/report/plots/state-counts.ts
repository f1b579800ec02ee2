import * as Plot from '@observablehq/plot';
import { COLOURS } from '../palette.js';
import { FIGURE_WIDTH, type ReportPlot } from '../report-plot.js';
import type { CountedState, TrialCount } from '../report-model.js';

/** How many trials ended how. */
export const stateCounts: ReportPlot = {
  name: 'state-counts',
  title: 'What became of the trials',
  section: 'search',
  summary:
    'Completed: trained to the end. Piece: part of a training, which went on in another trial or ended by the plan of ' +
    'the sampler. Pruned: stopped early, others were better. Rejected: failed the cheap check ' +
    'before training. Duplicate: a loss with the gradients of an earlier one, whose score was reused. Diverged and ' +
    'failed trials count as the worst; none is dropped.',
  draw: ({ trialCounts }) => {
    const counts = trialCounts.filter(({ count }) => count > 0);
    if (counts.length === 0) return { state: 'empty', sentence: 'No trial has been started yet.' };
    return {
      state: 'drawn',
      panels: [
        {
          description: `Trials by state: ${counts.map(({ state, count }) => `${count} ${state}`).join(', ')}.`,
          options: {
            width: FIGURE_WIDTH,
            height: 26 * counts.length + 16,
            marginLeft: 92,
            marginRight: 56,
            marginTop: 6,
            marginBottom: 10,
            x: { axis: null, domain: [0, Math.max(...counts.map(({ count }) => count))] },
            y: { label: null, domain: counts.map(({ state }) => state), tickSize: 0, padding: 0.25 },
            marks: [
              Plot.barX(counts, {
                x: 'count',
                y: 'state',
                fill: ({ state }: TrialCount) => COLOUR_OF[state],
              }),
              Plot.text(counts, {
                x: 'count',
                y: 'state',
                text: ({ count }: TrialCount) => String(count),
                textAnchor: 'start',
                dx: 6,
                fill: COLOURS.ink,
                fontVariant: 'tabular-nums',
              }),
            ],
          },
        },
      ],
      legend: [],
      remarks: [],
    };
  },
};

const COLOUR_OF: Readonly<Record<CountedState, string>> = {
  completed: COLOURS.found,
  piece: 'var(--sky)',
  pruned: 'var(--sky)',
  diverged: COLOURS.worse,
  rejected: 'var(--amber)',
  duplicate: 'var(--purple)',
  failed: COLOURS.worse,
};
