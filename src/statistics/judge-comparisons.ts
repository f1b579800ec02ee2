import { holm } from './holm.js';
import { intervalAt, type ComparisonOutcome, type PairedGain } from './paired-gain.js';

/** The winner against one control on the test part. */
export interface Comparison {
  readonly control: string;
  /** `plain`: the task's plain loss, tuned on the same budget. Exactly one comparison has this role. */
  readonly role: 'plain' | 'other';
  readonly outcome: ComparisonOutcome;
}

/** A comparison after the correction for all that were made. */
export type JudgedComparison =
  | (Comparison & {
      readonly outcome: PairedGain;
      readonly finding: 'better' | 'worse' | 'not-significant';
      /** Holm's adjusted p-value over all comparisons made. */
      readonly adjustedPValue: number;
      /** Wider than `outcome.interval`: leaves out zero exactly when the finding is not `not-significant`. */
      readonly adjustedInterval: readonly [low: number, high: number];
    })
  | (Comparison & { readonly finding: 'not-compared' });

/** Corrects all comparisons that have a p-value for each other. */
export function judge(comparisons: readonly Comparison[], level: number): JudgedComparison[] {
  const outcomes = comparisons.flatMap(({ outcome }) => (outcome.state === 'compared' ? [outcome] : []));
  const adjusted = holm(outcomes.map(({ pValue }) => pValue));
  return comparisons.map((comparison) => {
    const { outcome } = comparison;
    if (outcome.state === 'not-compared') return { ...comparison, finding: 'not-compared' };
    const adjustedPValue = adjusted[outcomes.indexOf(outcome)]!;
    // Holm multiplied this p-value by adjusted / raw; the interval whose level has its tail divided by the same
    // factor leaves out zero exactly when the adjusted p-value is below 1 − level.
    const factor = outcome.pValue === 0 ? outcomes.length : adjustedPValue / outcome.pValue;
    return {
      ...comparison,
      outcome,
      adjustedPValue,
      adjustedInterval: intervalAt(outcome, 1 - (1 - level) / factor),
      finding: adjustedPValue >= 1 - level ? 'not-significant' : outcome.gain > 0 ? 'better' : 'worse',
    };
  });
}
