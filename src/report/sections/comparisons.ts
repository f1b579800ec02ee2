import { decimalsOf, fixedText, pValueText, signedText } from '../../statistics/number-text.js';
import type { JudgedComparison, Verdict } from '../../statistics/verdict.js';
import { html, type Html } from '../html.js';
import type { ReportModel } from '../report-model.js';
import { table } from '../table.js';

const HEADLINE: Readonly<Record<Verdict['kind'], string>> = {
  gain: 'Significant gain',
  'no-gain': 'No significant gain',
  worse: 'Significantly worse',
};

/** The verdict in words. */
export function verdictBox({ verdict, notJudged, testSeen }: ReportModel): Html {
  if (notJudged !== undefined) {
    return html`<section class="verdict pending" aria-label="Verdict">
      <p class="headline">Not judged</p>
      <p>${notJudged}</p>
    </section>`;
  }
  if (verdict === undefined) {
    return html`<section class="verdict pending" aria-label="Verdict">
      <p class="headline">No verdict yet</p>
      <p>The test stage has not been run: no claim can be made about the found loss.</p>
    </section>`;
  }
  const headline = `${HEADLINE[verdict.kind]}${testSeen === true ? ', on a test part seen before' : ''}`;
  return html`<section class="verdict ${verdict.kind}" aria-label="Verdict">
    <p class="headline">${headline}</p>
    <p>${verdict.sentence}</p>
  </section>`;
}

/** The numbers of the forest plot. */
export function comparisonTable({ verdict }: ReportModel): Html | undefined {
  if (verdict === undefined) return undefined;
  return table<JudgedComparison>(
    `Positive gain: the found loss is better. The interval is of each comparison alone; the corrected one and the p-values are corrected for all ${verdict.corrected} comparisons (Holm).`,
    [
      {
        heading: 'control',
        cell: ({ control, role }) => (role === 'plain' ? `${control} (plain loss)` : control),
      },
      { heading: 'gain', kind: 'number', cell: (item) => numbers(item)?.gain },
      {
        heading: `${100 * verdict.level} % interval`,
        kind: 'number',
        cell: (item) => numbers(item)?.interval,
      },
      { heading: 'corrected interval', kind: 'number', cell: (item) => numbers(item)?.adjusted },
      { heading: 'corrected p', kind: 'number', cell: (item) => numbers(item)?.pValue },
      { heading: 'finding', cell: findingText },
    ],
    verdict.comparisons,
  );
}

function numbers(
  item: JudgedComparison,
): Record<'gain' | 'interval' | 'adjusted' | 'pValue', string> | undefined {
  if (item.finding === 'not-compared') return undefined;
  const decimals = decimalsOf(item.outcome.standardError);
  const range = ([low, high]: readonly [number, number]): string =>
    `${fixedText(low, decimals)} to ${fixedText(high, decimals)}`;
  return {
    gain: signedText(item.outcome.gain, decimals),
    interval: range(item.outcome.interval),
    adjusted: range(item.adjustedInterval),
    pValue: pValueText(item.adjustedPValue).replace(/^p (= )?/, ''),
  };
}

function findingText(item: JudgedComparison): string {
  switch (item.finding) {
    case 'better':
      return 'found loss better';
    case 'worse':
      return 'found loss worse';
    case 'not-significant':
      return 'no significant difference';
    case 'not-compared':
      return item.outcome.state === 'not-compared' ? `not compared: ${item.outcome.reason}` : 'not compared';
  }
}
