import type { Stream } from '../core/random.js';
import { moments } from './moments.js';

export interface SharedBodyRequest {
  /** Number of samples of each class, in ascending order of the class score. */
  readonly counts: readonly number[];
  readonly features: number;
  /** Correlation of the directions behind the two outputs, in [0, 1]. */
  readonly relatedness: number;
  readonly body: Stream;
  readonly samples: Stream;
}

export interface SharedBody {
  /** Row-major [size, features], standard normal. */
  readonly inputs: Float64Array;
  readonly labels: Int32Array;
  /** Mean 0 and deviation 1, without noise. */
  readonly values: Float64Array;
}

/** Hidden units of the network that makes the data. */
const UNITS = 8;

/**
 * Two outputs of one hidden layer h = tanh(W x), with 8 units: the class is the rank of a · h cut at fixed counts,
 * the value is b · h standardised, where b = relatedness · a + √(1 − relatedness²) · c and a, c are orthonormal.
 */
export function sharedBody({ counts, features, relatedness, body, samples }: SharedBodyRequest): SharedBody {
  const size = counts.reduce((sum, count) => sum + count, 0);
  const weights = Float64Array.from(
    { length: UNITS * features },
    () => (2 * body.normal()) / Math.sqrt(features),
  );
  const first = unit(Array.from({ length: UNITS }, () => body.normal()));
  const raw = Array.from({ length: UNITS }, () => body.normal());
  const overlap = dot(raw, first);
  const across = unit(raw.map((value, index) => value - overlap * first[index]!));
  const second = first.map(
    (value, index) => relatedness * value + Math.sqrt(1 - relatedness ** 2) * across[index]!,
  );
  const inputs = Float64Array.from({ length: size * features }, () => samples.normal());
  const classScores = new Float64Array(size);
  const values = new Float64Array(size);
  for (let sample = 0; sample < size; sample++) {
    const hidden = Array.from({ length: UNITS }, (_, row) => {
      let sum = 0;
      for (let feature = 0; feature < features; feature++) {
        sum += weights[row * features + feature]! * inputs[sample * features + feature]!;
      }
      return Math.tanh(sum);
    });
    classScores[sample] = dot(hidden, first);
    values[sample] = dot(hidden, second);
  }
  const { mean, deviation } = moments(values);
  return {
    inputs,
    labels: cutByRank(classScores, counts),
    values: values.map((value) => (value - mean) / deviation),
  };
}

/** Class 0 for the lowest counts[0] scores, class 1 for the next counts[1], and so on. */
function cutByRank(scores: Float64Array, counts: readonly number[]): Int32Array {
  const order = Int32Array.from(scores, (_, index) => index).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const labels = new Int32Array(scores.length);
  let rank = 0;
  counts.forEach((count, label) => {
    for (let taken = 0; taken < count; taken++) labels[order[rank++]!] = label;
  });
  return labels;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0);

function unit(vector: readonly number[]): number[] {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}
