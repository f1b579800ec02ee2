import * as Plot from '@observablehq/plot';
import { decimalsOf, numberText, signedText } from '../../statistics/number-text.js';
import type { JudgedComparison } from '../../statistics/verdict.js';
import { shortened, textWidth } from '../label-layout.js';
import { COLOURS } from '../palette.js';
import { FIGURE_WIDTH, type ReportPlot } from '../report-plot.js';

const ROW_HEIGHT = 34;

/** Paired gain of the found loss over each control on the test part. */
export const forest: ReportPlot = {
  name: 'forest',
  title: 'Found loss against the controls on the test part',
  section: 'comparisons',
  summary:
    'Paired gain in the metric; to the right of zero the found loss is better. Thick: the interval of this ' +
    'comparison alone. Thin: widened by the correction for all comparisons (Holm); a finding is significant where ' +
    'the thin line does not reach zero, and then the dot is filled.',
  draw: ({ verdict, notJudged, metric }) => {
    if (verdict === undefined) {
      return {
        state: 'empty',
        sentence: notJudged ?? 'The test stage has not been run yet, so there is nothing to compare.',
      };
    }
    const compared = verdict.comparisons.filter((item): item is Compared => item.finding !== 'not-compared');
    const missing = verdict.comparisons.length - compared.length;
    if (compared.length === 0) {
      return {
        state: 'empty',
        sentence: 'No control could be compared with the found loss on the test part.',
      };
    }
    // Rows are keyed by their place: two controls may have names that are shortened to the same text.
    const rows = compared.map((item, place) => ({ item, row: String(place) }));
    const names = compared.map(({ control }) => shortened(control, 50));
    const values = compared.map(({ outcome }) => signedText(outcome.gain, decimalsOf(outcome.standardError)));
    const colour = ({ item }: Row): string => COLOUR_OF[item.finding];
    const span = (index: 0 | 1, of: 'adjustedInterval' | 'interval') => (row: Row) =>
      of === 'interval' ? row.item.outcome.interval[index] : row.item.adjustedInterval[index];
    return {
      state: 'drawn',
      panels: [
        {
          description: `Paired gains in ${metric.key} with intervals: ${compared
            .map(({ control }, place) => `${values[place]!} against ${control}`)
            .join(', ')}.`,
          options: {
            width: FIGURE_WIDTH,
            height: ROW_HEIGHT * rows.length + 70,
            marginLeft: 24 + textWidth(names),
            marginRight: 16 + textWidth(values),
            marginTop: 16,
            marginBottom: 48,
            x: {
              label: `paired gain in ${metric.key} (positive: the found loss is better)`,
              labelAnchor: 'center',
              labelArrow: 'none',
              grid: true,
              nice: true,
              ticks: 7,
            },
            y: {
              label: null,
              domain: rows.map(({ row }) => row),
              tickFormat: (row: string) => names[Number(row)]!,
              tickSize: 0,
            },
            marks: [
              Plot.ruleX([0], { stroke: COLOURS.ink }),
              Plot.ruleY(rows, {
                y: 'row',
                x1: span(0, 'adjustedInterval'),
                x2: span(1, 'adjustedInterval'),
                stroke: colour,
                strokeWidth: 1.4,
              }),
              Plot.ruleY(rows, {
                y: 'row',
                x1: span(0, 'interval'),
                x2: span(1, 'interval'),
                stroke: colour,
                strokeWidth: 5,
                strokeLinecap: 'butt',
                strokeOpacity: 0.55,
              }),
              Plot.dot(rows, {
                y: 'row',
                x: ({ item }: Row) => item.outcome.gain,
                r: 5,
                stroke: colour,
                strokeWidth: 2,
                fill: (row: Row) => (row.item.finding === 'not-significant' ? COLOURS.paper : colour(row)),
              }),
              Plot.text(rows, {
                y: 'row',
                frameAnchor: 'right',
                textAnchor: 'start',
                dx: 12,
                text: ({ row }: Row) => values[Number(row)]!,
                fill: COLOURS.ink,
                fontVariant: 'tabular-nums',
              }),
            ],
          },
        },
      ],
      legend: [],
      remarks: [
        `The interval has a level of ${numberText(100 * verdict.level)} %.`,
        ...(missing === 0 ? [] : [`Not drawn: ${missing} that could not be compared, see the table.`]),
      ],
    };
  },
};

type Compared = Exclude<JudgedComparison, { finding: 'not-compared' }>;
interface Row {
  readonly item: Compared;
  readonly row: string;
}

const COLOUR_OF: Readonly<Record<Compared['finding'], string>> = {
  better: COLOURS.found,
  worse: COLOURS.worse,
  'not-significant': COLOURS.control,
};
