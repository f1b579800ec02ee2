import { targetClasses } from './classes.js';
import { oneVersusRestLogits } from './logits.js';
import { descendingOrder } from './descending-order.js';
import type { MetricInput } from './metric.js';
import { meanOfDefined } from './weighted-mean.js';

/** Samples of a two-class problem in descending order of score. */
interface Ranking {
  /** Sample at each rank. */
  readonly sample: Int32Array;
  /** 1 where the sample at that rank is positive. */
  readonly positive: Uint8Array;
  /** By rank: one of {@link WITHIN_TIE}, {@link ENDS_TIE}, {@link LONE_NEGATIVE}. */
  readonly place: Uint8Array;
}

/** The next rank has the same score. */
const WITHIN_TIE = 0;
/** The next rank has a lower score: the end of a group of ties. */
const ENDS_TIE = 1;
/** A group of one sample, a negative, as most are: no function is called for it, which would box its arguments. */
const LONE_NEGATIVE = 2;

/**
 * What one group of tied samples adds: from the weight of the positives and negatives in the group, and of those
 * with a higher score. Plain numbers, because it is called for every group in every resample.
 */
export type TieTerm = (
  positives: number,
  negatives: number,
  positivesAbove: number,
  negativesAbove: number,
) => number;

/**
 * A metric of ranking: Σ over tie groups of `term`, times `scale` of the total weights. Binary: ranked by the
 * logit. Multiclass: the mean over classes of one class against the rest, ranked by the softmax probability; the
 * classes without positives or without negatives are left out. Every problem with one class only is NaN.
 * @param passed `term` of a group without positives, over its weight times that of the positives above it
 */
export function rankingScore(
  input: MetricInput,
  term: TieTerm,
  scale: (positives: number, negatives: number) => number,
  passed: 0 | 1,
): (weights: Float64Array) => number {
  const rankings = rankingsOf(input);
  const score = ({ sample, positive, place }: Ranking, weights: Float64Array): number => {
    let sum = 0;
    let positives = 0;
    let negatives = 0;
    let positivesAbove = 0;
    let negativesAbove = 0;
    for (let rank = 0; rank < sample.length; rank++) {
      const weight = weights[sample[rank]!]!;
      if (place[rank] === LONE_NEGATIVE) {
        sum += passed * weight * positivesAbove;
        negativesAbove += weight;
        continue;
      }
      if (positive[rank] === 1) positives += weight;
      else negatives += weight;
      if (place[rank] === WITHIN_TIE) continue;
      sum += term(positives, negatives, positivesAbove, negativesAbove);
      positivesAbove += positives;
      negativesAbove += negatives;
      positives = 0;
      negatives = 0;
    }
    return positivesAbove > 0 && negativesAbove > 0 ? sum * scale(positivesAbove, negativesAbove) : NaN;
  };
  return (weights) => meanOfDefined(rankings.map((ranking) => score(ranking, weights)));
}

function rankingsOf(input: MetricInput): Ranking[] {
  const { kind, prediction, size, outputs } = input;
  const classes = targetClasses(input);
  if (kind === 'binary') return [rank(prediction, classes, 1)];
  const scores = oneVersusRestLogits(prediction, size, outputs);
  return Array.from({ length: outputs }, (_, positiveClass) =>
    rank(
      Float64Array.from({ length: size }, (_, row) => scores[row * outputs + positiveClass]!),
      classes,
      positiveClass,
    ),
  );
}

function rank(scores: Float32Array | Float64Array, classes: Int32Array, positiveClass: number): Ranking {
  const sample = descendingOrder(scores);
  const positive = new Uint8Array(sample.length);
  const place = new Uint8Array(sample.length);
  for (let position = 0; position < sample.length; position++) {
    const index = sample[position]!;
    if (classes[index] === positiveClass) positive[position] = 1;
    const next = sample[position + 1];
    if (next !== undefined && scores[next] === scores[index]) continue;
    const lone = position === 0 || place[position - 1] !== WITHIN_TIE;
    place[position] = lone && positive[position] === 0 ? LONE_NEGATIVE : ENDS_TIE;
  }
  return { sample, positive, place };
}
