import { judge, type Comparison, type JudgedComparison } from './judge-comparisons.js';
import {
  countText,
  decimalsOf,
  fixedText,
  listText,
  nameText,
  numberText,
  pValueText,
  signedText,
} from './number-text.js';
import { intervalAt, type PairedGain } from './paired-gain.js';

export type { Comparison, JudgedComparison } from './judge-comparisons.js';

interface VerdictBase {
  /** One sentence with the numbers. */
  readonly sentence: string;
  /** In the order given. */
  readonly comparisons: readonly JudgedComparison[];
  /** Candidates that the search tried; absent where a given loss was evaluated. */
  readonly searched?: number;
  /** Comparisons that the p-values are corrected for. */
  readonly corrected: number;
  readonly level: number;
  /** Other controls that are significantly better than the winner, after the correction. */
  readonly lostTo: readonly string[];
}

export type Verdict =
  | (VerdictBase & {
      readonly kind: 'gain';
      /** Other controls that the winner significantly beats. */
      readonly beaten: readonly string[];
      /** Other controls from which it does not differ significantly. */
      readonly unbeaten: readonly string[];
      /** Other controls for which there is no gain to state. */
      readonly notCompared: readonly string[];
    })
  | (VerdictBase & { readonly kind: 'no-gain'; readonly because: 'not-significant' | 'not-compared' })
  | (VerdictBase & { readonly kind: 'worse' });

export interface VerdictRequest {
  readonly comparisons: readonly Comparison[];
  /** Name of the metric as the sentence shows it. */
  readonly metric: string;
  /** Candidates that the search tried, duplicates and rejected ones included; absent where nothing was searched. */
  readonly searched?: number;
  /** Trials that these were trained in; left out where each candidate was one. */
  readonly pieces?: number;
  /** Level of the claim in (0, 1); default 0.95: a corrected p below 0.05. */
  readonly level?: number;
}

/**
 * What a study may claim. A gain is claimed when the winner beats the tuned plain loss with a Holm-adjusted
 * p-value below 1 − level, adjusted over every comparison that was made on the test part. The same sentence names
 * the other controls: those that the winner beats too, those that it does not, and, whatever the claim, those that
 * are significantly better than it.
 * @throws RangeError unless exactly one comparison is with the plain loss.
 */
export function verdict(request: VerdictRequest): Verdict {
  const { level = 0.95, searched, metric } = request;
  if (request.comparisons.filter(({ role }) => role === 'plain').length !== 1) {
    throw new RangeError('a verdict needs exactly one comparison with the plain loss');
  }
  const comparisons = judge(request.comparisons, level);
  const corrected = comparisons.filter(({ finding }) => finding !== 'not-compared').length;
  const plain = comparisons.find(({ role }) => role === 'plain')!;
  const pieces = request.pieces === undefined ? '' : ` in ${countText(request.pieces, 'piece')} of training`;
  const effort = searched === undefined ? '' : `; ${countText(searched, 'candidate')} searched${pieces}`;
  const others = comparisons.filter(({ role }) => role === 'other');
  const named = (finding: JudgedComparison['finding']): string[] =>
    others.filter((one) => one.finding === finding).map(({ control }) => control);
  const clause = (text: string, controls: readonly string[], who = 'it'): string =>
    controls.length === 0 ? '' : `; ${who} ${text} ${listText(controls.map(nameText))}`;
  const lostTo = named('worse');
  const lost = clause('is significantly worse than', lostTo, 'the found loss');
  const base = { comparisons, ...(searched === undefined ? {} : { searched }), corrected, level, lostTo };

  if (plain.finding === 'not-compared') {
    const reason = plain.outcome.state === 'not-compared' ? plain.outcome.reason : '';
    return {
      ...base,
      kind: 'no-gain',
      because: 'not-compared',
      sentence: `There is no significant gain to claim over ${nameText(plain.control)} in ${metric}, because they could not be compared: ${reason}${effort}${lost}.`,
    };
  }

  const numbers = `${numbersOf(plain.outcome, level)}, ${correctedText(plain.adjustedPValue, corrected)}${effort}`;
  switch (plain.finding) {
    case 'better': {
      const beaten = named('better');
      const unbeaten = named('not-significant');
      const notCompared = named('not-compared');
      const more =
        clause('also beats', beaten) +
        clause('does not significantly beat', unbeaten) +
        lost +
        clause('could not be compared with', notCompared);
      const sentence = `The found loss is significantly better than ${nameText(plain.control)} in ${metric}: ${numbers}${more}.`;
      return { ...base, kind: 'gain', beaten, unbeaten, notCompared, sentence };
    }
    case 'worse': {
      const sentence = `The found loss is significantly worse than ${nameText(plain.control)} in ${metric}: ${numbers}${lost}.`;
      return { ...base, kind: 'worse', sentence };
    }
    case 'not-significant': {
      const [low, high] = intervalAt(plain.outcome, level);
      const alone =
        low > 0 || high < 0 ? ', so the interval alone leaves out zero but not after the correction' : '';
      const sentence = `There is no significant gain over ${nameText(plain.control)} in ${metric}: ${numbers}${alone}${lost}.`;
      return { ...base, kind: 'no-gain', because: 'not-significant', sentence };
    }
  }
}

function numbersOf(outcome: PairedGain, level: number): string {
  const decimals = decimalsOf(outcome.standardError);
  const [low, high] = intervalAt(outcome, level);
  return (
    `paired gain ${signedText(outcome.gain, decimals)}, ` +
    `${numberText(100 * level)} % interval ${fixedText(low, decimals)} to ${fixedText(high, decimals)}, ` +
    `${countText(outcome.seeds, 'seed')}`
  );
}

function correctedText(adjustedPValue: number, corrected: number): string {
  return corrected === 1
    ? pValueText(adjustedPValue)
    : `${pValueText(adjustedPValue)} corrected for ${countText(corrected, 'comparison')} (Holm)`;
}
