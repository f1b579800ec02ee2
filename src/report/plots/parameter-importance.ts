import * as Plot from '@observablehq/plot';
import type { RankedImportance } from '../../importance/parameter-importance.js';
import { numberText } from '../../statistics/number-text.js';
import { shortened, textWidth } from '../label-layout.js';
import { COLOURS } from '../palette.js';
import { FIGURE_WIDTH, type ReportPlot } from '../report-plot.js';

/** Bars that a figure holds; the table has all. */
const MOST_BARS = 20;

/** How much each entry of the space mattered. */
export const parameterImportance: ReportPlot = {
  name: 'parameter-importance',
  title: 'Which parameters mattered',
  section: 'search',
  summary:
    'How differently the best tenth of the trials chose a parameter than all trials did (PED-ANOVA), over the ' +
    'trials in which it was active. The tick is what a parameter without influence would exceed in one case of ' +
    'twenty: a grey bar does not reach it, and says nothing.',
  draw: ({ importance }) => {
    const known = (importance?.rows ?? []).filter((row): row is Known => row.importance !== undefined);
    if (importance === undefined) return { state: 'empty', sentence: 'Nothing was searched.' };
    if (known.length === 0) {
      const { note, rows } = importance;
      return {
        state: 'empty',
        sentence:
          rows.length === 0 && note !== undefined
            ? note
            : `The ${importance.trials} trials so far do not say which parameters matter.`,
      };
    }
    const rows = known.slice(0, MOST_BARS).map((row) => ({ ...row, label: shortened(row.entry, 34) }));
    // Two long names may be cut to one text; bars are placed by the whole name.
    const labels = new Map(rows.map(({ entry, label }) => [entry, label]));
    const largest = Math.max(...rows.map((row) => Math.max(row.importance, row.noise ?? 0)));
    return {
      state: 'drawn',
      panels: [
        {
          description: `Importance of parameters, the largest first: ${rows
            .map(({ entry, importance: value }) => `${entry} ${numberText(value, 3)}`)
            .join(', ')}.`,
          options: {
            width: FIGURE_WIDTH,
            height: 26 * rows.length + 16,
            marginLeft: 12 + textWidth(rows.map(({ label }) => label)),
            marginRight: 64,
            marginTop: 6,
            marginBottom: 10,
            x: { axis: null, domain: [0, largest > 0 ? largest : 1] },
            y: {
              label: null,
              domain: rows.map(({ entry }) => entry),
              tickSize: 0,
              padding: 0.25,
              tickFormat: (entry: string) => labels.get(entry)!,
            },
            marks: [
              Plot.barX(rows, {
                x: 'importance',
                y: 'entry',
                fill: (row: Known) => (exceedsNoise(row) ? COLOURS.found : COLOURS.control),
              }),
              Plot.tickX(
                rows.filter(({ noise }) => noise !== undefined),
                { x: 'noise', y: 'entry', stroke: COLOURS.ink, strokeWidth: 1.5 },
              ),
              Plot.text(rows, {
                x: (row: Known) => Math.max(row.importance, row.noise ?? 0),
                y: 'entry',
                text: (row: Known) => numberText(row.importance, 3),
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
      remarks: [
        ...(known.length > rows.length
          ? [`The ${rows.length} largest of ${known.length}; the table has all.`]
          : []),
        ...(importance.note === undefined ? [] : [importance.note]),
      ],
    };
  },
};

type Known = RankedImportance & { readonly importance: number };

const exceedsNoise = ({ importance, noise }: Known): boolean => noise === undefined || importance > noise;
